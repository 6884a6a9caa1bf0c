package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.AddressRange;
import io.counterfoil.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A request without a server. It counts how often its body is opened. */
final class FakeRequest implements ApiRequest {
  private final String method;
  private final String path;
  private String query = "";
  private final List<String[]> fields = new ArrayList<>();
  private Supplier<InputStream> body = InputStream::nullInputStream;
  private Optional<Verdict.Accepted> accepted = Optional.empty();
  private Optional<InetAddress> remoteAddress = Optional.empty();
  private Optional<String> user = Optional.empty();
  private boolean secure;
  private int bodyOpened;

  FakeRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  static FakeRequest get(String path) {
    return new FakeRequest("GET", path);
  }

  static FakeRequest post(String path) {
    return new FakeRequest("POST", path);
  }

  static FakeRequest post(String path, String json) {
    return post(path).json(json);
  }

  FakeRequest query(String text) {
    query = text;
    return this;
  }

  FakeRequest json(String json) {
    return field("Content-Type", "application/json").body(json.getBytes(UTF_8));
  }

  FakeRequest field(String name, String value) {
    fields.add(new String[] {name, value});
    return this;
  }

  /** Sets a body that each handler can read again. */
  FakeRequest body(byte[] bytes) {
    body = () -> new ByteArrayInputStream(bytes);
    return this;
  }

  FakeRequest body(InputStream stream) {
    body = () -> stream;
    return this;
  }

  FakeRequest from(String address) {
    remoteAddress = AddressRange.address(address);
    return this;
  }

  FakeRequest secure() {
    secure = true;
    return this;
  }

  FakeRequest with(Verdict.Accepted proof) {
    accepted = Optional.of(proof);
    return this;
  }

  FakeRequest user(String name) {
    user = Optional.of(name);
    return this;
  }

  int bodyOpened() {
    return bodyOpened;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public List<String> headers(String name) {
    return fields.stream()
        .filter(field -> field[0].equalsIgnoreCase(name))
        .map(field -> field[1])
        .toList();
  }

  @Override
  public InputStream body() throws IOException {
    bodyOpened++;
    return body.get();
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public Optional<InetAddress> remoteAddress() {
    return remoteAddress;
  }

  @Override
  public Optional<String> user() {
    return user;
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return accepted;
  }
}

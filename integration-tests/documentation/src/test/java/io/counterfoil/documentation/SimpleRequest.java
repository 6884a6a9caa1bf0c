package io.counterfoil.documentation;

import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A request without a body. */
record SimpleRequest(
    String method, String path, List<String> authorization, Optional<Verdict.Accepted> accepted)
    implements ApiRequest {

  static SimpleRequest get(String path, String... authorization) {
    return new SimpleRequest("GET", path, Arrays.asList(authorization), Optional.empty());
  }

  SimpleRequest accepted(Verdict.Accepted proof) {
    return new SimpleRequest(method, path, authorization, Optional.of(proof));
  }

  @Override
  public String query() {
    return "";
  }

  @Override
  public List<String> headers(String name) {
    return name.equals("Authorization") ? authorization : List.of();
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public Optional<InetAddress> remoteAddress() {
    return Optional.of(InetAddress.getLoopbackAddress());
  }
}

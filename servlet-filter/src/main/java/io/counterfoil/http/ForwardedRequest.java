package io.counterfoil.http;

import io.counterfoil.Verdict;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The request that a gateway asks about, as far as the gateway has told it.
 *
 * @param asking the request of the gateway, which has the headers and the address
 */
record ForwardedRequest(ApiRequest asking, ForwardedTarget target) implements ApiRequest {

  @Override
  public String method() {
    return target.method();
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public String query() {
    return "";
  }

  @Override
  public List<String> headers(String name) {
    return asking.headers(name);
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public Optional<InetAddress> remoteAddress() {
    return asking.remoteAddress();
  }

  @Override
  public boolean isSecure() {
    return asking.isSecure();
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return Optional.empty();
  }
}

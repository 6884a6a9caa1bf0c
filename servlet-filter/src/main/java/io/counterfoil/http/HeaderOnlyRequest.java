package io.counterfoil.http;

import io.counterfoil.Verdict;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A request that has only a method, a path and {@code Authorization} headers.
 *
 * @param authorizationHeaders the values of all {@code Authorization} header lines
 */
record HeaderOnlyRequest(String method, String path, List<String> authorizationHeaders)
    implements ApiRequest {

  @Override
  public String query() {
    return "";
  }

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("Authorization") ? authorizationHeaders : List.of();
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return method + ' ' + path; // without the credential
  }
}

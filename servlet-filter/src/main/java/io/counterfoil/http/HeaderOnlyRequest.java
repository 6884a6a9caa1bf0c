package io.counterfoil.http;

import io.counterfoil.Verdict;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A request of which no more is known than a {@link BearerAuthenticator} is told.
 *
 * @param authorizationFields of all its field lines these
 */
record HeaderOnlyRequest(String method, String path, List<String> authorizationFields)
    implements ApiRequest {

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("Authorization") ? authorizationFields : List.of();
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return Optional.empty();
  }
}

package io.counterfoil.http;

/**
 * A handler for requests of the management API.
 *
 * <p>Never throws because of a request: malformed requests get a response too. Safe for use by many threads.
 */
@FunctionalInterface
public interface ApiHandler {

  /** Returns the response to a request. */
  ApiResponse handle(ApiRequest request);
}

package io.counterfoil.http;

/**
 * Responses requests of the management API.
 *
 * <p>What a client sends, however malformed, gets an answer and never an exception. Safe for use by many threads.
 */
@FunctionalInterface
public interface ApiHandler {

  /** Returns the answer to a request. */
  ApiResponse handle(ApiRequest request);
}

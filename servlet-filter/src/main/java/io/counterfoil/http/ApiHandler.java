package io.counterfoil.http;

/**
 * A handler that turns a request into a response: an operation of the management API, or one of the host's own.
 *
 * <p>The handlers of this library never throw because of a request: malformed requests get a response too. If a handler of the
 * host throws, the container answers as its settings say. Safe for use by many threads.
 */
@FunctionalInterface
public interface ApiHandler {

  /** Returns the response to a request. */
  ApiResponse handle(ApiRequest request);
}

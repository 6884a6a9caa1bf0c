package io.counterfoil.http;

/** Ends the handling of a request with an error response. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ApiResponse response;

  ApiException(ApiResponse response) {
    // No stack trace, because clients can cause any number of these exceptions.
    super("status " + response.status(), null, false, false);
    this.response = response;
  }

  /** Creates the exception for an invalid body. The message must not quote the body. */
  static ApiException badRequest(String message) {
    return new ApiException(Responses.failure(400, message));
  }

  ApiResponse response() {
    return response;
  }
}

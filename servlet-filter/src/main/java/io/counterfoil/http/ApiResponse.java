package io.counterfoil.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer: status, headers and a body, which a host sends exactly as they are.
 *
 * <p>The body is JSON in the envelope {@code {"success":…}} unless a handler says otherwise, and always where it refuses;
 * nothing of the request is echoed in a failure. To a {@code HEAD} request a host sends no body. Immutable. {@code toString}
 * shows the status alone, since the body may hold a plaintext.
 */
public final class ApiResponse {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** @param more what comes after the headers that every answer has, in that order; or another type of content */
  ApiResponse(int status, Map<String, String> more, byte[] body) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Content-Type", "application/json");
    all.put("Cache-Control", "no-store");
    all.put("X-Content-Type-Options", "nosniff");
    all.putAll(more);
    this.status = status;
    this.headers = Collections.unmodifiableMap(all);
    this.body = body;
  }

  /** Returns the status code. */
  public int status() {
    return status;
  }

  /** Returns the headers, each to be sent as one field line; {@code Content-Length} is left to the host. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns a new array of the bytes of the body, which are UTF-8. */
  public byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "ApiResponse[" + status + ']';
  }
}

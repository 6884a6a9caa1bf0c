package io.counterfoil.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response: a status, headers and a body, which a host sends unchanged.
 *
 * <p>The body is JSON in the envelope {@code {"success":…}}, unless the handler documents another format. Errors always
 * have the envelope, and contain no part of the request. A host sends no body in response to {@code HEAD}. Immutable.
 * {@code toString} shows only the status, because the body may contain a plaintext.
 */
public final class ApiResponse {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** @param more headers that are added to the common ones or replace them */
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

  /** Returns the headers. The host sends each as one header line, and adds {@code Content-Length}. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns a copy of the body, in UTF-8. */
  public byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "ApiResponse[" + status + ']';
  }
}

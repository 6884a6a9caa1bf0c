package io.counterfoil.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;

/** Recognizes and ends CORS preflights (Fetch standard, section 4.8). */
final class Preflight {
  /**
   * The end of the chain of a preflight. No servlet runs, not even one that answers {@code OPTIONS}: the request has no credential.
   * Without headers of a CORS filter, a browser takes this for a refusal.
   */
  static final FilterChain END = (request, response) ->
      ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NO_CONTENT);

  private Preflight() {}

  /** Returns whether a request can be a preflight of a browser, which has no credential. */
  static boolean is(HttpServletRequest request, Set<String> credentialHeaders) {
    return request.getMethod().equals("OPTIONS")
        && count(request, "Origin") == 1
        && count(request, "Access-Control-Request-Method") == 1
        && credentialHeaders.stream().allMatch(name -> count(request, name) == 0);
  }

  private static int count(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    return values == null ? 0 : Collections.list(values).size();
  }
}

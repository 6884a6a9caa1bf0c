package io.counterfoil.springboot;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/** Tells requests with a bearer credential from those of browsers. */
final class BearerRequests {
  private static final String SCHEME = "Bearer";

  private BearerRequests() {}

  /** Returns whether a request has a bearer credential, valid or not, ours or not. */
  static boolean isBearer(HttpServletRequest request) {
    Enumeration<String> values = request.getHeaders("Authorization");
    while (values.hasMoreElements()) {
      String value = values.nextElement();
      if (value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        return true;
      }
    }
    return false;
  }
}

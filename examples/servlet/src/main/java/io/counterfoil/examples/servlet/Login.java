package io.counterfoil.examples.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The login that a session holds: the user, and the CSRF token that a page of this application sends with each change. Pages
 * of other sites cannot read that token.
 */
record Login(String user, String csrfToken) {
  private static final String ATTRIBUTE = Login.class.getName();
  private static final String HEADER = "X-CSRF-Token";

  static Optional<Login> of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((Login) session.getAttribute(ATTRIBUTE));
  }

  /** Begins a session with a new id, so that an attacker who knows the old id cannot use it (CWE-384). */
  static void begin(HttpServletRequest request, String user) {
    end(request);
    request.getSession().setAttribute(ATTRIBUTE, new Login(user, Secrets.random()));
  }

  static void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /**
   * Returns whether a request comes from a page of this application. Another site can make a browser send the cookie, but not
   * this header (CWE-352).
   */
  boolean hasCsrfTokenIn(HttpServletRequest request) {
    String sent = request.getHeader(HEADER);
    return sent != null && MessageDigest.isEqual(sent.getBytes(UTF_8), csrfToken.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "Login[" + user + ']';
  }
}

package io.counterfoil.examples.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a session knows: who has logged in, and what the pages of this host, which alone can read it, send along with each
 * change.
 */
record Login(String user, String csrfToken) {
  private static final String ATTRIBUTE = Login.class.getName();
  private static final String FIELD = "X-CSRF-Token";

  static Optional<Login> of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((Login) session.getAttribute(ATTRIBUTE));
  }

  /** Begins a session with a new id: whoever knows that of the one before has nothing of this one (CWE-384). */
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

  /** Says whether a request comes from a page of this host; one of another site has the cookie sent, but no such field (CWE-352). */
  boolean isProvedBy(HttpServletRequest request) {
    String sent = request.getHeader(FIELD);
    return sent != null && MessageDigest.isEqual(sent.getBytes(UTF_8), csrfToken.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "Login[" + user + ']';
  }
}

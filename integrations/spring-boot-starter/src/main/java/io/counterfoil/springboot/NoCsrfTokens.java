package io.counterfoil.springboot;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * Saves no CSRF token, so that none is ever valid. In a chain without sessions, requests that change something need a bearer token
 * instead.
 */
final class NoCsrfTokens implements CsrfTokenRepository {

  /** Returns a random token, because Spring compares the one of the request with it. */
  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", UUID.randomUUID().toString());
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return null;
  }
}

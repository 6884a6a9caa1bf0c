package io.counterfoil.springboot;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** Makes a chain stateless that has no other login, unless the application has chosen a session policy. */
final class TokenOnlyChain {
  private TokenOnlyChain() {}

  static void configure(HttpSecurity http) {
    // Nothing leads back to a request that a login has interrupted.
    http.setSharedObject(RequestCache.class, new NullRequestCache());
    if (becomesStateless(http)) {
      withoutCsrfTokens(http);
    }
  }

  /**
   * Lets the configurer of the sessions run again, with another default. It does not tell whether the application has chosen a
   * policy, but it applies the default only if not.
   */
  @SuppressWarnings("unchecked")
  private static boolean becomesStateless(HttpSecurity http) {
    SessionManagementConfigurer<HttpSecurity> sessions =
        http.getConfigurer(SessionManagementConfigurer.class);
    SecurityContextRepository before = http.getSharedObject(SecurityContextRepository.class);
    if (sessions == null || !(before instanceof DelegatingSecurityContextRepository)) {
      return false; // the application has chosen something else
    }
    http.setSharedObject(SecurityContextRepository.class, null);
    http.setSharedObject(SessionCreationPolicy.class, SessionCreationPolicy.STATELESS);
    sessions.init(http);
    if (http.getSharedObject(SecurityContextRepository.class)
        instanceof RequestAttributeSecurityContextRepository) {
      return true;
    }
    http.setSharedObject(SecurityContextRepository.class, before);
    return false;
  }

  /** Spring would save the CSRF token in a session, and so create one for each request that it refuses. */
  @SuppressWarnings("unchecked")
  private static void withoutCsrfTokens(HttpSecurity http) {
    CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
    if (csrf != null) {
      csrf.csrfTokenRepository(new NoCsrfTokens());
    }
  }
}

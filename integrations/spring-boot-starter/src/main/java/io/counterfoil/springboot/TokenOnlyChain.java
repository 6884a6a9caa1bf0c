package io.counterfoil.springboot;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.HttpBasicConfigurer;
import org.springframework.security.config.annotation.web.configurers.JeeConfigurer;
import org.springframework.security.config.annotation.web.configurers.RememberMeConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.config.annotation.web.configurers.WebAuthnConfigurer;
import org.springframework.security.config.annotation.web.configurers.X509Configurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.ott.OneTimeTokenLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.saml2.Saml2LoginConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** Makes a chain stateless that has no other login, unless the application has chosen a session policy. */
final class TokenOnlyChain {
  /** The logins of Spring Security whose credentials a browser sends by itself. */
  private static final List<Class<?>> OTHER_LOGINS = List.of(
      FormLoginConfigurer.class,
      HttpBasicConfigurer.class,
      JeeConfigurer.class,
      OAuth2LoginConfigurer.class,
      OneTimeTokenLoginConfigurer.class,
      RememberMeConfigurer.class,
      Saml2LoginConfigurer.class,
      WebAuthnConfigurer.class,
      X509Configurer.class);

  private TokenOnlyChain() {}

  /** Returns whether a chain has no other login. The type parameters of the configurers do not matter here. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  static boolean is(HttpSecurity http) {
    return OTHER_LOGINS.stream().noneMatch(type -> http.getConfigurer((Class) type) != null);
  }

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

  /**
   * Saves no CSRF token, so that none is ever valid. In a chain without sessions, requests that change something need a bearer
   * token instead.
   */
  private static final class NoCsrfTokens implements CsrfTokenRepository {

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
}

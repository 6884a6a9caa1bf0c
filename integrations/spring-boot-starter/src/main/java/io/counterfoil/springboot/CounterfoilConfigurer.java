package io.counterfoil.springboot;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Lets requests with an API token into a filter chain of Spring Security.
 *
 * <pre>{@code
 * http.with(counterfoil(), withDefaults())
 *     .authorizeHttpRequests(requests -> requests
 *         .dispatcherTypeMatchers(DispatcherType.ERROR).permitAll() // otherwise a 404 of an open page becomes 401
 *         .requestMatchers("/servers/**").hasAuthority("SCOPE_servers")
 *         .anyRequest().authenticated());
 * }</pre>
 *
 * <p>The {@code Authentication} of such a request is an {@link ApiTokenAuthentication}. A request with a token that is not
 * accepted is refused by {@link BearerAuthenticator}, even on a page that is open to all. A request without a token continues to
 * the other logins and rules of the chain.
 *
 * <ul>
 *   <li>A request that needs a token and has none is answered with 401, unless another login of the chain answers it: a browser
 *       still gets the login page. A token without a required authority is answered with 403, which names the scope if the rule is
 *       one of {@code authorizeHttpRequests}.
 *   <li>CSRF protection does not apply to a request whose token was accepted, unless the token is a Basic password, which browsers
 *       send by themselves. It applies to every other request.
 *   <li>A token is checked at each request. It is never saved in an HTTP session. A request whose token was accepted has the
 *       identity of the token in all its dispatches, and no session, remember-me cookie or other login replaces it.
 *   <li>The other filters and the application do not see the {@code Authorization} field of a token that was accepted, nor another
 *       {@linkplain BearerAuthenticator#credentialHeaders field for tokens}. So a chain
 *       can also have {@code oauth2ResourceServer}, if {@link #bearer} passes the tokens of other systems on.
 *   <li>In a chain without another login (form, basic, OAuth 2.0, SAML, certificates and the like), sessions are not used, unless
 *       the application sets a session policy. There, a POST without a token is answered with 401, even on an open page, unless
 *       CSRF protection is off for that page.
 *   <li>Each token that is accepted or refused is published as an authentication event, without its plaintext.
 * </ul>
 *
 * <p>For use by one thread, while the chain is built.
 */
public final class CounterfoilConfigurer
    extends AbstractHttpConfigurer<CounterfoilConfigurer, HttpSecurity> {
  private final ChainCheck check = new ChainCheck();
  private final TokenErrorHandler errors = new TokenErrorHandler();

  private CounterfoilConfigurer() {}

  /** Returns a configurer for {@link HttpSecurity#with}. */
  public static CounterfoilConfigurer counterfoil() {
    return new CounterfoilConfigurer();
  }

  /**
   * Requires the scopes of this table from requests with a token, in addition to the rules of the chain. By default, a bean of
   * type {@link RouteScopes} is used if there is one.
   */
  public CounterfoilConfigurer routes(RouteScopes routes) {
    check.routes(routes);
    return this;
  }

  /**
   * Adds scopes that an unrestricted token receives as authorities. The known scopes and those of the {@link RouteScopes} need
   * not be named.
   *
   * @param scopes each scope that a rule of the application requires, without {@code SCOPE_}
   */
  public CounterfoilConfigurer scopes(String... scopes) {
    check.scopes(scopes);
    return this;
  }

  /**
   * Changes the bearer check of this chain, for example with {@link BearerAuthenticator.Builder#hideExistence} or {@link
   * BearerAuthenticator.Builder#passForeignBearer}. The properties of the starter are applied before. A bean of type {@code
   * BearerAuthenticator.Builder} must be a prototype.
   *
   * <p>A chain that passes on the tokens of other systems needs a filter that checks them. It must not accept a cookie for such a
   * request: the session does not count before that filter, but a remember-me cookie can log the user in, and the session counts
   * again in the error page.
   *
   * <p>If the application has a bean of type {@link BearerAuthenticator}, that bean is used as it is, and the start fails if there
   * are {@link #routes} or changes.
   */
  public CounterfoilConfigurer bearer(Customizer<BearerAuthenticator.Builder> changes) {
    check.customize(changes);
    return this;
  }

  /**
   * Adds the error responses at once, before other logins add theirs when the chain is built: the first one that matches a request
   * answers it. If this configurer is disabled later, they match no request.
   */
  @Override
  @SuppressWarnings("unchecked")
  public void setBuilder(HttpSecurity http) {
    if (http.getConfigurer(CounterfoilConfigurer.class) != null) {
      throw new InvalidSettingException(
          "",
          "A filter chain uses counterfoil() twice, and the second one would replace the settings of"
              + " the first one (expected: once).",
          "Put all settings into one call of http.with(counterfoil(), …).");
    }
    super.setBuilder(http);
    ExceptionHandlingConfigurer<HttpSecurity> handling =
        http.getConfigurer(ExceptionHandlingConfigurer.class);
    if (handling != null) {
      handling.defaultAuthenticationEntryPointFor(errors, errors::comesFirst);
      handling.defaultAccessDeniedHandlerFor(errors, request -> true);
    }
  }

  @Override
  public void init(HttpSecurity http) {
    boolean isOnlyLogin = TokenOnlyChain.is(http);
    errors.complete(check.build(context(http)), isOnlyLogin);
    if (isOnlyLogin) {
      TokenOnlyChain.configure(http);
    } else if (http.getSharedObject(RequestCache.class) != null) {
      var cache = new NoBearerRequestCache(http.getSharedObject(RequestCache.class));
      http.setSharedObject(RequestCache.class, cache);
    }
  }

  @Override
  public void configure(HttpSecurity http) {
    ApplicationContext context = context(http);
    AuthenticationEventPublisher publisher = context
        .getBeanProvider(AuthenticationEventPublisher.class)
        .getIfAvailable(() -> new DefaultAuthenticationEventPublisher(context));
    var filter = new TokenAuthenticationFilter(
        errors.bearer(),
        check.scopesOfUnrestricted(context),
        getSecurityContextHolderStrategy(),
        new AuthenticationEvents(publisher));
    // Before the CSRF filter, which must know the requests with a token, and before every other
    // login, which must not see a request whose token is not accepted.
    http.addFilterBefore(filter, CsrfFilter.class);
  }

  private static ApplicationContext context(HttpSecurity http) {
    return http.getSharedObject(ApplicationContext.class);
  }
}

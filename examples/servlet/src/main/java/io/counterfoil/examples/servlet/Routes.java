package io.counterfoil.examples.servlet;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.Caller;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Set;

/** The filters, servlets and session settings of the application. Everything below {@code /api/} needs a login or a token. */
final class Routes {
  /**
   * Users manage their own tokens, and may give them the scope {@code tokens}. A token with this scope manages the tokens of its
   * owner.
   */
  private static final ManagementPolicy USERS_AND_BOTS =
      request -> request.accepted().isPresent()
          ? ManagementPolicy.tokensWith("tokens").caller(request) // a token needs this scope
          : request.user().map(user -> Caller.user(user).scopes("tokens")); // a user may grant it

  private Routes() {}

  /** @param hideExistence whether a client without a login or token receives 404 instead of 401 */
  static void register(
      ServletContext context, Users users, TokenManager tokens, boolean hideExistence) {
    configureSessions(context);

    var builder = BearerAuthenticator.builder(tokens).passWithoutBearer();
    var bearer = (hideExistence ? builder.hideExistence() : builder).build();
    guard(context, new BearerFilter(bearer)); // built with passWithoutBearer()
    guard(context, new LoginCheck(users, bearer));

    mount(context, "/login", new LoginServlet(users));
    mount(context, "/api/session", new SessionServlet());
    mount(context, "/api/tokens/*", new ApiServlet(TokenApi.of(tokens, USERS_AND_BOTS)));
    mount(context, "/api/hello", new HelloServlet());
    mount(context, "/", new NotFoundServlet());
  }

  /** The session id is in a cookie only, never in a path. Scripts cannot read it, and other sites cannot make browsers send it. */
  private static void configureSessions(ServletContext context) {
    context.setSessionTimeout(30); // minutes without a request; Jetty's default is no timeout
    context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
    SessionCookieConfig cookie = context.getSessionCookieConfig();
    cookie.setHttpOnly(true);
    cookie.setAttribute("SameSite", "Strict");
  }

  /** Filters every dispatcher type: otherwise a forward from a public page would bypass the filter. */
  private static void guard(ServletContext context, Filter filter) {
    var registration = context.addFilter(filter.getClass().getSimpleName(), filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/api/*");
  }

  private static void mount(ServletContext context, String pattern, HttpServlet servlet) {
    var registration = context.addServlet(servlet.getClass().getSimpleName(), servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(pattern);
  }
}

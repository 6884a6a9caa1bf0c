package io.counterfoil.http;

import io.counterfoil.Token;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an accepted token has the scopes for a request.
 *
 * @param scope the scope for all requests
 * @param routes the scopes for each route; if it is present, a request that matches no route is refused
 */
record RouteCheck(
    Optional<RequiredScopes> scope, Optional<RouteScopes> routes, BearerErrors errors) {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.http");

  /** Returns the grant itself if the token has the scopes. */
  Outcome check(Granted granted, ApiRequest request) {
    Token token = granted.accepted().token();
    if (scope.isPresent() && !scope.get().permit(token)) {
      return errors.scopeMissing(scope.get(), token);
    }
    if (routes.isEmpty()) {
      return granted;
    }
    Optional<RequiredScopes> required = routes.get().required(request.method(), request.path());
    if (required.isEmpty()) {
      logUncovered(request);
      return errors.noRoute;
    }
    return required.get().permit(token) ? granted : errors.scopeMissing(required.get(), token);
  }

  /** Helps a host to find a missing route: the response must not tell whether a route exists. */
  private static void logUncovered(ApiRequest request) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "Answered 403, because no route of the RouteScopes matches: method={} path={}",
          Json.escaped(request.method()),
          Json.escaped(request.path()));
    }
  }
}

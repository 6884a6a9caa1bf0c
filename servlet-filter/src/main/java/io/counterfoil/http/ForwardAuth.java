package io.counterfoil.http;

import io.counterfoil.Token;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.stream.Collectors;

/**
 * Tells a gateway whether to let a request in: for {@code auth_request} of nginx, {@code forward_auth} of Caddy, {@code
 * forwardAuth} of Traefik, {@code ext_authz} of Envoy (HTTP), and the like.
 *
 * <p>The gateway sends one request to this handler for each request that it receives. It copies the credential, and names the
 * method and the URI of the received request in {@code X-Forwarded-Method} and {@code X-Forwarded-Uri}, or in {@code
 * X-Original-Method} and {@code X-Original-URI} or {@code X-Original-URL}. The check and its {@link RouteScopes} judge that
 * method and path. The method, path, query and body of the gateway's own request do not matter.
 *
 * <p>If the request is let in, the response is 200 with an empty body and these headers, each with exactly one value that is
 * never empty:
 *
 * <ul>
 *   <li>{@code X-Token-Id}: the id of the token
 *   <li>{@code X-Token-Owner}: the owner of the token, or {@code token:} and the id if it has none. No owner begins with {@code
 *       token:}
 *   <li>{@code X-Token-Scopes}: the {@linkplain Token#effectiveScopes effective scopes}, each separated from the next by one
 *       space; {@code *} alone for an unrestricted token; {@code -} for a token without scopes
 * </ul>
 *
 * <p>The owner and each scope are in percent-encoded UTF-8 (RFC 3986 section 2.1). Letters and digits of ASCII and <code>- . _ ~
 * : @ / *</code> are not encoded. The one exception is an owner or a scope that is just {@code -}, which is {@code %2D}. So a
 * reader splits the scopes first, and then decodes each of them.
 *
 * <p>Otherwise, the response is that of the check, and the gateway must refuse the request. A check that passes requests on, for
 * example {@linkplain BearerAuthenticator.Builder#passWithoutBearer those without a bearer token}, does not do so here: there is
 * no other login, so they get the response for a missing token.
 *
 * <p>A request gets 403 without a look at its credential (404 with {@link BearerAuthenticator.Builder#hideExistence}) if
 *
 * <ul>
 *   <li>it does not come from one of the {@linkplain BearerAuthenticator.Builder#trustedProxies trusted proxies}
 *   <li>the method or the URI is missing, or one of these headers is repeated, or two of them disagree
 *   <li>the path can be read in more than one way: it has an encoded slash, a segment that is empty, {@code .}, {@code ..} or
 *       {@code *}, a character that is not printable ASCII, an invalid percent-encoding, or one of <code>; % &#92; ? #</code> or
 *       a control character, encoded or not. It is decoded once. The query is ignored
 * </ul>
 *
 * <p>The gateway must set both headers on each request to this handler, whatever the client has sent: this handler cannot
 * tell a header of the gateway from one that the gateway has passed through. Safe for use by many threads.
 */
public final class ForwardAuth implements ApiHandler {
  private static final String NO_SCOPES = "-";

  private final BearerAuthenticator bearer;

  private ForwardAuth(BearerAuthenticator bearer) {
    this.bearer = bearer;
  }

  /**
   * Returns a handler that lets in what this check grants.
   *
   * @throws IllegalArgumentException if the check has no {@linkplain BearerAuthenticator.Builder#trustedProxies trusted
   *     proxies}: it would refuse every request
   */
  public static ForwardAuth of(BearerAuthenticator bearer) {
    if (!bearer.hasTrustedProxies()) {
      throw new IllegalArgumentException(
          "bearer: without trusted proxies (expected: trustedProxies with the address of the gateway)");
    }
    return new ForwardAuth(bearer);
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    Outcome outcome = bearer.checkForwarded(request);
    if (outcome instanceof Granted granted) {
      return granted(granted.accepted().token());
    }
    return outcome instanceof Refused refused ? refused.answer() : bearer.unauthenticated();
  }

  /** A gateway may pass on a header of the client if this response does not have one (GHSA-7r4p-vjf4-gxv4). */
  private static ApiResponse granted(Token token) {
    return ApiResponse.of(200)
        .header("X-Token-Id", String.valueOf(token.id()))
        .header("X-Token-Owner", PercentEncoding.encode(token.userName()))
        .header("X-Token-Scopes", scopes(token));
  }

  private static String scopes(Token token) {
    if (token.scopes().contains(Token.UNRESTRICTED)) {
      return Token.UNRESTRICTED;
    }
    return token.effectiveScopes().isEmpty()
        ? NO_SCOPES
        : token.effectiveScopes().stream()
            .map(PercentEncoding::encode)
            .collect(Collectors.joining(" "));
  }
}

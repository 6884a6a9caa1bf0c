package io.counterfoil.http;

import io.counterfoil.AddressRange;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by the {@code Authorization} header whether a request is let in (RFC 6750 section 2.1, RFC 9110 section 11).
 *
 * <p>The header must consist of the scheme {@code Bearer} in upper or lower case, one or more spaces, and one token.
 * Tabs are not accepted. A request that is not let in gets one of these responses:
 *
 * <ul>
 *   <li>401 without an error code if there is no {@code Authorization} header or it has another scheme
 *   <li>401 {@code invalid_token} if the token is rejected, with the same bytes for every reason, except with {@link
 *       Builder#explainRejections}
 *   <li>400 {@code invalid_request} if the header is repeated
 *   <li>403 {@code insufficient_scope} if the token lacks a scope, or no route of the {@link RouteScopes} matches. The message
 *       and the challenge name the scopes. If no route matches, the logger {@code io.counterfoil.http} gets a line at level
 *       DEBUG
 *   <li>429 with {@code Retry-After} to an address with too many rejected attempts, with {@link Builder#throttle}
 *   <li>404 instead of 400, 401 and 429, with {@link Builder#hideExistence}
 *   <li>503 with {@code Retry-After} if the store fails: the request is never let in, and the response never says that
 *       the token is invalid
 * </ul>
 *
 * <p>No response contains any part of the request. The store is asked once per request, or twice if the hash of the token is
 * outdated. It is not asked at all if the text cannot be a token. Immutable; safe for use by many threads.
 */
public final class BearerAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.http");

  private final TokenManager tokens;
  private final Optional<RequiredScopes> requiredScope;
  private final Optional<RouteScopes> routes;
  private final ClientAddressResolver clientAddress;
  private final Optional<FailureThrottle> throttle;
  private final BearerErrors errors;
  private final Outcome withoutBearer;
  private final boolean passForeignBearer;

  private BearerAuthenticator(Builder builder) {
    tokens = builder.tokens;
    requiredScope = builder.scope;
    routes = builder.routes;
    clientAddress = builder.clientAddress;
    throttle = builder.window.map(
        window -> new FailureThrottle(builder.allowedRejections, window, builder.nanos));
    errors = builder.hideExistence
        ? BearerErrors.hidingExistence(builder.realm)
        : BearerErrors.standard(
            builder.realm, builder.window.orElse(Duration.ZERO), builder.explainRejections);
    withoutBearer = builder.passWithoutBearer ? new PassedOn() : errors.missing;
    passForeignBearer = builder.passForeignBearer;
  }

  /** The result of a check. */
  public sealed interface Outcome {}

  /**
   * The request has a valid token and is let in.
   *
   * @param accepted the proof
   */
  public record Granted(Verdict.Accepted accepted) implements Outcome {}

  /**
   * The request continues to the host's own login, because it has no bearer token or, with {@link
   * Builder#passForeignBearer}, one of another system. It has proved nothing.
   */
  public record PassedOn() implements Outcome {}

  /**
   * The request is not let in.
   *
   * @param answer the response to send instead
   */
  public record Refused(ApiResponse answer) implements Outcome {}

  /** Returns a builder of a check against the tokens of this manager. */
  public static Builder builder(TokenManager tokens) {
    return new Builder(tokens);
  }

  /**
   * Checks a request by the values of all its {@code Authorization} header lines, exactly as received.
   *
   * <p>Never throws, whatever the values are and whatever the store does. If the check has {@link RouteScopes}, this
   * method lets no token in, because no route matches a request without a method and path.
   */
  public Outcome check(List<String> authorizationHeaders) {
    return check("", "", authorizationHeaders);
  }

  /**
   * Checks a request like {@link #check(List)}, and also by its method and path if the check has {@link RouteScopes}.
   *
   * @param method the method exactly as it was sent
   * @param path the path that the host's router uses, decoded once, without the query. If that path is not known for
   *     certain, the empty string, which no route matches
   */
  public Outcome check(String method, String path, List<String> authorizationHeaders) {
    return check(new HeaderOnlyRequest(method, path, authorizationHeaders));
  }

  /**
   * Checks a request like {@link #check(String, String, List)}, and also by the client's address if the token is bound
   * to addresses. The client's address is that of the socket, or the one that {@linkplain Builder#trustedProxies
   * trusted proxies} report.
   *
   * @param request a request whose path is the one that the host's router uses, or the empty string if that path is not
   *     known for certain; its body is not opened
   */
  public Outcome check(ApiRequest request) {
    List<String> headers = request.headers("Authorization");
    if (headers.size() > 1) {
      return errors.repeated; // an attacker may have added one of them, and nothing shows which
    }
    if (headers.isEmpty() || !AuthorizationHeader.isBearer(headers.get(0))) {
      return withoutBearer;
    }
    return passForeignBearer && isForeign(AuthorizationHeader.credential(headers.get(0)))
        ? new PassedOn()
        : authenticate(AuthorizationHeader.plaintext(headers.get(0)), request);
  }

  /** Checks the request that a trusted proxy names in headers of its own request. */
  Outcome checkForwarded(ApiRequest asking) {
    Optional<ForwardedTarget> target =
        clientAddress.isFromProxy(asking) ? ForwardedTarget.of(asking) : Optional.empty();
    if (target.isEmpty()) {
      logNoTarget(asking);
      return errors.noTarget;
    }
    return check(new ForwardedRequest(asking, target.get()));
  }

  boolean hasTrustedProxies() {
    return clientAddress.hasProxies();
  }

  /** Helps a host to set up its gateway. */
  private void logNoTarget(ApiRequest asking) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "Refused a request to the ForwardAuth handler, because {}",
          clientAddress.isFromProxy(asking)
              ? "its headers do not name one method and one unambiguous path"
              : "it does not come from a trusted proxy");
    }
  }

  /**
   * Malformed text is not foreign: another parser could find one of our tokens in it, or no token at all and then
   * accept a cookie.
   */
  private boolean isForeign(String credential) {
    return AuthorizationHeader.isB64Token(credential) && !tokens.looksLikeToken(credential);
  }

  /**
   * Passes malformed tokens to the manager too: it rejects them without asking the store, and notifies its listeners.
   */
  private Outcome authenticate(String plaintext, ApiRequest request) {
    try {
      Verdict verdict = tokens.authenticate(plaintext, () -> clientAddress.resolve(request));
      return verdict instanceof Verdict.Accepted accepted
          ? authorize(accepted, request)
          : rejected((Verdict.Rejected) verdict, request);
    } catch (Throwable failure) {
      // Catches errors too: nothing that a store throws may let a request in.
      FailureLog.log(failure);
      return errors.unavailable;
    }
  }

  private Outcome authorize(Verdict.Accepted accepted, ApiRequest request) {
    if (requiredScope.isPresent() && !requiredScope.get().permit(accepted.token())) {
      return errors.scopeMissing(requiredScope.get());
    }
    if (routes.isEmpty()) {
      return new Granted(accepted);
    }
    Optional<RequiredScopes> required = routes.get().required(request.method(), request.path());
    if (required.isEmpty()) {
      logUncovered(request);
      return errors.noRoute;
    }
    return required.get().permit(accepted.token())
        ? new Granted(accepted)
        : errors.scopeMissing(required.get());
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

  /**
   * Only rejected attempts are throttled: a valid token is let in, no matter how many invalid ones came from the same
   * address.
   */
  private Outcome rejected(Verdict.Rejected rejected, ApiRequest request) {
    boolean tooMany = throttle.isPresent()
        && clientAddress
            .resolveForThrottle(request)
            .filter(throttle.get()::exceedsLimit)
            .isPresent();
    return tooMany ? errors.tooMany : errors.invalid(rejected.reason());
  }

  /**
   * Checks whether a token that was already accepted may make a request, without authenticating it again. Returns
   * {@link Granted} or {@link Refused}. Intended for a request that was let in and is forwarded inside the host.
   *
   * @param method the method exactly as it was sent
   * @param path the path of the target, as in {@link #check(String, String, List)}
   */
  public Outcome check(String method, String path, Verdict.Accepted accepted) {
    return authorize(accepted, new HeaderOnlyRequest(method, path, List.of()));
  }

  /**
   * Returns the address of the client that sent a request: that of the socket, or the one that {@linkplain
   * Builder#trustedProxies trusted proxies} report. Empty if it is unknown.
   */
  public Optional<InetAddress> clientAddress(ApiRequest request) {
    return clientAddress.resolve(request);
  }

  /**
   * Returns the response to a request without a token. A host sends it if this check passes the request, but the host's
   * own rules require a token.
   */
  public ApiResponse unauthenticated() {
    return errors.missing.answer();
  }

  /**
   * Returns the response for a valid token without a scope that the host's own rules require: 403 {@code
   * insufficient_scope} (RFC 6750 section 3.1).
   *
   * @param scopes the scopes that would be sufficient; the response names them. May be empty
   * @throws IllegalArgumentException if a scope is empty, or contains a space, a quotation mark, a backslash or a
   *     character that is not printable ASCII
   */
  public ApiResponse insufficientScope(String... scopes) {
    return errors.insufficientScope(
        Stream.of(scopes).map(ChallengeParameter::scope).toList());
  }

  /** Collects the settings of a check. For use by one thread. */
  public static final class Builder {
    private final TokenManager tokens;
    private String realm = "api";
    private Optional<RequiredScopes> scope = Optional.empty();
    private Optional<RouteScopes> routes = Optional.empty();
    private ClientAddressResolver clientAddress = ClientAddressResolver.SOCKET_ONLY;
    private Optional<Duration> window = Optional.empty();
    private int allowedRejections;
    private LongSupplier nanos = System::nanoTime;
    private boolean passWithoutBearer;
    private boolean passForeignBearer;
    private boolean hideExistence;
    private boolean explainRejections;

    private Builder(TokenManager tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Sets the realm in challenges; {@code api} by default.
     *
     * @throws IllegalArgumentException if it is empty, or contains a quotation mark, a backslash or a character that is
     *     not printable ASCII
     */
    public Builder realm(String newRealm) {
      realm = ChallengeParameter.realm(newRealm);
      return this;
    }

    /**
     * Requires a scope; none is required by default. A token needs this scope or the scope {@code *} of an unrestricted
     * token. A token without scopes is never let in then. The scope {@code *} itself lets only unrestricted tokens in.
     *
     * @throws IllegalArgumentException if it is not a scope-token of RFC 6749 section 3.3
     */
    public Builder scope(String newScope) {
      scope = Optional.of(RequiredScopes.of(List.of(newScope), true));
      return this;
    }

    /**
     * Requires the scope that this table names for the route of a request, and refuses a request that matches no route.
     * By default there is no table, and every accepted token is let in everywhere, even one without scopes. If a {@link
     * #scope} is set too, a token needs both.
     */
    public Builder routes(RouteScopes newRoutes) {
      routes = Optional.of(newRoutes);
      return this;
    }

    /**
     * Trusts the client address that proxies at these addresses put into this header. The header is read from its end.
     * By default no proxy is trusted, and the client's address is that of the socket. If a trusted proxy sends no
     * address, or text that is not an address, the client's address is unknown: tokens that are bound to addresses are
     * then rejected, and {@link #throttle} counts a rejected attempt for the address of the proxy.
     *
     * <p>Each of these proxies must append to exactly this header, or replace it. A proxy that writes another header
     * forwards this one with any address that the client has put into it. A client that can connect from one of these
     * addresses can claim any address: name the proxies, not their network.
     *
     * @param ranges addresses or ranges in the syntax of {@link AddressRange#parse}
     * @throws IllegalArgumentException if one is neither an address nor a range
     */
    public Builder trustedProxies(ForwardedHeader header, String... ranges) {
      clientAddress = new ClientAddressResolver(
          header, Stream.of(ranges).map(AddressRange::parse).toList());
      return this;
    }

    /**
     * Limits the rejected attempts from one address: after this number of them within the window, further ones get 429
     * with {@code Retry-After}. Off by default. An IPv6 network of 64 bits counts as one address. While 10,000 addresses
     * have been counted, further ones are counted by network ({@code /48} for IPv6, {@code /24} for IPv4), and a line at
     * level WARN says so. While 10,000 networks have been counted too, all further addresses share one count. A valid
     * token is never blocked. Every attempt is counted, unless the address of the socket is unknown, as with a Unix
     * domain socket. With {@link #hideExistence}, the response is still 404.
     *
     * @param rejections the number of rejected attempts that are allowed per window, at least 1
     * @param newWindow the length of the window, from 1 second to 1 day
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public Builder throttle(int rejections, Duration newWindow) {
      boolean legal = newWindow.compareTo(Duration.ofSeconds(1)) >= 0
          && newWindow.compareTo(Duration.ofDays(1)) <= 0;
      if (rejections < 1 || !legal) {
        throw new IllegalArgumentException("throttle: " + rejections + " in " + newWindow
            + " (expected: at least 1 in a window of PT1S to PT24H)");
      }
      allowedRejections = rejections;
      window = Optional.of(newWindow);
      return this;
    }

    /** For tests that control the time. */
    Builder nanos(LongSupplier newNanos) {
      nanos = newNanos;
      return this;
    }

    /**
     * Passes a request without a bearer token on to the host's own login. An invalid bearer token is still refused. The
     * host must check the rights of a request that is passed on: neither {@link #scope} nor {@link #routes} applies to it.
     */
    public Builder passWithoutBearer() {
      passWithoutBearer = true;
      return this;
    }

    /**
     * Passes a request with a bearer credential of another system, such as a JWT, on to the host's own authentication.
     * That must check the credential and its rights, because neither {@link #scope} nor {@link #routes} applies to it. It
     * must not accept a cookie instead if the credential is wrong.
     *
     * <p>A credential that {@linkplain TokenManager#looksLikeToken looks like a token} is never passed on, no matter how
     * malformed it is. A repeated header is never passed on either, and a credential that is not one {@code b64token} (RFC
     * 6750 section 2.1) gets the response for an invalid token. A request that is passed on causes no event and does not
     * count for {@link #throttle}. It is passed on even with {@link #hideExistence}.
     *
     * @throws IllegalStateException from {@link #build} if the manager accepts foreign plaintexts, because those cannot
     *     be told from credentials of other systems
     */
    public Builder passForeignBearer() {
      passForeignBearer = true;
      return this;
    }

    /**
     * Answers requests without a valid token with 404 and no challenge, instead of 400 and 401. The responses then do
     * not reveal that tokens are accepted here. The exception is a 503 while the store fails. This departs from RFC
     * 9110 section 15.5.2.
     */
    public Builder hideExistence() {
      hideExistence = true;
      return this;
    }

    /**
     * Explains to the holder of a token that has expired, is disabled or was unused for too long which of these is the reason for
     * its rejection, in the message and in the {@code error_description} of the challenge (RFC 6750 section 3.1). Only a client
     * with the right plaintext reads it. Off by default: a person who has found a plaintext then cannot tell whether it was ever
     * valid. Every other reason gets the same response as without this setting. With {@link #hideExistence}, nothing is
     * explained.
     */
    public Builder explainRejections() {
      explainRejections = true;
      return this;
    }

    /**
     * Builds the check.
     *
     * @throws IllegalArgumentException if the manager {@linkplain TokenManager#knownScopes knows scopes}, and a route requires
     *     another one: only unrestricted tokens could use it
     * @throws IllegalStateException if {@link #passForeignBearer} is set and the manager accepts foreign plaintexts
     */
    public BearerAuthenticator build() {
      if (passForeignBearer) {
        tokens.looksLikeToken(""); // throws if the manager cannot tell
      }
      requireKnown(routes.map(RouteScopes::scopes).orElse(Set.of()));
      return new BearerAuthenticator(this);
    }

    /** A typing error in a route would otherwise be noticed only when a token is refused. */
    private void requireKnown(Set<String> required) {
      Set<String> known = tokens.knownScopes().scopes();
      List<String> unknown =
          required.stream().filter(scope -> !known.contains(scope)).sorted().toList();
      if (!known.isEmpty() && !unknown.isEmpty()) {
        throw new IllegalArgumentException("routes: " + String.join(" ", unknown)
            + " (expected: known scopes: " + String.join(", ", known) + ')');
      }
    }
  }
}

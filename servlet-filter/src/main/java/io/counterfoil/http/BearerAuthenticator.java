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

/**
 * Decides by the credential of a request whether it is let in (RFC 6750 section 2.1, RFC 9110 section 11).
 *
 * <p>By default, the credential is an {@code Authorization} header: the scheme {@code Bearer} in upper or lower case, one or
 * more spaces, and one token. Tabs are not accepted. {@link Builder#scheme}, {@link Builder#header} and {@link
 * Builder#basicPassword()} accept tokens in other places too, with the same decision. A request that is not let in gets one of
 * these responses:
 *
 * <ul>
 *   <li>401 without an error code if there is no credential, or {@code Authorization} has another scheme
 *   <li>401 {@code invalid_token} if the token is rejected, with the same bytes for every reason, except with {@link
 *       Builder#explainRejections}
 *   <li>400 {@code invalid_request} if there are several credentials, equal or not, or a repeated {@code Authorization} header
 *   <li>403 {@code insufficient_scope} if the token lacks a scope, or no route of the {@link RouteScopes} matches. The message
 *       and the challenge name the scopes. If no route matches, the logger {@code io.counterfoil.http} gets a line at level
 *       DEBUG
 *   <li>403 without a challenge if the request came without TLS, with {@link Builder#refuseCleartext}
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
  private final BearerCheck check;

  private BearerAuthenticator(Builder builder) {
    check = new BearerCheck(builder);
  }

  /** The result of a check. */
  public sealed interface Outcome {}

  /**
   * The request has a valid token and is let in.
   *
   * @param accepted the proof
   * @param hasBasic whether {@code Authorization} has Basic credentials, even if the token came in another header. Browsers send
   *     them by themselves, so they protect against forged requests no better than a cookie (CWE-352)
   */
  public record Granted(Verdict.Accepted accepted, boolean hasBasic) implements Outcome {}

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
   * Checks a request by the values of all its {@code Authorization} header lines, exactly as received. This method sees no other
   * header: use {@link #check(ApiRequest)} with {@link Builder#header}.
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
    return check.check(request);
  }

  /** Checks the request that a trusted proxy names in headers of its own request. */
  Outcome checkForwarded(ApiRequest asking) {
    return check.checkForwarded(asking);
  }

  boolean hasTrustedProxies() {
    return check.hasTrustedProxies();
  }

  /**
   * Checks whether a request that was already let in may also have this method and path, without authenticating its token again.
   * Returns the same {@link Granted}, or {@link Refused}. Intended for a request that is forwarded inside the host.
   *
   * @param method the method exactly as it was sent
   * @param path the path of the target, as in {@link #check(String, String, List)}
   */
  public Outcome check(String method, String path, Granted granted) {
    return check.authorize(granted, new HeaderOnlyRequest(method, path, List.of()));
  }

  /**
   * Returns the address of the client that sent a request: that of the socket, or the one that {@linkplain
   * Builder#trustedProxies trusted proxies} report. Empty if it is unknown.
   */
  public Optional<InetAddress> clientAddress(ApiRequest request) {
    return check.clientAddress(request);
  }

  /**
   * Returns the names of the headers in which this check accepts a token, in lower case: {@code authorization} and those of {@link
   * Builder#header}. A host that sends accepted requests on to another system removes these headers, because that system must
   * not learn the token.
   */
  public Set<String> credentialHeaders() {
    return check.credentialHeaders();
  }

  /**
   * Returns the response to a request without a token. A host sends it if this check passes the request, but the host's
   * own rules require a token.
   */
  public ApiResponse unauthenticated() {
    return check.errors().missing.answer();
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
    return check
        .errors()
        .insufficientScope(Stream.of(scopes).map(ChallengeParameter::scope).toList());
  }

  /** Collects the settings of a check. For use by one thread. */
  public static final class Builder {
    final TokenManager tokens;
    String realm = "api";
    CredentialReader reader = CredentialReader.BEARER_ONLY;
    Optional<RequiredScopes> scope = Optional.empty();
    Optional<RouteScopes> routes = Optional.empty();
    TrustedProxies proxies = TrustedProxies.NONE;
    boolean refuseCleartext;
    Optional<Duration> window = Optional.empty();
    int allowedRejections;
    LongSupplier nanos = System::nanoTime;
    boolean passWithoutBearer;
    boolean passForeignBearer;
    boolean hideExistence;
    boolean explainRejections;

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
     * Also accepts a token as the value of this header, such as {@code X-API-Key}. The value is the token and nothing else: no
     * scheme, no quotation marks. Can be called several times, for several headers.
     *
     * <p>A request may have one credential in all accepted headers together; otherwise, the response is 400. {@code
     * Authorization} with a scheme that is not accepted does not count.
     *
     * <p>Caches treat only {@code Authorization} as a credential (RFC 9111 section 3.5). So the application must send {@code
     * Cache-Control: private} or {@code no-store}, unless everybody may read its responses. Many logs leave out only {@code
     * Authorization}, too.
     *
     * @param name a header without another meaning. A browser must not send it by itself, nor be able to send it to another site
     *     without a CORS preflight
     * @throws IllegalArgumentException if it is a standard header, such as {@code Authorization} or {@code Cookie}, if it
     *     belongs to proxies, or if it is not a token of RFC 9110 section 5.6.2 with at most 64 characters
     */
    public Builder header(String name) {
      reader = reader.andField(name);
      return this;
    }

    /**
     * Also accepts this scheme in {@code Authorization}, in upper or lower case, such as {@code Token} for clients of GitHub and
     * of Django REST framework. The syntax is that of {@code Bearer}. Can be called several times, for several schemes. Each has
     * a challenge of its own.
     *
     * @throws IllegalArgumentException if the scheme is registered, such as {@code Basic} or {@code Digest}, because it has
     *     another syntax, or if it is not a token of RFC 9110 section 5.6.2 with at most 64 characters
     */
    public Builder scheme(String name) {
      reader = reader.andScheme(name);
      return this;
    }

    /**
     * Also accepts a token as the password of Basic credentials, for clients that only know user and password, such as Maven,
     * Docker, npm, git and twine (RFC 7617). The user name is ignored and may be empty. It never becomes the user of the request:
     * that is the owner of the token.
     *
     * <p>A browser asks its user for these credentials, keeps them, and sends them by itself, even for a page of another site. So
     * they count as a cookie: a host must protect its changes against forged requests (CWE-352), and {@link TokenApi} refuses
     * them unless it {@linkplain TokenApi#acceptBasic accepts} them. Use a check of its own for the paths of such clients.
     *
     * <p>The credentials are Base64 with padding, and at most 1,024 characters. A request without a credential gets only the Basic
     * challenge, because Docker does not use Basic if there is another one.
     */
    public Builder basicPassword() {
      reader = reader.andBasic(new BasicPassword(Optional.empty()));
      return this;
    }

    /**
     * Accepts Basic credentials like {@link #basicPassword()}, but only with this user name. A token with another user name is
     * rejected like a malformed one.
     *
     * @param userName 1 to 255 printable ASCII characters without a colon. Case matters
     * @throws IllegalArgumentException if the name has another form
     */
    public Builder basicPassword(String userName) {
      reader = reader.andBasic(BasicPassword.ofUser(userName));
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
      proxies =
          new TrustedProxies(header, Stream.of(ranges).map(AddressRange::parse).toList());
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
      FailureThrottle.requireLegal(rejections, newWindow);
      allowedRejections = rejections;
      window = Optional.of(newWindow);
      return this;
    }

    /**
     * Answers requests that did not come over TLS with 403. The response is the same for valid and invalid tokens, and the store is
     * not asked (draft-ietf-httpapi-privacy, section 2.4). Off by default. A redirect to HTTPS would come too late: the token was
     * sent already, and others may have read it. So the logger {@code io.counterfoil.http} gets a line at level WARN with the
     * client's address, at most once an hour. No token is revoked.
     *
     * <ul>
     *   <li>If the address of the socket is that of a {@linkplain #trustedProxies trusted proxy}, only its report counts: the {@code
     *       proto} of {@code Forwarded} in the element with the client's address or, with {@link ForwardedHeader#X_FORWARDED_FOR},
     *       the header {@code X-Forwarded-Proto}, all values of which must be {@code https}. Each of these proxies must set it.
     *   <li>Otherwise, {@link ApiRequest#isSecure} counts. Headers of other clients change nothing.
     *   <li>A request from a loopback address to a loopback {@code Host} is let in without TLS, unless a header shows that it was
     *       forwarded. Name a proxy on the same machine as a trusted one: it need not add such a header.
     * </ul>
     *
     * <p>Anything unknown counts as cleartext. {@link BearerAuthenticator#check(List)} and {@link
     * BearerAuthenticator#check(String, String, List)} know nothing about the connection, so they let no token in. With {@link
     * #passWithoutBearer}, a request without a credential is still passed on. With {@link #hideExistence}, the response is 404.
     */
    public Builder refuseCleartext() {
      refuseCleartext = true;
      return this;
    }

    /** For tests that control the time. */
    Builder nanos(LongSupplier newNanos) {
      nanos = newNanos;
      return this;
    }

    /**
     * Passes a request without a credential on to the host's own login. An invalid credential is still refused. The
     * host must check the rights of a request that is passed on: neither {@link #scope} nor {@link #routes} applies to it.
     */
    public Builder passWithoutBearer() {
      passWithoutBearer = true;
      return this;
    }

    /**
     * Passes a request with a {@code Bearer} credential of another system, such as a JWT, on to the host's own authentication.
     * That must check the credential and its rights, because neither {@link #scope} nor {@link #routes} applies to it. It
     * must not accept a cookie instead if the credential is wrong.
     *
     * <p>A credential that {@linkplain TokenManager#looksLikeToken looks like a token} is never passed on, no matter how
     * malformed it is. A repeated header is never passed on either, and a credential that is not one {@code b64token} (RFC
     * 6750 section 2.1) gets the response for an invalid token. A request that is passed on causes no event and does not
     * count for {@link #throttle}. It is passed on even with {@link #hideExistence}. A credential that did not
     * come with the scheme {@code Bearer} is never passed on.
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
      routes.ifPresent(table -> table.requireKnown(tokens.knownScopes().scopes()));
      return new BearerAuthenticator(this);
    }
  }
}

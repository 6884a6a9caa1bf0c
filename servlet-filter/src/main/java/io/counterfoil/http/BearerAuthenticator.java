package io.counterfoil.http;

import io.counterfoil.AddressRange;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Decides by the {@code Authorization} field of a request whether it comes in (RFC 6750 section 2.1, RFC 9110 section 11).
 *
 * <p>The scheme is compared without regard to case; then come one or more blanks, no tabs, then exactly one b64token. A
 * request with no {@code Authorization} field or another scheme is answered 401 without an error code; a token that is
 * rejected, for whatever reason, 401 {@code invalid_token}, always the same bytes; a repeated field 400; a missing scope, and
 * what the {@link RouteScopes} do not cover, 403; a failing store 503 with {@code Retry-After}: such a request is never let
 * in, and never called invalid. No answer holds anything of the request.
 *
 * <p>The store is asked once, and not at all about what has not the shape of a token. Immutable; safe for use by many
 * threads.
 */
public final class BearerAuthenticator {
  private final TokenManager tokens;
  private final Optional<String> scope;
  private final Optional<RouteScopes> routes;
  private final ClientAddressResolver clientAddress;
  private final Optional<FailureThrottle> throttle;
  private final Refused tooManyRejected;
  private final BearerErrors errors;
  private final Outcome withoutBearer;

  private BearerAuthenticator(Builder builder) {
    tokens = builder.tokens;
    scope = builder.scope;
    routes = builder.routes;
    clientAddress = builder.clientAddress;
    Set<String> scopes = new TreeSet<>(routes.map(RouteScopes::scopes).orElse(Set.of()));
    scope.ifPresent(scopes::add);
    errors = builder.hideExistence
        ? BearerErrors.hideExistence(builder.realm, scopes)
        : BearerErrors.open(builder.realm, scopes);
    throttle = builder.window.map(
        window -> new FailureThrottle(builder.allowedRejections, window, builder.nanos));
    tooManyRejected = builder.hideExistence
        ? errors.invalid
        : BearerErrors.tooMany(builder.window.orElse(Duration.ZERO).toSeconds());
    withoutBearer = builder.passWithoutBearer ? new Passed() : errors.missing;
  }

  /** What becomes of a request. */
  public sealed interface Outcome {}

  /**
   * The request came with a valid token: it is let in.
   *
   * @param accepted the proof
   */
  public record Granted(Verdict.Accepted accepted) implements Outcome {}

  /** The request came without a bearer token, and goes on to the host's own check. It has proved nothing. */
  public record Passed() implements Outcome {}

  /**
   * The request is not let in.
   *
   * @param answer what to answer instead
   */
  public record Refused(ApiResponse answer) implements Outcome {}

  /** Returns a builder of a check against the tokens of that manager. */
  public static Builder builder(TokenManager tokens) {
    return new Builder(tokens);
  }

  /**
   * Judges a request by the values of all its {@code Authorization} field lines, as they were received.
   *
   * <p>Never throws, whatever the values are and whatever the store does. A check that goes by {@link RouteScopes} lets no
   * token in here, since no row covers a request of which nothing is known.
   */
  public Outcome check(List<String> authorizationFields) {
    return check("", "", authorizationFields);
  }

  /**
   * Judges a request like {@link #check(List)}, by its method and path too if the check goes by {@link RouteScopes}.
   *
   * @param method the method exactly as it was sent
   * @param path the path by which the host's router goes, decoded once, without the query; the empty text, which no row
   *     covers, where that is not known for sure
   */
  public Outcome check(String method, String path, List<String> authorizationFields) {
    return check(new HeaderOnlyRequest(method, path, authorizationFields));
  }

  /**
   * Judges a request like {@link #check(String, String, List)}, and by the address from which it came if its token is bound to
   * some: that of the socket, or what {@linkplain Builder#trustedProxies trusted proxies} say.
   *
   * @param request its path is the one by which the host's router goes, or the empty text where that is not known for sure; its
   *     body is not opened
   */
  public Outcome check(ApiRequest request) {
    List<String> fields = request.headers("Authorization");
    if (fields.size() > 1) {
      return errors.repeated; // one may have been put in by an attacker, and nobody knows which
    }
    if (fields.isEmpty() || !AuthorizationHeader.isBearer(fields.get(0))) {
      return withoutBearer;
    }
    return judge(AuthorizationHeader.plaintext(fields.get(0)), request);
  }

  /**
   * Judges what the bearer of a token that was accepted may do, without asking for the token again: {@link Granted} or
   * {@link Refused}. For a request that was let in and goes on to another place of the host.
   */
  public Outcome check(String method, String path, Verdict.Accepted accepted) {
    if (scope.isPresent() && !accepted.token().permits(scope.get())) {
      return errors.scopeMissing(scope.get());
    }
    return routes.isPresent()
        ? onRoute(routes.get().scope(method, path), accepted)
        : new Granted(accepted);
  }

  /** Returns the answer to a request without a token, for a host whose own rules demand one although this check passes it. */
  public ApiResponse unauthenticated() {
    return errors.missing.answer();
  }

  /**
   * Returns the answer to the bearer of a good token who may not do what the host's own rules demand scopes for: 403 {@code
   * insufficient_scope} (RFC 6750 section 3.1).
   *
   * @param scopes those that would do, to be named to the client; may be none
   * @throws IllegalArgumentException if one is not of printable ASCII without blank, quotation mark and backslash
   */
  public ApiResponse insufficientScope(String... scopes) {
    return errors.insufficientScope(Stream.of(scopes).map(Builder::checkedScope).toList());
  }

  private Outcome onRoute(Optional<String> demanded, Verdict.Accepted accepted) {
    if (demanded.isEmpty()) {
      return errors.uncovered;
    }
    String needed = demanded.get();
    boolean permitted = needed.isEmpty() || accepted.token().permits(needed);
    return permitted ? new Granted(accepted) : errors.scopeMissing(needed);
  }

  /** What is no b64token is rejected without the store, and heard of by listeners. */
  private Outcome judge(String plaintext, ApiRequest request) {
    try {
      return tokens.authenticate(plaintext, () -> clientAddress.of(request))
              instanceof Verdict.Accepted accepted
          ? judge(accepted, request)
          : rejected(request);
    } catch (Throwable failure) {
      // An Error too: whatever a store throws, nobody is let in by it.
      FailureLog.log(failure);
      return errors.unavailable;
    }
  }

  /** To find out a path that is not asked for would cost more than it looks. */
  private Outcome judge(Verdict.Accepted accepted, ApiRequest request) {
    return routes.isPresent()
        ? check(request.method(), request.path(), accepted)
        : check("", "", accepted);
  }

  /** A good token is let in however many bad ones come from the same address: they are not its bearer's fault. */
  private Outcome rejected(ApiRequest request) {
    boolean tooMany = throttle.isPresent()
        && clientAddress.of(request).filter(throttle.get()::isTooMuch).isPresent();
    return tooMany ? tooManyRejected : errors.invalid;
  }

  /** Says how a check is to work, before there is one. For use by one thread. */
  public static final class Builder {
    private final TokenManager tokens;
    private String realm = "api";
    private Optional<String> scope = Optional.empty();
    private Optional<RouteScopes> routes = Optional.empty();
    private ClientAddressResolver clientAddress = ClientAddressResolver.OF_SOCKET;
    private Optional<Duration> window = Optional.empty();
    private int allowedRejections;
    private LongSupplier nanos = System::nanoTime;
    private boolean passWithoutBearer;
    private boolean hideExistence;

    private Builder(TokenManager tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Chooses the realm that challenges name; {@code api} by default.
     *
     * @throws IllegalArgumentException if it is empty or holds anything but printable ASCII without quotation mark and
     *     backslash
     */
    public Builder realm(String newRealm) {
      realm = quotable("realm", newRealm, ' ');
      return this;
    }

    /**
     * Demands a scope; none is demanded by default. A token without scopes is unrestricted and meets any demand.
     *
     * @throws IllegalArgumentException if it is not a scope-token of RFC 6749 section 3.3
     */
    public Builder scope(String newScope) {
      scope = Optional.of(checkedScope(newScope));
      return this;
    }

    /**
     * Goes by a table that names the scope of each route, and lets no token in where no row covers the request; by default
     * there is none, and a token is let in everywhere. A {@link #scope} is demanded besides.
     */
    public Builder routes(RouteScopes newRoutes) {
      routes = Optional.of(newRoutes);
      return this;
    }

    /**
     * Believes proxies at these addresses what they say in that field of where they got a request, read from its end; by
     * default nobody is believed, and a request comes from where its socket leads. Where a trusted proxy says nothing, or what
     * is no address, the address is not known.
     *
     * <p>Each of them must append to exactly this field, or write it anew: one that writes another passes on what a client has
     * put there. Whoever can connect from one of these addresses can claim any: name the proxies, not the network they are in.
     *
     * @param ranges as {@link AddressRange#parse} reads them
     * @throws IllegalArgumentException if one is no address and no range
     */
    public Builder trustedProxies(ForwardedHeader field, String... ranges) {
      List<AddressRange> proxies =
          Arrays.stream(ranges).map(AddressRange::parse).toList();
      clientAddress = new ClientAddressResolver(field, proxies);
      return this;
    }

    /**
     * Responses rejected attempts 429 with {@code Retry-After}, once so many have come from an address within a window of time;
     * off by default. Of IPv6 a network of 64 bits counts as one address. A good token is never kept out by it, and nothing is
     * counted where the address is not known. Strangers to whom all is {@link #hideExistence} are answered 404 all the same.
     *
     * @throws IllegalArgumentException if no attempt is allowed, or the window is not from a second to a day
     */
    public Builder throttle(int rejections, Duration newWindow) {
      boolean legal = newWindow.compareTo(Duration.ofSeconds(1)) >= 0
          && newWindow.compareTo(Duration.ofDays(1)) <= 0;
      if (rejections < 1 || !legal) {
        throw new IllegalArgumentException("throttle: " + rejections + " in " + newWindow
            + " (expected: at least 1 in PT1S to PT24H)");
      }
      allowedRejections = rejections;
      window = Optional.of(newWindow);
      return this;
    }

    /** For tests that cannot wait. */
    Builder nanos(LongSupplier newNanos) {
      nanos = newNanos;
      return this;
    }

    /**
     * Passes a request without a bearer token on, for the host's own login to check. One with a bearer token that is not
     * valid is still refused.
     */
    public Builder passWithoutBearer() {
      passWithoutBearer = true;
      return this;
    }

    /**
     * Responses strangers 404 without a challenge, instead of 400 and 401: that there is something to be had with a token is
     * not told, except by a 503 while the store fails. This departs from RFC 9110 section 15.5.2.
     */
    public Builder hideExistence() {
      hideExistence = true;
      return this;
    }

    /** Builds the check. */
    public BearerAuthenticator build() {
      return new BearerAuthenticator(this);
    }

    static String checkedScope(String scope) {
      return quotable("scope", scope, '!');
    }

    /** What needs no escape between quotation marks; a line break here would let a setting forge headers (CWE-113). */
    private static String quotable(String setting, String text, char lowest) {
      boolean legal = !text.isEmpty()
          && text.chars().allMatch(c -> c >= lowest && c < 0x7f && c != '"' && c != '\\');
      if (!legal) {
        throw new IllegalArgumentException(setting + " (expected: printable ASCII without "
            + (lowest == ' ' ? "" : "blank, ") + "quotation mark and backslash)");
      }
      return text;
    }
  }
}

package io.counterfoil.http;

import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.PassedOn;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a {@link BearerAuthenticator}. They are the same, wherever in the request the token is. */
final class BearerCheck {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.http");

  private final TokenManager tokens;
  private final CredentialReader reader;
  private final RouteCheck routes;
  private final TrustedProxies proxies;
  private final ClientAddressResolver clientAddress;
  private final Optional<CleartextCheck> cleartext;
  private final Optional<FailureThrottle> throttle;
  private final BearerErrors errors;
  private final boolean passWithoutBearer;
  private final boolean passForeignBearer;

  BearerCheck(BearerAuthenticator.Builder builder) {
    tokens = builder.tokens;
    reader = builder.reader;
    proxies = builder.proxies;
    clientAddress = new ClientAddressResolver(proxies);
    cleartext = builder.refuseCleartext
        ? Optional.of(new CleartextCheck(builder.proxies, builder.nanos))
        : Optional.empty();
    throttle = builder.window.map(
        window -> new FailureThrottle(builder.allowedRejections, window, builder.nanos));
    errors = errors(builder);
    routes = new RouteCheck(builder.scope, builder.routes, errors);
    passWithoutBearer = builder.passWithoutBearer;
    passForeignBearer = builder.passForeignBearer;
  }

  private static BearerErrors errors(BearerAuthenticator.Builder builder) {
    var challenges = new Challenges(builder.realm, builder.reader);
    return builder.hideExistence
        ? BearerErrors.hidingExistence(challenges)
        : BearerErrors.standard(
            challenges,
            builder.reader.repeatedMessage(),
            builder.window.orElse(Duration.ZERO),
            builder.explainRejections);
  }

  Outcome check(ApiRequest request) {
    List<String> authorization = request.headers(AuthorizationHeader.NAME);
    List<Credential> credentials = reader.read(authorization, request);
    if (credentials.isEmpty() && passWithoutBearer) {
      return new PassedOn();
    }
    if (cleartext.isPresent() && cleartext.get().refuses(request, credentials)) {
      return errors.cleartext;
    }
    if (credentials.isEmpty()) {
      return errors.missing;
    }
    if (credentials.size() > 1) {
      return errors.repeated; // an attacker may have added one of them, and nothing shows which
    }
    Credential credential = credentials.get(0);
    return passForeignBearer && isForeign(credential)
        ? new PassedOn()
        : authenticate(credential.plaintext(), BasicPassword.isIn(authorization), request);
  }

  /** Checks the request that a trusted proxy names in headers of its own request. */
  Outcome checkForwarded(ApiRequest asking) {
    Optional<ForwardedTarget> target =
        proxies.sent(asking) ? ForwardedTarget.of(asking) : Optional.empty();
    if (target.isEmpty()) {
      logNoTarget(asking);
      return errors.noTarget;
    }
    return check(new ForwardedRequest(asking, target.get()));
  }

  /** Helps a host to set up its gateway. */
  private void logNoTarget(ApiRequest asking) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "Refused a request to the ForwardAuth handler, because {}",
          proxies.sent(asking)
              ? "its headers do not name one method and one unambiguous path"
              : "it does not come from a trusted proxy");
    }
  }

  boolean hasTrustedProxies() {
    return !proxies.ranges().isEmpty();
  }

  /**
   * Malformed text is not foreign: another parser could find one of our tokens in it, or no token at all and then
   * accept a cookie.
   */
  private boolean isForeign(Credential credential) {
    return credential.isBearer()
        && AuthorizationHeader.isB64Token(credential.text())
        && !tokens.looksLikeToken(credential.text());
  }

  /**
   * Passes malformed tokens to the manager too: it rejects them without asking the store, and notifies its listeners.
   */
  private Outcome authenticate(String plaintext, boolean hasBasic, ApiRequest request) {
    try {
      Verdict verdict = tokens.authenticate(plaintext, () -> clientAddress.resolve(request));
      return verdict instanceof Verdict.Accepted accepted
          ? authorize(new Granted(accepted, hasBasic), request)
          : rejected((Verdict.Rejected) verdict, request);
    } catch (Throwable failure) {
      // Catches errors too: nothing that a store throws may let a request in.
      FailureLog.log(failure);
      return errors.unavailable;
    }
  }

  Outcome authorize(Granted granted, ApiRequest request) {
    return routes.check(granted, request);
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

  Optional<InetAddress> clientAddress(ApiRequest request) {
    return clientAddress.resolve(request);
  }

  Set<String> credentialHeaders() {
    return reader.headerNames();
  }

  BearerErrors errors() {
    return errors;
  }
}

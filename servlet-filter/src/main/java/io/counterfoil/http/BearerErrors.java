package io.counterfoil.http;

import io.counterfoil.Verdict.Reason;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The error responses of one {@link BearerAuthenticator} (RFC 6750 section 3). */
final class BearerErrors {
  private static final String TOKEN_NEEDED = "a valid API token is needed";

  /** No token was sent. There is no error code, because nothing in the request was wrong (section 3.1). */
  final Refused missing;

  /** One response for malformed, unknown, disabled and expired tokens, so that it does not reveal the reason. */
  private final Refused invalid;

  /** The responses for the reasons that may be explained, because only a right plaintext has them. May be empty. */
  private final Map<Reason, Refused> explained;

  final Refused repeated;

  /** Too many attempts were rejected (RFC 6585 section 4). */
  final Refused tooMany;

  /** No trusted gateway names the request that is to be checked. */
  final Refused noTarget;

  /** The token is valid, but no route matches. No scope is named, because none would be sufficient. */
  final Refused noRoute;

  final Refused unavailable = new Refused(Responses.UNAVAILABLE);

  private final String insufficientScope;

  private BearerErrors(
      String challenge,
      Refused missing,
      Refused invalid,
      Map<Reason, Refused> explained,
      Refused repeated,
      Refused tooMany,
      Refused noTarget) {
    this.missing = missing;
    this.invalid = invalid;
    this.explained = explained;
    this.repeated = repeated;
    this.tooMany = tooMany;
    this.noTarget = noTarget;
    this.insufficientScope = challenge + ", error=\"insufficient_scope\"";
    this.noRoute = new Refused(challenging(403, "no token may do this here", insufficientScope));
  }

  /**
   * @param window the time after which a throttled client may try again
   * @param explains whether the holder of a token reads why it was rejected
   */
  static BearerErrors standard(String realm, Duration window, boolean explains) {
    String challenge = challenge(realm);
    String invalidToken = challenge + ", error=\"invalid_token\"";
    return new BearerErrors(
        challenge,
        new Refused(challenging(401, TOKEN_NEEDED, challenge)),
        new Refused(challenging(401, TOKEN_NEEDED, invalidToken)),
        explains ? explanations(invalidToken) : Map.of(),
        new Refused(challenging(
            400,
            "the Authorization field may be sent once only",
            challenge + ", error=\"invalid_request\"")),
        new Refused(Responses.failure(
            429,
            "too many attempts without a valid API token, try again later",
            Map.of("Retry-After", String.valueOf(window.toSeconds())))),
        new Refused(Responses.failure(
            403, "no trusted gateway names one method and one unambiguous path here")));
  }

  /** Only requests without a valid token get 404: a client with a valid one already knows that something is here. */
  static BearerErrors hidingExistence(String realm) {
    Refused notFound = new Refused(Responses.NOT_FOUND);
    return new BearerErrors(
        challenge(realm), notFound, notFound, Map.of(), notFound, notFound, notFound);
  }

  /** The texts consist of characters that need no escaping (RFC 6750 section 3). */
  private static Map<Reason, Refused> explanations(String invalidToken) {
    Map<Reason, Refused> explained = new EnumMap<>(Reason.class);
    Map.of(
            Reason.EXPIRED, "the token has expired",
            Reason.DISABLED, "the token is disabled",
            Reason.IDLE, "the token was unused for too long")
        .forEach((reason, text) -> explained.put(
            reason,
            new Refused(challenging(
                401,
                TOKEN_NEEDED + ": " + text,
                invalidToken + ", error_description=\"" + text + '"'))));
    return explained;
  }

  Refused invalid(Reason reason) {
    return explained.getOrDefault(reason, invalid);
  }

  Refused scopeMissing(RequiredScopes required) {
    return required.scopes().size() == 1
        ? new Refused(insufficientScope(required.scopes()))
        : new Refused(insufficientScope(
            "the token needs " + (required.needsAll() ? "all" : "one") + " of these scopes here",
            required.scopes()));
  }

  ApiResponse insufficientScope(List<String> scopes) {
    return insufficientScope("the token lacks the scope that is needed here", scopes);
  }

  private ApiResponse insufficientScope(String message, List<String> scopes) {
    String named = String.join(" ", scopes);
    return challenging(
        403,
        message + (named.isEmpty() ? "" : ": " + named)
            + " (a token that was created without scopes has none)",
        insufficientScope + (named.isEmpty() ? "" : ", scope=\"" + named + '"'));
  }

  private static String challenge(String realm) {
    return "Bearer realm=\"" + realm + '"';
  }

  private static ApiResponse challenging(int status, String message, String challenge) {
    return Responses.failure(status, message, Map.of("WWW-Authenticate", challenge));
  }
}

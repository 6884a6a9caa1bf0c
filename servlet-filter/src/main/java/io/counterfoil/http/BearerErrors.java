package io.counterfoil.http;

import io.counterfoil.Token;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The error responses of one {@link BearerAuthenticator} (RFC 6750 section 3). */
final class BearerErrors {
  private static final String TOKEN_NEEDED = "a valid API token is needed";
  private static final String SCOPE_NEEDED = "the token lacks the scope that is needed here";

  /** Explains what often surprises the creator of a token. Tokens with other scopes do not need the hint. */
  private static final String HINT = " (a token that was created without scopes has none)";

  /** No token was sent. There is no error code, because nothing in the request was wrong (section 3.1). */
  final Refused missing;

  /** One response for malformed, unknown, disabled and expired tokens, so that it does not reveal the reason. */
  private final Refused invalid;

  /** The responses for the reasons that may be explained, because only a right plaintext has them. May be empty. */
  private final Map<Reason, Refused> explained;

  final Refused repeated;

  /** The request came without TLS. One response for all, so that it does not reveal whether a credential is valid. */
  final Refused cleartext;

  /** Too many attempts were rejected (RFC 6585 section 4). */
  final Refused tooMany;

  /** No trusted gateway names the request that is to be checked. */
  final Refused noTarget;

  /** The token is valid, but no route matches. No scope is named, because none would be sufficient. */
  final Refused noRoute;

  final Refused unavailable = new Refused(Responses.UNAVAILABLE);

  private final Challenges challenges;

  private BearerErrors(
      Challenges challenges,
      Refused missing,
      Refused invalid,
      Map<Reason, Refused> explained,
      Refused repeated,
      Refused cleartext,
      Refused tooMany,
      Refused noTarget) {
    this.missing = missing;
    this.invalid = invalid;
    this.explained = explained;
    this.repeated = repeated;
    this.cleartext = cleartext;
    this.tooMany = tooMany;
    this.noTarget = noTarget;
    this.challenges = challenges;
    this.noRoute = new Refused(Challenges.response(
        403, "no token may do this here", challenges.error("\"insufficient_scope\"")));
  }

  /**
   * @param repeated the message for a request with several credentials
   * @param window the time after which a throttled client may try again
   * @param explains whether the holder of a token reads why it was rejected
   */
  static BearerErrors standard(
      Challenges challenges, String repeated, Duration window, boolean explains) {
    return new BearerErrors(
        challenges,
        new Refused(Challenges.response(401, TOKEN_NEEDED, challenges.initial())),
        new Refused(Challenges.response(401, TOKEN_NEEDED, challenges.error("\"invalid_token\""))),
        explains ? explanations(challenges) : Map.of(),
        new Refused(Challenges.response(400, repeated, challenges.error("\"invalid_request\""))),
        new Refused(Responses.failure(
            403, "tokens are accepted over HTTPS only; replace a token that was sent without it")),
        new Refused(Responses.failure(
            429,
            "too many attempts without a valid API token, try again later",
            Map.of("Retry-After", String.valueOf(window.toSeconds())))),
        new Refused(Responses.failure(
            403, "no trusted gateway names one method and one unambiguous path here")));
  }

  /** Only requests without a valid token get 404: a client with a valid one already knows that something is here. */
  static BearerErrors hidingExistence(Challenges challenges) {
    Refused notFound = new Refused(Responses.NOT_FOUND);
    return new BearerErrors(
        challenges, notFound, notFound, Map.of(), notFound, notFound, notFound, notFound);
  }

  /** The texts consist of characters that need no escaping (RFC 6750 section 3). */
  private static Map<Reason, Refused> explanations(Challenges challenges) {
    Map<Reason, Refused> explained = new EnumMap<>(Reason.class);
    Map.of(
            Reason.EXPIRED, "the token has expired",
            Reason.DISABLED, "the token is disabled",
            Reason.IDLE, "the token was unused for too long")
        .forEach((reason, text) -> explained.put(
            reason,
            new Refused(Challenges.response(
                401,
                TOKEN_NEEDED + ": " + text,
                challenges.error("\"invalid_token\", error_description=\"" + text + '"')))));
    return explained;
  }

  Refused invalid(Reason reason) {
    return explained.getOrDefault(reason, invalid);
  }

  Refused scopeMissing(RequiredScopes required, Token token) {
    String message = required.scopes().size() == 1
        ? SCOPE_NEEDED
        : "the token needs " + (required.needsAll() ? "all" : "one") + " of these scopes here";
    String hint = token.scopes().isEmpty() ? HINT : "";
    return new Refused(insufficientScope(message, required.scopes(), hint));
  }

  /** The caller does not name the token, so the response has no hint about its scopes. */
  ApiResponse insufficientScope(List<String> scopes) {
    return insufficientScope(SCOPE_NEEDED, scopes, "");
  }

  private ApiResponse insufficientScope(String message, List<String> scopes, String hint) {
    String named = String.join(" ", scopes);
    return Challenges.response(
        403,
        message + (named.isEmpty() ? "" : ": " + named) + hint,
        challenges.error(
            "\"insufficient_scope\"" + (named.isEmpty() ? "" : ", scope=\"" + named + '"')));
  }
}

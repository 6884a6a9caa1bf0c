package io.counterfoil.http;

import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answers of one {@link BearerAuthenticator} to those who do not get in, all made beforehand (RFC 6750 section 3). */
final class BearerErrors {
  private static final String TOKEN_NEEDED = "a valid API token is needed";

  /** No token was presented: no error code, since nothing was wrong with what was sent (section 3.1). */
  final Refused missing;

  /** One answer, whether malformed, unknown, disabled or expired: a stranger learns nothing from it. */
  final Refused invalid;

  final Refused repeated;

  /** The token is good, but no scope would do: none is named. */
  final Refused uncovered;

  final Refused unavailable = new Refused(Responses.UNAVAILABLE);

  /** Returns the answer to one rejected attempt too many (RFC 6585 section 4). */
  static Refused tooMany(long seconds) {
    return new Refused(Responses.failure(
        429,
        "too many attempts without a valid API token, try again later",
        Map.of("Retry-After", String.valueOf(seconds))));
  }

  private final String insufficient;
  private final Map<String, Refused> scopesMissing;

  private BearerErrors(
      Refused missing, Refused invalid, Refused repeated, String challenge, Set<String> scopes) {
    this.missing = missing;
    this.invalid = invalid;
    this.repeated = repeated;
    this.insufficient = challenge + ", error=\"insufficient_scope\"";
    this.uncovered = refused(403, "no token may do this here", insufficient);
    Map<String, Refused> all = new HashMap<>();
    for (String scope : scopes) {
      all.put(scope, new Refused(insufficientScope(List.of(scope))));
    }
    this.scopesMissing = Map.copyOf(all);
  }

  /** @param scopes all that may be asked for */
  static BearerErrors open(String realm, Set<String> scopes) {
    String challenge = challenge(realm);
    return new BearerErrors(
        refused(401, TOKEN_NEEDED, challenge),
        refused(401, TOKEN_NEEDED, challenge + ", error=\"invalid_token\""),
        refused(
            400,
            "the Authorization field may be sent once only",
            challenge + ", error=\"invalid_request\""),
        challenge,
        scopes);
  }

  /** To strangers there is nothing here. Whoever has a valid token is none. */
  static BearerErrors hideExistence(String realm, Set<String> scopes) {
    Refused nothing = new Refused(Responses.NOT_FOUND);
    return new BearerErrors(nothing, nothing, nothing, challenge(realm), scopes);
  }

  /** Returns the error for a token that lacks one of the scopes that may be asked for. */
  Refused scopeMissing(String scope) {
    return scopesMissing.getOrDefault(scope, uncovered);
  }

  ApiResponse insufficientScope(List<String> scopes) {
    String named = scopes.isEmpty() ? "" : ", scope=\"" + String.join(" ", scopes) + '"';
    return refused(403, "the token lacks the scope that is needed here", insufficient + named)
        .answer();
  }

  private static String challenge(String realm) {
    return "Bearer realm=\"" + realm + '"';
  }

  private static Refused refused(int status, String message, String challenge) {
    return new Refused(Responses.failure(status, message, Map.of("WWW-Authenticate", challenge)));
  }
}

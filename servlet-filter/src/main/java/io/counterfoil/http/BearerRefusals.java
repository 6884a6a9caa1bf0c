package io.counterfoil.http;

import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.Map;

/** The answers of one {@link BearerAuthenticator} to those who do not get in, all made beforehand (RFC 6750 section 3). */
final class BearerRefusals {
  private static final String TOKEN_NEEDED = "a valid API token is needed";

  /** No token was presented: no error code, since nothing was wrong with what was sent (section 3.1). */
  final Refused missing;

  /** One answer, whether malformed, unknown, disabled or expired: a stranger learns nothing from it. */
  final Refused invalid;

  final Refused repeated;
  final Refused scopeMissing;
  final Refused unavailable = new Refused(Answers.UNAVAILABLE);

  private BearerRefusals(Refused missing, Refused invalid, Refused repeated, Refused scopeMissing) {
    this.missing = missing;
    this.invalid = invalid;
    this.repeated = repeated;
    this.scopeMissing = scopeMissing;
  }

  static BearerRefusals open(String realm, String scope) {
    String challenge = "Bearer realm=\"" + realm + '"';
    return new BearerRefusals(
        refused(401, TOKEN_NEEDED, challenge),
        refused(401, TOKEN_NEEDED, challenge + ", error=\"invalid_token\""),
        refused(
            400,
            "the Authorization field may be sent once only",
            challenge + ", error=\"invalid_request\""),
        scopeMissing(challenge, scope));
  }

  /** To strangers there is nothing here. Whoever has a valid token is none. */
  static BearerRefusals concealed(String realm, String scope) {
    Refused nothing = new Refused(Answers.NOTHING_HERE);
    return new BearerRefusals(
        nothing, nothing, nothing, scopeMissing("Bearer realm=\"" + realm + '"', scope));
  }

  private static Refused scopeMissing(String challenge, String scope) {
    return refused(
        403,
        "the token lacks the scope that is needed here",
        challenge + ", error=\"insufficient_scope\", scope=\"" + scope + '"');
  }

  private static Refused refused(int status, String message, String challenge) {
    return new Refused(Answers.failure(status, message, Map.of("WWW-Authenticate", challenge)));
  }
}

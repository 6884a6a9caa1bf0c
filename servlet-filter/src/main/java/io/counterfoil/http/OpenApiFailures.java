package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import java.util.Map;

/** The error responses, including those of a {@link BearerAuthenticator} in front of the API. */
final class OpenApiFailures {
  private OpenApiFailures() {}

  /** Returns all responses except 200, by status. */
  static Map<String, Object> all() {
    Map<String, Object> all = object("400", failure("The request is invalid; nothing is changed"));
    all.putAll(denials());
    all.put("405", failure("The method is not allowed", "Allow", "The allowed methods"));
    all.put("408", failure("The body did not arrive in time"));
    all.put(
        "409",
        failure(
            "The name is taken, the owner has as many tokens as allowed, or other changes of the token came"
                + " first"));
    all.put("413", failure("The body is larger than " + RequestBody.LIMIT + " bytes"));
    all.put(
        "415",
        failure("The body is not declared as application/json in UTF-8, or it is compressed"));
    all.put("429", tryLater("Too many plaintexts were not identified"));
    all.put(
        "503",
        tryLater(
            "Tokens are not available now: the request was not checked, or a change may not have been made"));
    return all;
  }

  private static Map<String, Object> denials() {
    return object(
        "401",
        failure("A valid token is needed", "WWW-Authenticate", "The challenge of RFC 6750"),
        "403",
        failure(
            "The caller may not do this, its token lacks the scope for it, or its plaintext was replaced"
                + " by a rotation and may only read"),
        "404",
        failure(
            "This caller has no such token, or the API hides its existence from clients without a valid"
                + " token"));
  }

  private static Map<String, Object> tryLater(String description) {
    return failure(description, "Retry-After", "The number of seconds after which to try again");
  }

  private static Map<String, Object> failure(String description) {
    return object(
        "description", description, "content", OpenApiPaths.json(OpenApiSchemas.ref("Failure")));
  }

  private static Map<String, Object> failure(String description, String header, String meaning) {
    Map<String, Object> response = failure(description);
    response.put(
        "headers",
        object(
            header,
            object("description", meaning, "required", true, "schema", object("type", "string"))));
    return response;
  }
}

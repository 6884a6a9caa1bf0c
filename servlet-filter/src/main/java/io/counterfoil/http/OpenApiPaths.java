package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations and their responses, including the responses of a {@link BearerAuthenticator} in front of the API. */
final class OpenApiPaths {
  private static final List<Map<String, Object>> ID = List.of(object(
      "name",
      "id",
      "in",
      "path",
      "required",
      true,
      "schema",
      object("type", "integer", "format", "int64", "minimum", 1)));

  /** The statuses that only some operations return. */
  private static final Set<String> SPECIAL = Set.of("408", "409", "413", "415");

  private OpenApiPaths() {}

  static Map<String, Object> all(Set<SelfService> selfService) {
    Map<String, Object> paths = object(
        "/", list(),
        "/create",
            post(operation(
                "createToken",
                "Creates a token and returns its plaintext, which is shown only once.",
                "CreatedTokenAnswer",
                body("Create"),
                "408",
                "409",
                "413",
                "415")),
        "/setEnabled/{id}", withId(setEnabled()),
        "/rotate/{id}", withId(rotate("rotateToken", "Gives a token a new plaintext")),
        "/delete/{id}", withId(delete("deleteToken", "Deletes a token.")));
    for (SelfService service : SelfService.values()) {
      if (selfService.contains(service)) {
        paths.put(service.path, self(service));
      }
    }
    return paths;
  }

  private static Map<String, Object> list() {
    Map<String, Object> listed = done("TokenListAnswer");
    listed.put(
        "headers",
        object(
            "Link",
            object(
                "description",
                "Present if more tokens follow the page: a relative URL of the next page, with rel=next"
                    + " (RFC 8288)",
                "schema",
                object("type", "string"))));
    Map<String, Object> operation = operation(
        "listTokens",
        "Lists the caller's tokens, in order of id: all of them, or one page if a parameter is given."
            + " Other parameters are ignored.",
        listed,
        Map.of());
    operation.put(
        "parameters",
        List.of(
            parameter(
                "limit",
                "The maximum number of tokens on the page; " + PageQuery.DEFAULT_LIMIT
                    + " if only after is given.",
                1,
                PageQuery.MAX_LIMIT),
            parameter(
                "after",
                "Only tokens with a greater id are listed: the last id of the page before.",
                0,
                Long.MAX_VALUE)));
    return object("get", operation);
  }

  private static Map<String, Object> parameter(
      String name, String description, long least, long most) {
    return object(
        "name",
        name,
        "in",
        "query",
        "description",
        description,
        "schema",
        OpenApiSchemas.wholeNumber("integer", least, most));
  }

  private static Map<String, Object> self(SelfService service) {
    return switch (service) {
      case READ -> get("readSelf", "Returns the token that the request came with.", "TokenAnswer");
      case ROTATE ->
        post(rotate("rotateSelf", "Gives the token that the request came with a new plaintext"));
      case DELETE -> post(delete("deleteSelf", "Deletes the token that the request came with."));
    };
  }

  private static Map<String, Object> setEnabled() {
    return operation(
        "setTokenEnabled",
        "Enables or disables a token.",
        "Done",
        body("SetEnabled"),
        "408",
        "413",
        "415");
  }

  private static Map<String, Object> rotate(String id, String summary) {
    return operation(
        id,
        summary + " and returns it; it is shown only once.",
        "CreatedTokenAnswer",
        body("Rotate"),
        "408",
        "409",
        "413",
        "415");
  }

  private static Map<String, Object> delete(String id, String summary) {
    Map<String, Object> empty = object(
        "description",
        "Empty, or an object without members. A request without a token must declare it as JSON.",
        "content",
        json(object("type", "object", "additionalProperties", false)));
    return operation(id, summary, "Done", empty, "408", "413", "415");
  }

  private static Map<String, Object> get(String id, String summary, String schema) {
    return object("get", operation(id, summary, schema, Map.of()));
  }

  private static Map<String, Object> post(Map<String, Object> operation) {
    return object("post", operation);
  }

  private static Map<String, Object> withId(Map<String, Object> operation) {
    return object("parameters", ID, "post", operation);
  }

  private static Map<String, Object> body(String schema) {
    return object("required", true, "content", json(OpenApiSchemas.ref(schema)));
  }

  private static Map<String, Object> json(Map<String, Object> schema) {
    return object("application/json", object("schema", schema));
  }

  private static Map<String, Object> done(String schema) {
    return object("description", "Done", "content", json(OpenApiSchemas.ref(schema)));
  }

  private static Map<String, Object> operation(
      String id, String summary, String schema, Map<String, Object> body, String... more) {
    return operation(id, summary, done(schema), body, more);
  }

  private static Map<String, Object> operation(
      String id,
      String summary,
      Map<String, Object> done,
      Map<String, Object> body,
      String... more) {
    Map<String, Object> operation = object("operationId", id, "summary", summary);
    if (!body.isEmpty()) {
      operation.put("requestBody", body);
    }
    Map<String, Object> responses = object("200", done);
    Set<String> own = Set.of(more);
    for (String status : failures().keySet()) {
      if (!SPECIAL.contains(status) || own.contains(status)) {
        responses.put(status, object("$ref", "#/components/responses/" + status));
      }
    }
    operation.put("responses", responses);
    return operation;
  }

  /** Returns all responses except 200, by status. */
  static Map<String, Object> failures() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("400", failure("The request is invalid; nothing is changed"));
    all.put(
        "401", failure("A valid token is needed", "WWW-Authenticate", "The challenge of RFC 6750"));
    all.put(
        "403",
        failure(
            "The caller may not do this, its token lacks the scope for it, or its plaintext was replaced"
                + " by a rotation and may only read"));
    all.put(
        "404",
        failure(
            "This caller has no such token, or the API hides its existence from clients without a valid"
                + " token"));
    all.put("405", failure("The method is not allowed", "Allow", "The allowed methods"));
    all.put("408", failure("The body did not arrive in time"));
    all.put("409", failure("The name is taken, or another rotation came first"));
    all.put("413", failure("The body is larger than " + RequestBody.LIMIT + " bytes"));
    all.put(
        "415",
        failure("The body is not declared as application/json in UTF-8, or it is compressed"));
    all.put(
        "503",
        failure(
            "Tokens are not available now: the request was not checked, or a change may not have been made",
            "Retry-After",
            "The number of seconds after which to try again"));
    return all;
  }

  private static Map<String, Object> failure(String description) {
    return object("description", description, "content", json(OpenApiSchemas.ref("Failure")));
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

package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The operations and their responses. */
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
  private static final Set<String> SPECIAL = Set.of("408", "409", "413", "415", "429");

  private OpenApiPaths() {}

  static Map<String, Object> all(Set<SelfService> selfService) {
    Map<String, Object> paths = object(
        "/", OpenApiList.item(),
        "/{id}", find(),
        "/scopes",
            get(
                "listScopes",
                "Lists the scopes that tokens may have, besides *; if there are none, every scope is"
                    + " allowed.",
                "ScopeListAnswer"),
        "/create", create(),
        "/update/{id}", withId(update()),
        "/identify", identify(),
        "/setEnabled/{id}", withId(setEnabled()),
        "/rotate/{id}", withId(rotate("rotateToken", "Gives a token a new plaintext")),
        "/delete/{id}", withId(delete("deleteToken", "Deletes a token.")),
        "/disable", batch("disableTokens", "Disables several tokens, or none if one is refused."),
        "/delete", batch("deleteTokens", "Deletes several tokens, or none if one is refused."),
        "/deleteExpired", deleteExpired());
    for (SelfService service : SelfService.values()) {
      if (selfService.contains(service)) {
        paths.put(service.path, self(service));
      }
    }
    return paths;
  }

  private static Map<String, Object> find() {
    Map<String, Object> item = object("parameters", ID);
    item.putAll(get("findToken", "Returns a token.", "TokenAnswer"));
    return item;
  }

  private static Map<String, Object> create() {
    return post(changing(
        "createToken",
        "Creates a token and returns its plaintext, which is shown only once.",
        "CreatedTokenAnswer",
        body("Create"),
        "409"));
  }

  private static Map<String, Object> update() {
    return changing(
        "updateToken",
        "Changes the members of a token that the body has, and returns the token.",
        "TokenAnswer",
        body("Update"),
        "409");
  }

  private static Map<String, Object> identify() {
    return post(changing(
        "identifyToken",
        "Returns the token that has a plaintext, or had it before its last rotation.",
        "TokenAnswer",
        body("Identify"),
        "429"));
  }

  private static Map<String, Object> batch(String id, String summary) {
    return post(changing(id, summary, "CountAnswer", body("Ids")));
  }

  private static Map<String, Object> deleteExpired() {
    return post(changing(
        "deleteExpiredTokens",
        "Deletes expired tokens, at most " + TokenBatches.MAX_DELETED + " of them, or counts them.",
        "CountAnswer",
        body("DeleteExpired")));
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
    return changing(
        "setTokenEnabled", "Enables or disables a token.", "Done", body("SetEnabled"), "409");
  }

  private static Map<String, Object> rotate(String id, String summary) {
    return changing(
        id,
        summary + " and returns it; it is shown only once.",
        "CreatedTokenAnswer",
        body("Rotate"),
        "409");
  }

  private static Map<String, Object> delete(String id, String summary) {
    Map<String, Object> empty = object(
        "description",
        "Empty, or an object without members. A request without a token must declare it as JSON.",
        "content",
        json(object("type", "object", "additionalProperties", false)));
    return changing(id, summary, "Done", empty);
  }

  /** Returns an operation with a body. */
  private static Map<String, Object> changing(
      String id, String summary, String schema, Map<String, Object> body, String... more) {
    String[] statuses =
        Stream.concat(Stream.of("408", "413", "415"), Stream.of(more)).toArray(String[]::new);
    return operation(id, summary, done(schema), body, statuses);
  }

  private static Map<String, Object> get(String id, String summary, String schema) {
    return object("get", operation(id, summary, done(schema), Map.of()));
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

  static Map<String, Object> json(Map<String, Object> schema) {
    return object("application/json", object("schema", schema));
  }

  static Map<String, Object> done(String schema) {
    return object("description", "Done", "content", json(OpenApiSchemas.ref(schema)));
  }

  static Map<String, Object> operation(
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
    for (String status : OpenApiFailures.all().keySet()) {
      if (!SPECIAL.contains(status) || own.contains(status)) {
        responses.put(status, object("$ref", "#/components/responses/" + status));
      }
    }
    operation.put("responses", responses);
    return operation;
  }
}

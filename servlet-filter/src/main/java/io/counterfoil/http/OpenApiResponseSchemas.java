package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;
import static io.counterfoil.http.OpenApiSchemas.ref;

import java.util.List;
import java.util.Map;

/** The JSON Schemas of responses. They are open, so that clients accept members that later versions add. */
final class OpenApiResponseSchemas {
  private OpenApiResponseSchemas() {}

  static Map<String, Object> all() {
    return object(
        "Done", response(object(), List.of("success")),
        "Failure", failure(),
        "Token", token(),
        "CreatedToken", createdToken(),
        "TokenAnswer", response(ref("Token")),
        "TokenListAnswer", response(object("type", "array", "items", ref("Token"))),
        "CreatedTokenAnswer", response(ref("CreatedToken")),
        "ScopeListAnswer", response(object("type", "array", "items", ref("Scope"))),
        "Scope", scope(),
        "CountAnswer", response(count()));
  }

  private static Map<String, Object> tokenMembers() {
    return object(
        "id", object("type", "integer", "format", "int64", "minimum", 1),
        "name", object("type", "string"),
        "description", object("type", "string", "description", "Absent if it has none."),
        "enabled", object("type", "boolean"),
        "createdAt", seconds("The time at which it was created"),
        "expiresAt", seconds("The time from which it is rejected, if it expires"),
        "lastUsedAt", seconds("The time of its last recorded use"),
        "lastUsedFrom",
            object(
                "type", "string",
                "description", "The address of its last recorded use, if addresses are recorded."),
        "owner",
            object("type", "string", "description", "The owner; absent if the token has none."),
        "scopes",
            object(
                "type", "array",
                "items", object("type", "string"),
                "description", "Its rights; if absent, it has no right that needs a scope."),
        "allowedAddresses",
            object(
                "type", "array",
                "items", object("type", "string"),
                "description", "The ranges from which it may be used; if absent, any address."));
  }

  private static Map<String, Object> token() {
    Map<String, Object> members = tokenMembers();
    members.put(
        "leaked",
        onlyTrue(
            "Present if its plaintext has leaked: it is rejected until the token is rotated."));
    members.put(
        "idle",
        onlyTrue("Present if the token is rejected because it was unused for too long: an update, a"
            + " rotation or enabling makes it valid again."));
    return outgoing(members, "id", "name", "enabled", "createdAt");
  }

  private static Map<String, Object> createdToken() {
    Map<String, Object> members = tokenMembers();
    members.put(
        "token", object("type", "string", "description", "The plaintext. It is shown only once."));
    return outgoing(members, "id", "name", "enabled", "createdAt", "token");
  }

  private static Map<String, Object> failure() {
    return outgoing(
        object(
            "success", object("type", "boolean", "const", false),
            "msg",
                object(
                    "type",
                    "string",
                    "description",
                    "An error message for people; its text may change.")),
        "success",
        "msg");
  }

  private static Map<String, Object> seconds(String meaning) {
    return object(
        "type", "integer", "format", "int64", "description", meaning + ": seconds since 1970.");
  }

  private static Map<String, Object> scope() {
    return outgoing(
        object(
            "scope", object("type", "string"),
            "description", object("type", "string", "description", "For people; may be empty."),
            "implies",
                object(
                    "type", "array",
                    "items", object("type", "string"),
                    "description", "The scopes whose rights it includes.")),
        "scope",
        "description",
        "implies");
  }

  private static Map<String, Object> count() {
    return outgoing(
        object(
            "count", object("type", "integer", "format", "int64", "minimum", 0),
            "more", onlyTrue("Present if more tokens can be deleted.")),
        "count");
  }

  private static Map<String, Object> onlyTrue(String description) {
    return object("type", "boolean", "const", true, "description", description);
  }

  private static Map<String, Object> response(Map<String, Object> obj) {
    return response(object("obj", obj), List.of("success", "obj"));
  }

  private static Map<String, Object> response(Map<String, Object> more, List<String> required) {
    Map<String, Object> members = object("success", object("type", "boolean", "const", true));
    members.putAll(more);
    return object("type", "object", "properties", members, "required", required);
  }

  static Map<String, Object> outgoing(Map<String, Object> members, String... required) {
    return object("type", "object", "properties", members, "required", List.of(required));
  }
}

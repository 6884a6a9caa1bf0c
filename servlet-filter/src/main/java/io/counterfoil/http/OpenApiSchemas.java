package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import java.util.List;
import java.util.Map;

/**
 * The JSON Schemas of requests and responses.
 *
 * <p>Schemas of requests are closed, because unknown members are rejected. Schemas of responses are open, so that
 * clients accept members that later versions add.
 */
final class OpenApiSchemas {
  /** The limits of core. A test compares each with the values that the API accepts and rejects. */
  private static final int MAX_NAME = 64;

  private static final int MAX_SCOPES_TEXT = 1000;

  private static final int MAX_ADDRESSES_TEXT = 1000;

  private OpenApiSchemas() {}

  static Map<String, Object> all() {
    return object(
        "Done", response(object(), List.of("success")),
        "Failure", failure(),
        "Token", token(),
        "CreatedToken", createdToken(),
        "TokenAnswer", response(ref("Token")),
        "TokenListAnswer", response(object("type", "array", "items", ref("Token"))),
        "CreatedTokenAnswer", response(ref("CreatedToken")),
        "Create", create(),
        "SetEnabled", incoming(object("enabled", object("type", "boolean")), "enabled"),
        "Rotate", rotate());
  }

  static Map<String, Object> ref(String schema) {
    return object("$ref", "#/components/schemas/" + schema);
  }

  private static Map<String, Object> create() {
    Map<String, Object> schema = incoming(
        object(
            "name",
            object(
                "type",
                "string",
                "minLength",
                1,
                "maxLength",
                MAX_NAME,
                "description",
                "1 to " + MAX_NAME + " code points, stored exactly; no white space at either end,"
                    + " no control, line-breaking, bidi-control or invisible characters. Unique among the"
                    + " tokens of the owner."),
            "scopes",
            object(
                "type",
                "array",
                "minItems",
                1,
                "items",
                object(
                    "type", "string",
                    "maxLength", MAX_SCOPES_TEXT,
                    "pattern", "^[!#-\\[\\]-~]+$"),
                "description",
                "The rights of the token; if absent, it has no right that needs a scope. The scope * stands"
                    + " for all of them. At most " + MAX_SCOPES_TEXT
                    + " characters when joined by spaces."),
            "allowedAddresses",
            object(
                "type",
                "array",
                "minItems",
                1,
                "items",
                object("type", "string", "pattern", "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$"),
                "description",
                "The IP addresses from which the token may be used, or ranges such as 192.0.2.0/24 and"
                    + " 2001:db8::/32; if absent, any address. At most " + MAX_ADDRESSES_TEXT
                    + " characters when joined by spaces."),
            "expiresAt",
            wholeNumber(
                List.of("integer", "null"),
                0,
                CreateRequestParser.LAST_EXPIRY,
                "The time from which the token is rejected: seconds since 1970, not milliseconds, in"
                    + " the future; if absent or null, the token expires with the caller, or never if the caller"
                    + " does not expire."),
            "expiresIn",
            wholeNumber(
                List.of("integer", "null"),
                1,
                CreateRequestParser.LONGEST_LIFETIME,
                "The lifetime in seconds, by the clock of the server; instead of expiresAt.")),
        "name");
    // At most one of them, except for null.
    schema.put(
        "not",
        object(
            "required",
            List.of("expiresAt", "expiresIn"),
            "properties",
            object(
                "expiresAt", object("type", "integer"), "expiresIn", object("type", "integer"))));
    return schema;
  }

  private static Map<String, Object> wholeNumber(
      Object type, long least, long most, String description) {
    Map<String, Object> schema = wholeNumber(type, least, most);
    schema.put("description", description);
    return schema;
  }

  /** Returns the schema of a number of at most 64 bits. */
  static Map<String, Object> wholeNumber(Object type, long least, long most) {
    return object("type", type, "format", "int64", "minimum", least, "maximum", most);
  }

  private static Map<String, Object> rotate() {
    return incoming(
        object(
            "overlapSeconds",
            wholeNumber(
                "integer",
                0,
                JsonMember.MAX_NUMBER,
                "For how many seconds the old plaintext is accepted; with 0 it is rejected at once.")),
        "overlapSeconds");
  }

  private static Map<String, Object> tokenMembers() {
    return object(
        "id", object("type", "integer", "format", "int64", "minimum", 1),
        "name", object("type", "string"),
        "enabled", object("type", "boolean"),
        "createdAt", seconds("The time at which it was created"),
        "expiresAt", seconds("The time from which it is rejected, if it expires"),
        "lastUsedAt", seconds("The time of its last recorded use"),
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
        object(
            "type",
            "boolean",
            "const",
            true,
            "description",
            "Present if its plaintext has leaked: it is rejected until the token is rotated."));
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

  private static Map<String, Object> response(Map<String, Object> obj) {
    return response(object("obj", obj), List.of("success", "obj"));
  }

  private static Map<String, Object> response(Map<String, Object> more, List<String> required) {
    Map<String, Object> members = object("success", object("type", "boolean", "const", true));
    members.putAll(more);
    return object("type", "object", "properties", members, "required", required);
  }

  private static Map<String, Object> outgoing(Map<String, Object> members, String... required) {
    return object("type", "object", "properties", members, "required", List.of(required));
  }

  private static Map<String, Object> incoming(Map<String, Object> members, String... required) {
    Map<String, Object> schema = outgoing(members, required);
    schema.put("additionalProperties", false);
    return schema;
  }
}

package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import java.util.List;
import java.util.Map;

/**
 * What goes in and out, as JSON Schema. What goes in is closed, since an unknown member is refused; what comes out is open, so
 * that a client made today bears a member that is added tomorrow.
 */
final class OpenApiSchemas {
  /** As core has them; a test holds each against what is taken and what is refused. */
  private static final int MAX_NAME = 64;

  private static final int MAX_SCOPES_TEXT = 1000;

  private static final int MAX_ADDRESSES_TEXT = 1000;

  private OpenApiSchemas() {}

  static Map<String, Object> all() {
    return object(
        "Done", answer(object(), List.of("success")),
        "Failure", failure(),
        "Token", outgoing(tokenMembers(), "id", "name", "enabled", "createdAt"),
        "CreatedToken", createdToken(),
        "TokenAnswer", answer(ref("Token")),
        "TokenListAnswer", answer(object("type", "array", "items", ref("Token"))),
        "CreatedTokenAnswer", answer(ref("CreatedToken")),
        "Create", create(),
        "SetEnabled", incoming(object("enabled", object("type", "boolean")), "enabled"),
        "Rotate", rotate());
  }

  static Map<String, Object> ref(String schema) {
    return object("$ref", "#/components/schemas/" + schema);
  }

  private static Map<String, Object> create() {
    return incoming(
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
                "1 to " + MAX_NAME + " code points, kept exactly; no white space at either end,"
                    + " no control, line-breaking or bidi-control characters. Unique among the"
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
                "What the token may do; left out, it may do everything. At most " + MAX_SCOPES_TEXT
                    + " characters in all when joined by blanks."),
            "allowedAddresses",
            object(
                "type",
                "array",
                "minItems",
                1,
                "items",
                object("type", "string", "pattern", "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$"),
                "description",
                "From where the token may be used: IP addresses, or ranges such as 192.0.2.0/24 and"
                    + " 2001:db8::/32; left out, from anywhere. At most " + MAX_ADDRESSES_TEXT
                    + " characters in all when joined by blanks."),
            "expiresAt",
            object(
                "type",
                "integer",
                "format",
                "int64",
                "minimum",
                0,
                "maximum",
                CreateRequestParser.LAST_EXPIRY,
                "description",
                "From when on the token is rejected: seconds since 1970, not milliseconds, in the"
                    + " future; left out, it does not expire.")),
        "name");
  }

  private static Map<String, Object> rotate() {
    return incoming(
        object(
            "overlapSeconds",
            object(
                "type", "integer",
                "format", "int64",
                "minimum", 0,
                "maximum", JsonMember.MAX_NUMBER,
                "description",
                    "How long the plaintext before is still accepted; with 0 no longer.")),
        "overlapSeconds");
  }

  private static Map<String, Object> tokenMembers() {
    return object(
        "id", object("type", "integer", "format", "int64", "minimum", 1),
        "name", object("type", "string"),
        "enabled", object("type", "boolean"),
        "createdAt", seconds("When it was created"),
        "expiresAt", seconds("From when on it is rejected; left out, it does not expire"),
        "lastUsedAt", seconds("When it was last used, as far as is recorded"),
        "owner",
            object("type", "string", "description", "Whose it is; left out where that is nobody."),
        "scopes",
            object(
                "type", "array",
                "items", object("type", "string"),
                "description", "What it may do; left out, it may do everything."),
        "allowedAddresses",
            object(
                "type", "array",
                "items", object("type", "string"),
                "description", "The ranges from which it may be used; left out, from anywhere."));
  }

  private static Map<String, Object> createdToken() {
    Map<String, Object> members = tokenMembers();
    members.put(
        "token", object("type", "string", "description", "The plaintext. It is shown this once."));
    return outgoing(members, "id", "name", "enabled", "createdAt", "token");
  }

  private static Map<String, Object> failure() {
    return outgoing(
        object(
            "success", object("type", "boolean", "const", false),
            "msg",
                object(
                    "type", "string", "description", "What is wrong, for people: it may change.")),
        "success",
        "msg");
  }

  private static Map<String, Object> seconds(String what) {
    return object(
        "type", "integer", "format", "int64", "description", what + ": seconds since 1970.");
  }

  private static Map<String, Object> answer(Map<String, Object> obj) {
    return answer(object("obj", obj), List.of("success", "obj"));
  }

  private static Map<String, Object> answer(Map<String, Object> more, List<String> required) {
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

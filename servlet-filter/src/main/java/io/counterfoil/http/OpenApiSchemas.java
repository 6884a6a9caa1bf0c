package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import io.counterfoil.KnownScopes;
import io.counterfoil.Token;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON Schemas of requests. They are closed, because unknown members are rejected. */
final class OpenApiSchemas {
  /** The limits of core. A test compares each with the values that the API accepts and rejects. */
  private static final int MAX_NAME = 64;

  private static final int MAX_SCOPES_TEXT = 1000;

  private static final int MAX_ADDRESSES_TEXT = 1000;

  private static final int MAX_DESCRIPTION = 200;

  /** A scope-token (RFC 6749 section 3.3). */
  static final String SCOPE_PATTERN = "^[!#-\\[\\]-~]+$";

  private final KnownScopes known;

  private OpenApiSchemas(KnownScopes known) {
    this.known = known;
  }

  static Map<String, Object> all(KnownScopes known) {
    return new OpenApiSchemas(known).all();
  }

  private Map<String, Object> all() {
    Map<String, Object> all = OpenApiResponseSchemas.all();
    all.putAll(object(
        "Create", create(),
        "Update", update(),
        "Identify", identify(),
        "Ids", incoming(object("ids", ids()), "ids"),
        "DeleteExpired", deleteExpired(),
        "SetEnabled", incoming(object("enabled", object("type", "boolean")), "enabled"),
        "Rotate", rotate()));
    return all;
  }

  static Map<String, Object> ref(String schema) {
    return object("$ref", "#/components/schemas/" + schema);
  }

  private Map<String, Object> create() {
    return atMostOneExpiry(incoming(
        object(
            "name", name(),
            "description", description(),
            "scopes",
                scopes(
                    1, "The rights of the token; if absent, it has no right that needs a scope."),
            "allowedAddresses", addresses("array", "if absent, any address."),
            "expiresAt",
                expiresAt(
                    "if absent or null, the token expires with the caller, or never if the caller does"
                        + " not expire."),
            "expiresIn", expiresIn(List.of("integer", "null"))),
        "name"));
  }

  private Map<String, Object> update() {
    Map<String, Object> schema = incoming(object(
        "name", name(),
        "description", description(),
        "scopes",
            scopes(0, "The rights of the token; if empty, it has no right that needs a scope."),
        "allowedAddresses", addresses(List.of("array", "null"), "if null, any address."),
        "expiresAt", expiresAt("if null, the token does not expire."),
        "expiresIn", expiresIn("integer")));
    schema.put("minProperties", 1);
    schema.put("not", object("required", List.of("expiresAt", "expiresIn")));
    return schema;
  }

  /** Null stands for an absent member. */
  private static Map<String, Object> atMostOneExpiry(Map<String, Object> schema) {
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

  private static Map<String, Object> name() {
    return object(
        "type",
        "string",
        "minLength",
        1,
        "maxLength",
        MAX_NAME,
        "description",
        "1 to " + MAX_NAME + " code points, stored exactly; no white space at either end,"
            + " no control, line-breaking, bidi-control or invisible characters. Unique among the"
            + " tokens of the owner.");
  }

  private static Map<String, Object> description() {
    return object(
        "type",
        List.of("string", "null"),
        "maxLength",
        MAX_DESCRIPTION,
        "description",
        "Plain text for people, never a secret: at most " + MAX_DESCRIPTION + " code points, no"
            + " white space at either end, no control, line-breaking or bidi-control characters; empty"
            + " or null for none.");
  }

  private Map<String, Object> scopes(int least, String description) {
    return object(
        "type",
        "array",
        "minItems",
        least,
        "items",
        known.scopes().isEmpty() ? anyScope() : knownScope(),
        "description",
        description + " The scope * stands for all of them. At most " + MAX_SCOPES_TEXT
            + " characters when joined by spaces.");
  }

  private static Map<String, Object> anyScope() {
    return object("type", "string", "maxLength", MAX_SCOPES_TEXT, "pattern", SCOPE_PATTERN);
  }

  private Map<String, Object> knownScope() {
    List<String> all =
        Stream.concat(known.scopes().stream(), Stream.of(Token.UNRESTRICTED)).toList();
    return object("type", "string", "enum", all);
  }

  private static Map<String, Object> addresses(Object type, String otherwise) {
    return object(
        "type",
        type,
        "minItems",
        1,
        "items",
        object("type", "string", "pattern", "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$"),
        "description",
        "The IP addresses from which the token may be used, or ranges such as 192.0.2.0/24 and"
            + " 2001:db8::/32; " + otherwise + " At most " + MAX_ADDRESSES_TEXT
            + " characters when joined by spaces.");
  }

  private static Map<String, Object> expiresAt(String otherwise) {
    return wholeNumber(
        List.of("integer", "null"),
        0,
        TokenMembers.LAST_EXPIRY,
        "The time from which the token is rejected: seconds since 1970, not milliseconds, in"
            + " the future; " + otherwise);
  }

  private static Map<String, Object> expiresIn(Object type) {
    return wholeNumber(
        type,
        1,
        TokenMembers.LONGEST_LIFETIME,
        "The lifetime in seconds, by the clock of the server; instead of expiresAt.");
  }

  private static Map<String, Object> ids() {
    return object(
        "type",
        "array",
        "minItems",
        1,
        "maxItems",
        JsonMember.MAX_IDS,
        "uniqueItems",
        true,
        "items",
        wholeNumber("integer", 1, Long.MAX_VALUE));
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

  private static Map<String, Object> identify() {
    return incoming(
        object(
            "token",
            object("type", "string", "description", "The plaintext. It is not sent back.")),
        "token");
  }

  private static Map<String, Object> deleteExpired() {
    return incoming(object(
        "dryRun",
        object(
            "type",
            "boolean",
            "description",
            "Whether the tokens are only counted; false by default.")));
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

  private static Map<String, Object> incoming(Map<String, Object> members, String... required) {
    Map<String, Object> schema = OpenApiResponseSchemas.outgoing(members, required);
    schema.put("additionalProperties", false);
    return schema;
  }
}

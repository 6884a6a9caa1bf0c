package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import java.util.List;
import java.util.Map;

/** The operation that lists tokens, with its parameters. */
final class OpenApiList {
  private OpenApiList() {}

  static Map<String, Object> item() {
    Map<String, Object> listed = OpenApiPaths.done("TokenListAnswer");
    listed.put("headers", object("Link", link()));
    Map<String, Object> operation = OpenApiPaths.operation(
        "listTokens",
        "Lists the caller's tokens, in order of id: all of them, or one page if a parameter is given."
            + " Other parameters are ignored.",
        listed,
        Map.of());
    operation.put("parameters", parameters());
    return object("get", operation);
  }

  private static Map<String, Object> link() {
    return object(
        "description",
        "Present if more tokens follow the page: a relative URL of the next page, with rel=next"
            + " (RFC 8288)",
        "schema",
        object("type", "string"));
  }

  private static List<Map<String, Object>> parameters() {
    return List.of(
        limit(),
        after(),
        search(),
        enabled(),
        expired(),
        expiringWithin(),
        unusedSince(),
        scope(),
        owner());
  }

  private static Map<String, Object> limit() {
    return parameter(
        "limit",
        "The maximum number of tokens on the page; " + PageQuery.DEFAULT_LIMIT
            + " if only other parameters are given.",
        OpenApiSchemas.wholeNumber("integer", 1, PageQuery.MAX_LIMIT));
  }

  private static Map<String, Object> after() {
    return parameter(
        "after",
        "Only tokens with a greater id are listed: the last id of the page before.",
        OpenApiSchemas.wholeNumber("integer", 0, Long.MAX_VALUE));
  }

  private static Map<String, Object> search() {
    return filter(
        TokenFilter.SEARCH,
        "Only tokens whose names contain this text in upper or lower case are listed.",
        object("type", "string", "maxLength", 64));
  }

  private static Map<String, Object> enabled() {
    return filter(
        TokenFilter.ENABLED,
        "Only tokens that are enabled, or only those that are not, are listed.",
        object("type", "boolean"));
  }

  private static Map<String, Object> expired() {
    return filter(
        TokenFilter.EXPIRED,
        "Only tokens that have expired, or only those that have not, are listed.",
        object("type", "boolean"));
  }

  private static Map<String, Object> expiringWithin() {
    return filter(
        TokenFilter.EXPIRING_WITHIN,
        "Only tokens that have not expired yet, but will within this number of seconds, are listed.",
        OpenApiSchemas.wholeNumber("integer", 0, TokenMembers.LONGEST_LIFETIME));
  }

  private static Map<String, Object> unusedSince() {
    return filter(
        TokenFilter.UNUSED_SINCE,
        "Only tokens that are known to be unused since this time, in seconds since 1970, are listed.",
        OpenApiSchemas.wholeNumber("integer", 0, TokenMembers.LAST_EXPIRY));
  }

  private static Map<String, Object> scope() {
    return filter(
        TokenFilter.SCOPE,
        "Only tokens with exactly this scope are listed.",
        object("type", "string", "pattern", OpenApiSchemas.SCOPE_PATTERN));
  }

  private static Map<String, Object> owner() {
    return filter(
        TokenFilter.OWNER,
        "Only tokens of this owner are listed. A caller of one owner may name only this owner.",
        object("type", "string"));
  }

  private static Map<String, Object> filter(
      String name, String description, Map<String, Object> schema) {
    Map<String, Object> parameter =
        parameter(name, description + " An empty value is no condition.", schema);
    parameter.put("allowEmptyValue", true);
    return parameter;
  }

  private static Map<String, Object> parameter(
      String name, String description, Map<String, Object> schema) {
    return object("name", name, "in", "query", "description", description, "schema", schema);
  }
}

package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import io.counterfoil.KnownScopes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The description of the management API: an OpenAPI 3.1 document. */
final class OpenApi {
  /**
   * An absolute path or a URL. Clients append the paths of the document to it, so it has no slash at the end, no query
   * and no fragment. It has no braces, because they would mark a variable.
   */
  private static final Pattern BASE =
      Pattern.compile("(?:https?://[A-Za-z0-9.:\\[\\]-]++)?(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]++)*+");

  private OpenApi() {}

  static ApiResponse response(
      String base, Set<SelfService> selfService, KnownScopes known, boolean acceptsBasic) {
    Map<String, Object> document = document(base, selfService, known, acceptsBasic);
    return new ApiResponse(200, Map.of(), JsonTree.bytes(document));
  }

  private static Map<String, Object> document(
      String base, Set<SelfService> selfService, KnownScopes known, boolean acceptsBasic) {
    return object(
        "openapi",
        "3.1.0",
        "info",
        object(
            "title", "API tokens",
            "version", "1",
            "description",
                "Lists, finds, creates, updates, enables, disables, rotates and deletes API tokens. Every response is"
                    + " JSON in an envelope with `success`. GET also allows HEAD. Times are whole seconds"
                    + " since 1970."),
        "servers",
        List.of(object("url", checkedBase("base", base))),
        "security",
        schemes(acceptsBasic).stream().map(scheme -> object(scheme, List.of())).toList(),
        "paths",
        OpenApiPaths.all(selfService),
        "components",
        object(
            "securitySchemes",
            securitySchemes(acceptsBasic),
            "responses",
            OpenApiFailures.all(),
            "schemas",
            OpenApiSchemas.all(known)));
  }

  private static List<String> schemes(boolean acceptsBasic) {
    return acceptsBasic ? List.of("bearer", "basic") : List.of("bearer");
  }

  private static Map<String, Object> securitySchemes(boolean acceptsBasic) {
    Map<String, Object> all = object();
    schemes(acceptsBasic)
        .forEach(scheme -> all.put(scheme, object("type", "http", "scheme", scheme)));
    return all;
  }

  /**
   * Returns the base, or throws if it is invalid. A valid base has no quotation mark, angle bracket, space or control
   * character.
   */
  static String checkedBase(String name, String base) {
    if (base.isEmpty() || !BASE.matcher(base).matches()) {
      throw new IllegalArgumentException(name + " (expected: a path that begins with a slash, or an"
          + " http or https URL; no slash at the end, no query, fragment or braces)");
    }
    return base;
  }
}

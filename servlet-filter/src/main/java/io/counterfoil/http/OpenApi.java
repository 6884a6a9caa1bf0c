package io.counterfoil.http;

import static io.counterfoil.http.JsonTree.object;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The description of the management API: a document of OpenAPI 3.1, made once. */
final class OpenApi {
  /**
   * A path from the root, or a URL. Clients put the paths of the document right behind it, so no slash ends it, and no query or
   * fragment; a brace would begin a variable.
   */
  private static final Pattern BASE =
      Pattern.compile("(?:https?://[A-Za-z0-9.:\\[\\]-]++)?(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]++)*+");

  private OpenApi() {}

  static ApiResponse answer(String base, Set<SelfService> selfService) {
    return new ApiResponse(200, Map.of(), JsonTree.bytes(document(base, selfService)));
  }

  private static Map<String, Object> document(String base, Set<SelfService> selfService) {
    return object(
        "openapi",
        "3.1.0",
        "info",
        object(
            "title", "API tokens",
            "version", "1",
            "description",
                "Lists, creates, switches, rotates and deletes API tokens. Every answer is JSON in the"
                    + " envelope of `success`. GET can be HEAD. Times are whole seconds since 1970."),
        "servers",
        List.of(object("url", checkedBase("base", base))),
        "security",
        List.of(object("bearer", List.of())),
        "paths",
        OpenApiPaths.all(selfService),
        "components",
        object(
            "securitySchemes",
            object("bearer", object("type", "http", "scheme", "bearer")),
            "responses",
            OpenApiPaths.failures(),
            "schemas",
            OpenApiSchemas.all()));
  }

  /** Returns the base, behind which clients can put paths; it has no quotation mark, angle bracket, blank or control. */
  static String checkedBase(String name, String base) {
    if (base.isEmpty() || !BASE.matcher(base).matches()) {
      throw new IllegalArgumentException(name + " (expected: a path that begins with a slash, or a"
          + " URL of http or https; without a slash at its end, query, fragment and braces)");
    }
    return base;
  }
}

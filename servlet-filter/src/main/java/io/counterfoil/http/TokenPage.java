package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.TokenManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The management page: a web page for the operations of {@link TokenApi}.
 *
 * <p>Below the path at which it is mounted, it answers {@code GET} and {@code HEAD} with a page, its scripts and its
 * style sheets. The path itself, without a slash at the end, redirects to the page. All other requests get an error in
 * JSON. The page loads nothing from other sites. The responses are the same for everybody and contain no secret, so
 * they need no check.
 *
 * <p>The page shows 100 tokens at a time, and searches and filters them with the parameters of the API. To show them in
 * another order than that of their ids, it loads up to 20,000 tokens that match. Filters and checkboxes appear only if
 * there are more than 5 tokens. If the API lacks an operation, for example because the host mounts only some, the page
 * shows the error of that operation and works otherwise.
 *
 * <p>The page first calls the API without a token, with the cookies of its site. If the host has logged the user in and
 * its {@link ManagementPolicy} accepts that, this is sufficient. If the API refuses, the page asks the user for a token
 * and sends it as a Bearer credential. It keeps this token in memory until the user signs out, leaves or reloads the
 * page. The page never puts this token, or a plaintext that it shows, into a URL, a cookie, the storage or the history
 * of the browser. Only the browser itself may save the typed text, if the user lets it.
 *
 * <p>If a login of the host answers instead of the API, with a redirect or an HTML page, the page also offers a link
 * that reloads it, so that the user can log in.
 *
 * <p>The page sends every change as {@code application/json}, which a page of another site cannot send unless the host
 * allows it by CORS. A host that also requires a CSRF token in a header needs its own page.
 *
 * <p>Its Content Security Policy (level 3) allows no script except its own, prevents text from becoming markup, forbids
 * framing, and allows requests only to the origin of the API. An API on another origin must allow the page's origin by
 * CORS, and should expose the headers {@code Link} and {@code Retry-After} to it. Immutable; safe for use by many threads.
 */
public final class TokenPage implements ApiHandler {
  private final String page;
  private final String api;
  private final String maxLifetime;
  private final PageTexts texts;
  private final Map<String, ApiResponse> responses;

  private TokenPage(String page, String api, String maxLifetime, PageTexts texts) {
    this.page = page;
    this.api = api;
    this.maxLifetime = maxLifetime;
    this.texts = texts;
    this.responses = responses();
  }

  /**
   * Returns the page for an API, in English. It offers only lifetimes that the {@linkplain TokenManager.Builder#maxLifetime
   * maximum lifetime} of the manager allows.
   *
   * @param path the path at which browsers reach the page, such as {@code /settings/tokens}, or its whole URL
   * @param api the path at which browsers reach the {@link TokenApi}, such as {@code /api/tokens}, or its whole URL
   * @param tokens the manager whose tokens the API manages
   * @throws IllegalArgumentException if one of them is neither a path nor a URL, or ends with a slash, or has a query,
   *     a fragment or braces
   */
  public static TokenPage of(String path, String api, TokenManager tokens) {
    String page = OpenApi.checkedBase("path", path) + '/';
    String base = OpenApi.checkedBase("api", api);
    return new TokenPage(page, base, maxLifetime(tokens), PageTexts.english());
  }

  /**
   * Returns this page with other texts, for example in another language. The file {@code
   * io/counterfoil/http/page/texts.properties} in the jar lists all keys with their English texts. A key that the map
   * does not contain keeps its text. The keys {@code lang} and {@code dir} are the attributes of the same name in HTML.
   * Messages of the API stay English. A host with several languages creates one page for each.
   *
   * @param replacements the texts by key. They are plain text, never markup
   * @throws IllegalArgumentException if a key does not exist, or if a text contains a value in braces that the English
   *     text does not have
   */
  public TokenPage texts(Map<String, String> replacements) {
    return new TokenPage(page, api, maxLifetime, texts.replacedBy(replacements));
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    ApiResponse response = responses.get(request.path());
    try {
      if (response == null) {
        throw new ApiException(Responses.NOT_FOUND);
      }
      Operations.requireRead(request);
      return response;
    } catch (ApiException e) {
      return e.response();
    }
  }

  /** Returns the limit in seconds, at most the longest lifetime of all; empty if there is no limit. */
  private static String maxLifetime(TokenManager tokens) {
    return tokens
        .maxLifetime()
        .map(Duration::toSeconds)
        .map(seconds -> Math.min(seconds, TokenMembers.LONGEST_LIFETIME))
        .map(String::valueOf)
        .orElse("");
  }

  private Map<String, ApiResponse> responses() {
    String html = texts.html(Map.of("api", api, "maxLifetime", maxLifetime), PageFile.preloads());
    Map<String, ApiResponse> all = new HashMap<>();
    all.put(
        "",
        Responses.failure(
            308, "the page is at this path with a slash at its end", Map.of("Location", page)));
    all.put("/", file("text/html", html));
    all.put('/' + PageFile.TEXTS, file("text/javascript", texts.script()));
    PageFile.SCRIPTS.forEach(
        name -> all.put('/' + name, file("text/javascript", PageFile.read(name))));
    PageFile.STYLES.forEach(name -> all.put('/' + name, file("text/css", PageFile.read(name))));
    return all;
  }

  private ApiResponse file(String type, String content) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type + ";charset=utf-8");
    headers.put("Content-Security-Policy", policy());
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    return new ApiResponse(200, ApiResponse.single(headers), content.getBytes(UTF_8));
  }

  private String policy() {
    int afterScheme = api.indexOf("://") + 3;
    int slash = api.indexOf('/', afterScheme);
    String origin = api.startsWith("/") ? "'self'" : slash < 0 ? api : api.substring(0, slash);
    return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src " + origin
        + "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        + "; require-trusted-types-for 'script'; trusted-types 'none'";
  }
}

package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.TokenManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The management page: a web page for the operations of {@link TokenApi}.
 *
 * <p>Below the path at which it is mounted, it answers {@code GET} and {@code HEAD} with a page, its script and its
 * style sheet. The path itself, without a slash at the end, redirects to the page. All other requests get an error in
 * JSON. The page loads nothing from other sites. The responses are the same for everybody and contain no secret, so
 * they need no check.
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
 * CORS. Immutable; safe for use by many threads.
 */
public final class TokenPage implements ApiHandler {
  private static final String FOLDER = "page/";

  private final Map<String, ApiResponse> responses;

  private TokenPage(Map<String, ApiResponse> responses) {
    this.responses = responses;
  }

  /**
   * Returns the page for an API. It offers only lifetimes that the {@linkplain TokenManager.Builder#maxLifetime maximum
   * lifetime} of the manager allows.
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
    String html = text("index.html")
        .replace("{maxLifetime}", maxLifetime(tokens))
        .replace("{api}", base.replace("&", "&amp;"));
    return new TokenPage(Map.of(
        "",
            Responses.failure(
                308, "the page is at this path with a slash at its end", Map.of("Location", page)),
        "/", file("text/html", html, policy(base)),
        "/page.js", file("text/javascript", text("page.js"), policy(base)),
        "/page.css", file("text/css", text("page.css"), policy(base))));
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
        .map(seconds -> Math.min(seconds, CreateRequestParser.LONGEST_LIFETIME))
        .map(String::valueOf)
        .orElse("");
  }

  private static ApiResponse file(String type, String content, String policy) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type + ";charset=utf-8");
    headers.put("Content-Security-Policy", policy);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    return new ApiResponse(200, headers, content.getBytes(UTF_8));
  }

  private static String policy(String api) {
    int afterScheme = api.indexOf("://") + 3;
    int slash = api.indexOf('/', afterScheme);
    String origin = api.startsWith("/") ? "'self'" : slash < 0 ? api : api.substring(0, slash);
    return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src " + origin
        + "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        + "; require-trusted-types-for 'script'; trusted-types 'none'";
  }

  private static String text(String name) {
    try (InputStream file = TokenPage.class.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new IllegalStateException("The jar does not contain " + FOLDER + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar cannot be read", e);
    }
  }
}

package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The management page: what {@link TokenApi} does, for people with a browser.
 *
 * <p>Below the path at which it is mounted it answers {@code GET} and {@code HEAD} with a page, its script and its style sheet;
 * the path itself, without a slash at its end, is answered with the way to it, and all else is refused in JSON. Nothing is
 * loaded from elsewhere, and the answers are the same for everybody: there is no secret in them, so that they need no guard.
 *
 * <p>The page first asks the API without a token, with the cookies of its own site: where a host has logged the person in,
 * and its {@link ManagementPolicy} goes by that, this is all. Where the API refuses, the page asks the person for a token and
 * sends it as a Bearer credential. It keeps that token in the memory of the page until the person signs out, leaves or
 * reloads; neither this token nor a plaintext that it shows ever comes into a URL, a cookie, the storage or the history of
 * the browser, unless the person has the browser save what was typed. Every change is sent as {@code application/json}, which a page of another site cannot do; a host that also
 * wants a CSRF token in a field of its own must bring a page of its own.
 *
 * <p>The policy that comes with it (Content Security Policy level 3) lets no script run but its own, no text become markup,
 * no site frame it, and no request go anywhere but to the API. An API on another origin must allow the page's by CORS.
 * Immutable; safe for use by many threads.
 */
public final class TokenPage implements ApiHandler {
  private static final String FOLDER = "page/";

  private final Map<String, ApiResponse> answers;

  private TokenPage(Map<String, ApiResponse> answers) {
    this.answers = answers;
  }

  /**
   * Returns the page for an API.
   *
   * @param path the path at which browsers reach the page, such as {@code /settings/tokens}, or its whole URL
   * @param api the path at which browsers reach the {@link TokenApi}, such as {@code /api/tokens}, or its whole URL
   * @throws IllegalArgumentException if one of them is neither, or ends with a slash, or has a query, a fragment or braces
   */
  public static TokenPage of(String path, String api) {
    String page = OpenApi.checkedBase("path", path) + '/';
    String base = OpenApi.checkedBase("api", api);
    String html = text("index.html").replace("{api}", base.replace("&", "&amp;"));
    return new TokenPage(Map.of(
        "",
            Responses.failure(
                308, "the page is at this path with a slash at its end", Map.of("Location", page)),
        "/", answer("text/html", html, policy(base)),
        "/page.js", answer("text/javascript", text("page.js"), policy(base)),
        "/page.css", answer("text/css", text("page.css"), policy(base))));
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    ApiResponse answer = answers.get(request.path());
    try {
      if (answer == null) {
        throw new ApiException(Responses.NOT_FOUND);
      }
      Operations.requireReading(request);
      return answer;
    } catch (ApiException e) {
      return e.response();
    }
  }

  private static ApiResponse answer(String type, String content, String policy) {
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
        throw new IllegalStateException("The jar lacks " + FOLDER + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar cannot be read", e);
    }
  }
}

package io.counterfoil.springboot;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser in which a user has logged in with the login form of Spring Security. */
final class Browser {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" [^>]*value=\"([^\"]+)\"");
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Server server;
  private String cookie = "";

  private Browser(Server server) {
    this.server = server;
  }

  /** Logs in as the user {@code user} with the password {@code password}. */
  static Browser login(Server server) throws Exception {
    Browser browser = new Browser(server);
    browser.postForm("/login", "username=user&password=password&_csrf=" + browser.csrfToken());
    return browser;
  }

  /** Returns a CSRF token for the session, from the login page. */
  String csrfToken() throws Exception {
    Matcher form = CSRF.matcher(send(request("/login")).body());
    if (!form.find()) {
      throw new IllegalStateException("the login page has no CSRF token");
    }
    return form.group(1);
  }

  HttpResponse<String> get(String path, String... authorizations) throws Exception {
    return send(request(path, authorizations));
  }

  HttpResponse<String> postForm(String path, String form, String... authorizations)
      throws Exception {
    return send(request(path, authorizations)
        .header("Content-Type", FORM)
        .POST(BodyPublishers.ofString(form)));
  }

  private HttpRequest.Builder request(String path, String... authorizations) {
    HttpRequest.Builder request =
        server.request(path, authorizations).header("Accept", "text/html");
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = server.send(request);
    Optional<String> set = response.headers().firstValue("Set-Cookie");
    set.ifPresent(value -> cookie = value.substring(0, value.indexOf(';')));
    return response;
  }
}

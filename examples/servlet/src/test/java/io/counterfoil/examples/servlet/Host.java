package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** The example with two users, ann and bob, and a token of ann. */
final class Host implements AutoCloseable {
  private static final Map<String, String> PASSWORDS =
      Map.of("ann", "ann's own", "bob", "bob's own");

  final Users users = new Users(PASSWORDS);
  final TokenManager tokens = TokenManager.builder(new InMemoryTokenStore())
      .activeOwners(users::isActive)
      .build();
  final String annsToken = tokens.create(NewToken.named("bot").owner("ann")).reveal();
  final Visitor stranger;
  private final EmbeddedServer server;

  Host(boolean hideExistence) throws Exception {
    ServletContextListener application = new ServletContextListener() {
      @Override
      public void contextInitialized(ServletContextEvent event) {
        Routes.register(event.getServletContext(), users, tokens, hideExistence);
      }
    };
    server = new EmbeddedServer(EmbeddedServer.contextOf(application), 0);
    stranger = new Visitor(server.url(), Map.of());
  }

  HttpResponse<String> login(Visitor visitor, String user, String password) throws Exception {
    return visitor.post("/login", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
  }

  /** Logs a user in and returns a page of the application in the browser of the user. */
  Visitor page(String user) throws Exception {
    HttpResponse<String> login = login(stranger, user, PASSWORDS.get(user));
    assertThat(login.statusCode()).isEqualTo(200);
    Visitor browser = stranger.with("Cookie", cookie(login));
    String session = browser.get("/api/session").body();
    return browser.with(
        Visitor.CSRF, session.replaceAll(".*\"csrfToken\":\"([A-Za-z0-9_-]{43})\".*", "$1"));
  }

  /**
   * Returns a page of another site in that browser. It sends no CSRF token, but it sends the cookie, as in a browser that ignores
   * SameSite.
   */
  Visitor otherSite(String user) throws Exception {
    return page(user).without(Visitor.CSRF);
  }

  static String cookie(HttpResponse<String> response) {
    List<String> cookies = response.headers().allValues("Set-Cookie");
    assertThat(cookies).hasSize(1);
    return cookies.get(0).split(";", 2)[0];
  }

  List<Token> all() {
    return tokens.list().toList();
  }

  @Override
  public void close() {
    server.close();
    tokens.close();
  }
}

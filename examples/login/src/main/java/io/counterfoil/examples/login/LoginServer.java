package io.counterfoil.examples.login;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.Caller;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A server whose users log in at {@code /login}; what is below {@code /api/} is for them and for their bots. */
public final class LoginServer implements AutoCloseable {
  /**
   * Users manage their own tokens, and so do those of their bots that were made for it. Not {@link ManagementPolicy#tokensWith}:
   * it takes in the tokens without scopes, which most users will make.
   */
  private static final ManagementPolicy USERS_AND_BOTS = request -> request
      .user()
      .map(Caller::unrestricted)
      .or(() -> request
          .accepted()
          .filter(bot -> bot.token().scopes().contains("tokens"))
          .map(Caller::token));

  private final Server server = new Server();
  private final ServerConnector connector;

  /** Starts on that port of this machine. */
  LoginServer(Users users, TokenManager tokens, boolean concealed, int port) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    Request.Handler noPage = (request, response, callback) -> {
      callback.succeeded(); // the status of what Jetty itself refuses says enough
      return true;
    };
    server.setErrorHandler(noPage);
    ServletContextHandler context = context(users, tokens, concealed);
    context.setErrorHandler(noPage);
    server.setHandler(context);
    server.start();
  }

  private static ServletContextHandler context(
      Users users, TokenManager tokens, boolean concealed) {
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.addServletContainerInitializer((classes, servlets) -> sessions(servlets));

    var builder = BearerAuthenticator.builder(tokens).passWithoutBearer();
    var bearer = (concealed ? builder.hideExistence() : builder).build();
    guard(context, new BearerFilter(bearer)); // built with passWithoutBearer()
    guard(context, new LoginCheck(users, bearer));

    mount(context, "/login", new LoginServlet(users));
    mount(context, "/api/session", new SessionServlet());
    mount(context, "/api/tokens/*", new ApiServlet(TokenApi.of(tokens, USERS_AND_BOTS)));
    mount(context, "/api/hello", new HelloServlet());
    mount(context, "/", new NotFoundServlet());
    return context;
  }

  /** In a cookie alone that no script reads and no other site's page has sent; never in a path. */
  private static void sessions(ServletContext context) {
    context.setSessionTimeout(30); // minutes without a request; left to itself, Jetty ends none
    context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
    SessionCookieConfig cookie = context.getSessionCookieConfig();
    cookie.setHttpOnly(true);
    cookie.setAttribute("SameSite", "Strict");
    cookie.setPath("/");
  }

  private static void guard(ServletContextHandler context, Filter filter) {
    context.addFilter(new FilterHolder(filter), "/api/*", EnumSet.allOf(DispatcherType.class));
  }

  private static void mount(ServletContextHandler context, String pattern, HttpServlet servlet) {
    context.addServlet(new ServletHolder(servlet), pattern);
  }

  /** Returns where it listens. */
  String url() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }

  /** Runs until the process is asked to end. */
  public static void main(String[] args) throws Exception {
    Map<String, String> passwords = Map.of("ann", Secrets.random(), "bob", Secrets.random());
    Users users = new Users(passwords);
    TokenManager tokens = TokenManager.builder(new InMemoryTokenStore())
        .activeOwners(users::isActive)
        .build();
    LoginServer server =
        new LoginServer(users, tokens, List.of(args).contains("--concealed"), 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.close();
      tokens.close(); // after the last request, whose use is yet to be recorded
    }));
    System.out.println("Try, with the csrfToken that the second answers:\n"
        + """
        curl -c jar -H 'Content-Type: application/json' -d '{"user":"ann","password":"%2$s"}' %1$s/login
        curl -b jar %1$s/api/session
        curl -b jar -H 'Content-Type: application/json' -H 'X-CSRF-Token: …' -d '{"name":"bot"}' %1$s/api/tokens/create
        """.formatted(server.url(), passwords.get("ann")));
  }
}

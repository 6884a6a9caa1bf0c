package io.counterfoil.examples.panel;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.http.TokenPage;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The web server: what is below {@code /panel/api/} is for those who have a token, the rest says how to use it. */
final class PanelServer {
  /** How long requests that are under way may take to finish when the server is stopped, in seconds. */
  private static final long PATIENCE = 10;

  private final Server server = new Server();
  private final GracefulHandler requests = new GracefulHandler();
  private final ServerConnector connector;

  private PanelServer(String host, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    // Left to itself, a connector that shuts down cuts off who is silent for a second in the middle
    // of a request.
    connector.setShutdownIdleTimeout(-1);
    server.addConnector(connector);
    server.setErrorHandler(new JsonErrorHandler());
    server.setHandler(requests);
  }

  /** Returns a server that has its port, and answers nobody until it is started. */
  static PanelServer bind(String host, int port) throws IOException {
    PanelServer panel = new PanelServer(host, port);
    panel.connector.open();
    return panel;
  }

  void start(TokenManager tokens) throws Exception {
    requests.setHandler(context(tokens));
    server.start();
  }

  private ServletContextHandler context(TokenManager tokens) {
    ServletContextHandler context =
        new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
    context.setErrorHandler(new JsonErrorHandler());

    var bearer = BearerAuthenticator.builder(tokens).realm("panel").build();
    context.addFilter(
        new FilterHolder(new BearerFilter(bearer)),
        "/panel/api/*",
        EnumSet.allOf(DispatcherType.class));

    var tokenApi = TokenApi.of(tokens, ManagementPolicy.anyToken());
    mount(context, "/panel/api/setting/apiTokens/*", new ApiServlet(tokenApi));

    var tokenPage = TokenPage.of("/panel/settings/tokens", "/panel/api/setting/apiTokens");
    mount(context, "/panel/settings/tokens/*", new ApiServlet(tokenPage));

    var description = tokenApi.description("/panel/api/setting/apiTokens");
    mount(context, "/panel/api/setting/apiTokens/openapi.json", new ApiServlet(description));
    mount(context, "/panel/api/server/status", new StatusServlet());
    mount(context, "", new WelcomeServlet(this::url));
    mount(context, "/", new NotFoundServlet());
    return context;
  }

  private static void mount(ServletContextHandler context, String pattern, HttpServlet servlet) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, pattern);
  }

  String url() {
    return url(connector.getHost(), connector.getLocalPort());
  }

  /** An address of version 6 is written in brackets (RFC 3986 section 3.2.2). */
  static String url(String host, int port) {
    return "http://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port + '/';
  }

  /** Says whether nobody but this machine can reach it. */
  boolean isLocal() throws UnknownHostException {
    return InetAddress.getByName(connector.getHost()).isLoopbackAddress();
  }

  /** Takes no new connections, waits for the requests under way, then closes the connections that nobody uses. */
  void stop() throws Exception {
    var unused = connector.shutdown(); // would wait for idle connections too
    try {
      requests.shutdown().get(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // they have had their time
    }
    server.stop();
  }
}

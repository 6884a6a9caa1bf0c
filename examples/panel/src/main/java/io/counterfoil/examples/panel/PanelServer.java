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

/** The web server. Paths below {@code /panel/api/} require a token; the welcome text and the management page do not. */
final class PanelServer {
  /** The time that running requests have to finish when the server stops. */
  private static final long STOP_TIMEOUT_SECONDS = 10;

  private final Server server = new Server();
  private final GracefulHandler requests = new GracefulHandler();
  private final ServerConnector connector;

  private PanelServer(String host, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    // By default, a connector that shuts down closes connections that are idle for 1 second,
    // even in the middle of a request.
    connector.setShutdownIdleTimeout(-1);
    server.addConnector(connector);
    server.setErrorHandler(new JsonErrorHandler());
    server.setHandler(requests);
  }

  /** Returns a server that has bound its port, but answers no request until it is started. */
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

    var tokenPage = TokenPage.of("/panel/settings/tokens", "/panel/api/setting/apiTokens", tokens);
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

  /** Returns the URL of a server; an IPv6 address is put in brackets (RFC 3986 section 3.2.2). */
  static String url(String host, int port) {
    return "http://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port + '/';
  }

  /** Returns whether only this machine can connect to the server. */
  boolean isLocal() throws UnknownHostException {
    return InetAddress.getByName(connector.getHost()).isLoopbackAddress();
  }

  /** Stops accepting connections, waits for running requests, then closes idle connections. */
  void stop() throws Exception {
    var unused = connector.shutdown(); // waiting for it would include idle connections
    try {
      requests.shutdown().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // the requests that still run are aborted
    }
    server.stop();
  }
}

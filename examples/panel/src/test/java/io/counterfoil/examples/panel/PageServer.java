package io.counterfoil.examples.panel;

import io.counterfoil.TokenManager;
import io.counterfoil.http.ApiHandler;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.http.TokenPage;
import io.counterfoil.servlet.ApiServlet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A server with only the management page and its API, for callers that a policy accepts without a token. */
final class PageServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private PageServer(ApiHandler api, ApiHandler page) {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    var context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
    context.addServlet(new ServletHolder(new ApiServlet(api)), "/api/*");
    context.addServlet(new ServletHolder(new ApiServlet(page)), ManagementPage.PATH + '*');
    server.setHandler(context);
  }

  static PageServer start(TokenManager tokens, ManagementPolicy policy) throws Exception {
    return start(tokens, policy, Map.of());
  }

  /** Starts a server whose page has these texts. */
  static PageServer start(TokenManager tokens, ManagementPolicy policy, Map<String, String> texts)
      throws Exception {
    TokenPage page =
        TokenPage.of(ManagementPage.PATH.replaceAll("/$", ""), "/api", tokens).texts(texts);
    PageServer started = new PageServer(TokenApi.of(tokens, policy), page);
    started.server.start();
    return started;
  }

  String url() {
    return "http://127.0.0.1:" + connector.getLocalPort() + '/';
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server does not stop", e);
    }
  }
}

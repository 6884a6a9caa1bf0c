package io.counterfoil.examples.servlet;

import jakarta.servlet.ServletContextListener;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** Runs the application in an embedded Jetty, without a WAR. */
public final class EmbeddedServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector;

  /** Starts an application on a port of 127.0.0.1. */
  EmbeddedServer(ServletContextHandler context, int port) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    Request.Handler emptyPage = (request, response, callback) -> {
      callback.succeeded(); // Jetty's own page would quote the request
      return true;
    };
    server.setErrorHandler(emptyPage);
    context.setErrorHandler(emptyPage);
    server.setHandler(context);
    server.start();
  }

  static ServletContextHandler contextOf(ServletContextListener application) {
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.addEventListener(application);
    return context;
  }

  String url() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }

  /** Starts the server on port 8080 and prints commands to try. */
  public static void main(String[] args) throws Exception {
    ServletContextHandler context = contextOf(new ServletExample());
    context.setInitParameter("folder", "tokens-data");
    context.setInitParameter(
        "hideExistence", Boolean.toString(List.of(args).contains("--hide-existence")));
    EmbeddedServer server = new EmbeddedServer(context, 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println(
        "Try this, with the csrfToken from the second response:\n" + """
        password=$(sed -n s/^ann=//p tokens-data/users.properties)
        curl -c jar -H 'Content-Type: application/json' -d '{"user":"ann","password":"'$password'"}' %1$s/login
        curl -b jar %1$s/api/session
        curl -b jar -H 'Content-Type: application/json' -H 'X-CSRF-Token: …' -d '{"name":"bot"}' %1$s/api/tokens/create
        """.formatted(server.url()));
  }
}

package io.counterfoil.servlet;

import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

final class JettyContainer implements Container {
  private final HttpConfiguration http = new HttpConfiguration();

  /** Sessions are enabled, so that any code that asks for a session creates one. */
  private final ServletContextHandler context =
      new ServletContextHandler("/", ServletContextHandler.SESSIONS);

  private Server server;
  private ServerConnector connector;

  @Override
  public void start(ContainerConfig config) throws Exception {
    server = new Server(new QueuedThreadPool(config.threads, config.threads));
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    configure(config);
    deploy(config);
    server.start();
  }

  private void configure(ContainerConfig config) {
    if (config.maxHeaderBytes > 0) {
      http.setRequestHeaderSize(config.maxHeaderBytes);
    }
    if (config.idleTimeoutMillis > 0) {
      connector.setIdleTimeout(config.idleTimeoutMillis);
    }
    switch (config.strictness) {
      case HARDENED -> harden(http, server, context);
      case DEFAULT -> {}
      case LENIENT -> {
        http.setUriCompliance(UriCompliance.UNSAFE);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
      }
    }
  }

  /** The settings shown in {@code docs/containers.md}. */
  private static void harden(HttpConfiguration http, Server server, ServletContextHandler context) {
    Request.Handler statusOnly = (request, response, callback) -> {
      callback.succeeded();
      return true;
    };
    http.setSendServerVersion(false);
    server.setErrorHandler(statusOnly);
    context.setErrorHandler(statusOnly);
    server.setHandler(new Handler.Wrapper(context) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        if (HttpMethod.TRACE.is(request.getMethod())) {
          Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
          return true;
        }
        return super.handle(request, response, callback);
      }
    });
  }

  private void deploy(ContainerConfig config) {
    if (!config.contextPath.isEmpty()) {
      context.setContextPath(config.contextPath);
    }
    context.addServletContainerInitializer((classes, application) -> config.deploy(application));
    if (!config.errorPages.isEmpty()) {
      ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
      config.errorPages.forEach(errors::addErrorPage);
      context.setErrorHandler(errors);
    }
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}

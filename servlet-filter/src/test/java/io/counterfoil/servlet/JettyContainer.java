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

  /** With sessions, so that one would be made if anybody asked for it. */
  private final ServletContextHandler context =
      new ServletContextHandler("/", ServletContextHandler.SESSIONS);

  private Server server;
  private ServerConnector connector;

  @Override
  public void start(Site site) throws Exception {
    server = new Server(new QueuedThreadPool(site.threads, site.threads));
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    configure(site);
    deploy(site);
    server.start();
  }

  private void configure(Site site) {
    if (site.headBytes > 0) {
      http.setRequestHeaderSize(site.headBytes);
    }
    if (site.idleMillis > 0) {
      connector.setIdleTimeout(site.idleMillis);
    }
    switch (site.settings) {
      case HARDENED -> harden(http, server, context);
      case AS_IT_COMES -> {}
      case LENIENT -> {
        http.setUriCompliance(UriCompliance.UNSAFE);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
      }
    }
  }

  /** What {@code docs/containers.md} shows. */
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

  private void deploy(Site site) {
    if (!site.contextPath.isEmpty()) {
      context.setContextPath(site.contextPath);
    }
    context.addServletContainerInitializer((classes, application) -> site.deploy(application));
    if (!site.errorPages.isEmpty()) {
      ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
      site.errorPages.forEach(errors::addErrorPage);
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

package io.counterfoil.benchmarks.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The measured servlet containers, with default settings, except that they never close a connection because of its number of
 * requests.
 */
enum ServletContainer {
  JETTY {
    @Override
    int start(Filter filter) throws Exception {
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost(LOOPBACK);
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/");
      context.addServletContainerInitializer((classes, application) -> deploy(application, filter));
      server.setHandler(context);
      server.start();
      return connector.getLocalPort();
    }
  },
  TOMCAT {
    @Override
    int start(Filter filter) throws IOException, LifecycleException {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
      Connector connector = new Connector();
      connector.setPort(0);
      connector.setProperty("address", LOOPBACK);
      connector.setProperty("maxKeepAliveRequests", "-1");
      tomcat.setConnector(connector);
      tomcat
          .addContext("", null)
          .addServletContainerInitializer(
              (classes, application) -> deploy(application, filter), Set.of());
      tomcat.start();
      return connector.getLocalPort();
    }
  };

  private static final String LOOPBACK = "127.0.0.1";

  /** Starts a server that runs until the process ends, and returns its port. */
  abstract int start(Filter filter) throws Exception;

  private static void deploy(ServletContext application, Filter filter) {
    FilterRegistration.Dynamic registration = application.addFilter("filter", filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
    ServletRegistration.Dynamic page = application.addServlet("page", new PageServlet());
    page.setAsyncSupported(true);
    page.addMapping(PageServlet.PATH);
  }
}

package io.counterfoil.benchmarks.wire;

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

/** A servlet container that serves the page, as it comes but for the length of a connection's life. */
enum Container {
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

  /** Starts it, and returns its port. It serves until the process ends. */
  abstract int start(Filter filter) throws Exception;

  private static void deploy(ServletContext application, Filter filter) {
    FilterRegistration.Dynamic guard = application.addFilter("guard", filter);
    guard.setAsyncSupported(true);
    guard.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
    ServletRegistration.Dynamic page = application.addServlet("page", new Page());
    page.setAsyncSupported(true);
    page.addMapping(Page.PATH);
  }
}

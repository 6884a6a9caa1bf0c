package io.counterfoil.servlet;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.CatalinaBaseConfigurationSource;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat 10.1 or 11. It must be the version on the class path. */
final class TomcatContainer implements Container {
  private static final Path FILES = Path.of("src/test/resources/tomcat");

  /** Referenced, so that the loggers and their levels are not garbage-collected. */
  private static final Logger PARSER_LOG = Logger.getLogger("org.apache.coyote.http11");

  private static final Logger FIELDS_LOG = Logger.getLogger("org.apache.tomcat.util.http");

  private final Tomcat tomcat = new Tomcat();

  @Override
  public void start(ContainerConfig config) throws Exception {
    if (!("tomcat-" + ServerInfo.getServerNumber()).startsWith(NAME + '.')) {
      throw new IllegalStateException("the class path has Tomcat " + ServerInfo.getServerNumber());
    }
    Path base = Files.createDirectories(Path.of("target", NAME)).toAbsolutePath();
    tomcat.setBaseDir(base.toString());
    if (config.fromFiles) {
      readFiles(base);
    } else {
      Connector connector = new Connector();
      connector.setPort(0);
      connector.setProperty("address", "127.0.0.1");
      tomcat.setConnector(connector);
      configure(connector, config);
    }
    deploy(tomcat.addContext(config.contextPath, base.toString()), config);
    tomcat.start();
  }

  private void readFiles(Path base) throws IOException {
    Properties levels = new Properties();
    try (Reader reader = Files.newBufferedReader(FILES.resolve("logging.properties"))) {
      levels.load(reader);
    }
    PARSER_LOG.setLevel(Level.parse(levels.getProperty(PARSER_LOG.getName() + ".level")));
    FIELDS_LOG.setLevel(Level.parse(levels.getProperty(FIELDS_LOG.getName() + ".level")));
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setProperty("http.port", "0");
    Path conf = Files.createDirectories(base.resolve("conf"));
    Files.copy(FILES.resolve("server.xml"), conf.resolve("server.xml"), REPLACE_EXISTING);
    tomcat.init(new CatalinaBaseConfigurationSource(base.toFile(), null));
    System.setOut(out); // Catalina has replaced the streams
    System.setErr(err);
  }

  private void configure(Connector connector, ContainerConfig config) {
    connector.setProperty(
        "maxKeepAliveRequests", "-1"); // some tests send many requests on one connection
    connector.setProperty("maxThreads", String.valueOf(config.threads));
    if (config.maxHeaderBytes > 0) {
      connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(config.maxHeaderBytes));
      connector.setProperty("maxHeaderCount", "-1");
    }
    if (config.idleTimeoutMillis > 0) {
      connector.setProperty("connectionTimeout", String.valueOf(config.idleTimeoutMillis));
    }
    switch (config.strictness) {
      case HARDENED -> harden(connector, tomcat.getHost());
      case DEFAULT -> {
        PARSER_LOG.setLevel(null);
        FIELDS_LOG.setLevel(null);
      }
      case LENIENT -> {
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        connector.setAllowBackslash(true);
        connector.setAllowTrace(true);
        connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
      }
    }
  }

  /** The settings shown in {@code docs/containers.md}. */
  private static void harden(Connector connector, Host host) {
    ErrorReportValve errors = new ErrorReportValve();
    errors.setShowReport(false);
    errors.setShowServerInfo(false);
    host.getPipeline().addValve(errors);
    connector.setAllowTrace(false);
    connector.setProperty("continueResponseTiming", "onRead");
    PARSER_LOG.setLevel(Level.WARNING);
    FIELDS_LOG.setLevel(Level.WARNING);
  }

  private static void deploy(Context context, ContainerConfig config) {
    context.addServletContainerInitializer(
        (classes, application) -> config.deploy(application), Set.of());
    config.errorPages.forEach((status, location) -> {
      ErrorPage page = new ErrorPage();
      page.setErrorCode(status);
      page.setLocation(location);
      context.addErrorPage(page);
    });
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}

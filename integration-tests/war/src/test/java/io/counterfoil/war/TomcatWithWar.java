package io.counterfoil.war;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.HostConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** A Tomcat that deploys the WAR from its {@code webapps} folder. */
final class TomcatWithWar implements AutoCloseable {
  private static final String NAME = "/tokens";

  private final Tomcat tomcat = new Tomcat();
  private final HostConfig deployer = new HostConfig();
  private final Host host;
  private final Path war;

  /**
   * Starts a Tomcat.
   *
   * @param folder the folder of the database
   * @param valve whether its host has the valve that the documentation of the example recommends
   */
  TomcatWithWar(Path base, Path folder, boolean valve) throws IOException, LifecycleException {
    war = Files.createDirectory(base.resolve("webapps")).resolve("tokens.war");
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    host = tomcat.getHost();
    host.setAutoDeploy(false); // the test deploys and undeploys
    host.addLifecycleListener(deployer);
    host.setXmlBase(createConfiguration(base, folder).toString());
    if (valve) {
      ErrorReportValve quiet = new ErrorReportValve();
      quiet.setShowReport(false);
      quiet.setShowServerInfo(false);
      host.getPipeline().addValve(quiet);
    }
    tomcat.start();
  }

  /** Creates the {@code conf} folder of a Tomcat, with the folder of the database as an administrator would set it. */
  private static Path createConfiguration(Path base, Path folder) throws IOException {
    Path conf = Files.createDirectory(base.resolve("conf"));
    Path web = Files.writeString(conf.resolve("web.xml"), """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <servlet>
            <servlet-name>default</servlet-name>
            <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
          </servlet>
          <servlet-mapping>
            <servlet-name>default</servlet-name>
            <url-pattern>/</url-pattern>
          </servlet-mapping>
        </web-app>
        """);
    Files.writeString(conf.resolve("context.xml.default"), """
        <Context defaultWebXml="%s">
          <Parameter name="folder" value="%s" override="false"/>
        </Context>
        """.formatted(web, folder));
    return conf;
  }

  /** Copies the WAR to {@code webapps}. Returns empty if the application does not start. */
  Optional<Context> deploy() throws IOException {
    Files.copy(Path.of(System.getProperty("war.file")), war);
    deployer.check(NAME);
    Context context = (Context) host.findChild(NAME);
    return Optional.of(context).filter(deployed -> deployed.getState().isAvailable());
  }

  /** Deletes the WAR from {@code webapps}. */
  void undeploy() throws IOException {
    Files.delete(war);
    deployer.check(NAME);
  }

  /** Sends a request byte for byte and returns the whole response. */
  String send(String request) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (Socket socket = new Socket(loopback, tomcat.getConnector().getLocalPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}

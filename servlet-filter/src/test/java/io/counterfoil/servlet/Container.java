package io.counterfoil.servlet;

/** A servlet container on a free local port. The system property {@code container} selects it. */
interface Container {
  /** {@code jetty}, {@code tomcat-10}, {@code tomcat-11} or {@code undertow}. */
  String NAME = System.getProperty("container", "jetty");

  static Container ofThisRun() {
    return switch (NAME) {
      case "jetty" -> new JettyContainer();
      case "tomcat-10", "tomcat-11" -> new TomcatContainer();
      case "undertow" -> new UndertowContainer();
      default -> throw new IllegalArgumentException("container: " + NAME);
    };
  }

  void start(ContainerConfig config) throws Exception;

  int port();

  void stop() throws Exception;
}

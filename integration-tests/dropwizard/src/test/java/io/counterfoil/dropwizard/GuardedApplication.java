package io.counterfoil.dropwizard;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.jaxrs.TokenFeature;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Dropwizard application with Dropwizard's defaults, whose ports are free ones of the loopback interface. */
final class GuardedApplication extends Application<Configuration> {
  private final BearerAuthenticator bearer;
  private Server server;

  private GuardedApplication(BearerAuthenticator bearer) {
    this.bearer = bearer;
  }

  /** Starts an application. */
  static GuardedApplication start(BearerAuthenticator bearer) throws Exception {
    GuardedApplication application = new GuardedApplication(bearer);
    application.run("server", "dropwizard.yml");
    return application;
  }

  @Override
  public void initialize(Bootstrap<Configuration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(new ResourceConfigurationSourceProvider());
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    environment.lifecycle().addServerLifecycleListener(started -> server = started);
    environment.jersey().register(new ApiTokens(bearer));
    environment.jersey().register(new Servers());
  }

  /** Dropwizard would end the JVM of the tests. */
  @Override
  protected void onFatalError(Throwable failure) {
    throw new IllegalStateException("Dropwizard did not start", failure);
  }

  /** Returns the port of the connector that Dropwizard calls {@code application} or {@code admin}. */
  int port(String connector) {
    return Arrays.stream(server.getConnectors())
        .filter(candidate -> connector.equals(candidate.getName()))
        .map(candidate -> ((ServerConnector) candidate).getLocalPort())
        .findFirst()
        .orElseThrow();
  }

  void stop() throws Exception {
    server.stop();
  }

  /** Finds the address of the client in the request of the servlet container. */
  public static final class ApiTokens implements Feature {
    private final BearerAuthenticator bearer;

    /** A proxy, which knows the request of the thread. */
    @Context
    private HttpServletRequest request;

    ApiTokens(BearerAuthenticator bearer) {
      this.bearer = bearer;
    }

    @Override
    public boolean configure(FeatureContext context) {
      context.register(TokenFeature.of(bearer).remoteAddress(ignored -> remoteAddress()));
      return true;
    }

    private Optional<InetAddress> remoteAddress() {
      try { // a literal, which needs no DNS
        return Optional.of(InetAddress.getByName(request.getRemoteAddr()));
      } catch (UnknownHostException e) {
        return Optional.empty();
      }
    }
  }
}

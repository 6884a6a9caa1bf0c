package io.counterfoil.servlet;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.DisallowedMethodsHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletStackTraces;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.util.Methods;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;
import org.xnio.Options;

final class UndertowContainer implements Container {
  private final DeploymentInfo application = Servlets.deployment()
      .setClassLoader(UndertowContainer.class.getClassLoader())
      .setDeploymentName("test");

  private DeploymentManager deployment;
  private Undertow server;

  @Override
  public void start(ContainerConfig config) throws Exception {
    deploy(config);
    if (config.strictness == ContainerConfig.Strictness.HARDENED) {
      harden(application);
    }
    deployment = Servlets.newContainer().addDeployment(application);
    deployment.deploy();
    HttpHandler handler = deployment.start();
    Undertow.Builder builder = Undertow.builder()
        .addHttpListener(0, "127.0.0.1")
        .setIoThreads(1)
        .setWorkerThreads(config.threads)
        .setHandler(Handlers.path().addPrefixPath(application.getContextPath(), handler));
    configure(builder, config);
    server = builder.build();
    server.start();
  }

  private static void configure(Undertow.Builder builder, ContainerConfig config) {
    if (config.maxHeaderBytes > 0) {
      builder.setServerOption(UndertowOptions.MAX_HEADER_SIZE, config.maxHeaderBytes);
      builder.setServerOption(UndertowOptions.MAX_HEADERS, 100_000);
    }
    if (config.idleTimeoutMillis > 0) {
      builder.setSocketOption(Options.READ_TIMEOUT, config.idleTimeoutMillis);
    }
    if (config.strictness == ContainerConfig.Strictness.LENIENT) {
      builder.setServerOption(UndertowOptions.DECODE_SLASH, true);
      builder.setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true);
    }
  }

  /** The settings shown in {@code docs/containers.md}. */
  private static void harden(DeploymentInfo application) {
    application.setServletStackTraces(ServletStackTraces.NONE);
    application.addInitialHandlerChainWrapper(
        next -> new DisallowedMethodsHandler(next, Methods.TRACE));
  }

  private void deploy(ContainerConfig config) {
    application.setContextPath(config.contextPath.isEmpty() ? "/" : config.contextPath);
    ServletContainerInitializer initializer = (classes, context) -> config.deploy(context);
    application.addServletContainerInitializer(new ServletContainerInitializerInfo(
        initializer.getClass(), new ImmediateInstanceFactory<>(initializer), Set.of()));
    config.errorPages.forEach(
        (status, location) -> application.addErrorPage(Servlets.errorPage(location, status)));
  }

  @Override
  public int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
    deployment.stop();
    deployment.undeploy();
  }
}

package io.counterfoil.jaxrs;

import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Application;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JAX-RS application that is started with the standard API, so that every implementation can run these tests. */
final class TestServer implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final SeBootstrap.Instance instance;

  private TestServer(SeBootstrap.Instance instance) {
    this.instance = instance;
  }

  /** Starts an application with these classes and objects. */
  static TestServer start(Object... components) throws Exception {
    SeBootstrap.Configuration configuration = SeBootstrap.Configuration.builder()
        .host("127.0.0.1")
        .port(SeBootstrap.Configuration.FREE_PORT)
        .rootPath("/api")
        .build();
    return new TestServer(SeBootstrap.start(new Components(components), configuration)
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES));
  }

  private static final class Components extends Application {
    private final Object[] components;

    Components(Object... components) {
      this.components = components;
    }

    @Override
    public Set<Class<?>> getClasses() {
      return Arrays.stream(components)
          .filter(Class.class::isInstance)
          .<Class<?>>map(component -> (Class<?>) component)
          .collect(Collectors.toSet());
    }

    @Override
    @SuppressWarnings("deprecation") // the feature of a test has parameters
    public Set<Object> getSingletons() {
      return Arrays.stream(components)
          .filter(component -> !(component instanceof Class<?>))
          .collect(Collectors.toSet());
    }
  }

  HttpRequest.Builder request(String path) {
    int port = instance.configuration().port();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String plaintext) throws Exception {
    return send(request(path)
        .header("Authorization", "Bearer " + plaintext)
        .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  HttpResponse<String> get(String path, String plaintext) throws Exception {
    return send("GET", path, plaintext);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  @Override
  public void close() {
    instance.stop().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
  }
}

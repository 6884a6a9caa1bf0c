package io.counterfoil.examples.springboot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application on a free port, and an HTTP client for it. */
record RunningApplication(ConfigurableApplicationContext context, HttpClient client)
    implements AutoCloseable {

  private static final class Shared {
    static final RunningApplication APPLICATION =
        start("--server.tomcat.threads.max=1", "--server.tomcat.max-keep-alive-requests=-1");
  }

  /**
   * Returns the example with a database in memory and one thread for all requests, so that a request would find any data that an
   * earlier request left in the thread. All tests share it; Spring closes it when the JVM ends.
   */
  static RunningApplication shared() {
    return Shared.APPLICATION;
  }

  /** Starts the example with a new database in memory. */
  static RunningApplication start(String... settings) {
    return start(SpringBootExample.class, "", settings);
  }

  static RunningApplication start(Class<?> application, String databaseUrl, String... settings) {
    String[] all = Stream.concat(
            Stream.of("--server.port=0", "--spring.datasource.url=" + databaseUrl),
            Stream.of(settings))
        .toArray(String[]::new);
    // The defaults that DevTools would set.
    SpringApplicationBuilder builder = new SpringApplicationBuilder(application)
        .properties(
            "spring.web.error.include-stacktrace=always",
            "server.error.include-stacktrace=always",
            "spring.flyway.enabled=false"); // except in the test of migrations
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new RunningApplication(builder.run(all), client);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Returns the {@code Authorization} value for a new token of the user {@code ann} with these scopes. */
  String tokenWith(String... scopes) {
    TokenManager tokens = bean(TokenManager.class);
    NewToken plain = NewToken.named("token-" + tokens.list().count()).owner("ann");
    return "Bearer "
        + tokens.create(scopes.length == 0 ? plain : plain.scopes(scopes)).reveal();
  }

  HttpResponse<String> get(String path, String... authorizations) throws Exception {
    return send(request(path, authorizations));
  }

  HttpResponse<String> post(String path, String... authorizations) throws Exception {
    return send(request(path, authorizations).POST(BodyPublishers.noBody()));
  }

  HttpResponse<String> postJson(String path, String json, String authorization) throws Exception {
    return send(request(path, authorization)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path, String... authorizations) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    List.of(authorizations).forEach(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Sends these bytes, which need not be valid HTTP, and returns all bytes until the server closes the connection. */
  String sendRaw(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Override
  public void close() {
    context.close();
  }
}

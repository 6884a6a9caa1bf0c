package io.counterfoil.springboot;

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

/** An application on a free port with a new database in memory, and an HTTP client for it. */
record Server(ConfigurableApplicationContext context) implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** @param settings properties, each as {@code name=value} */
  static Server start(Class<?> application, String... settings) {
    // Migration tools run only in the tests of migrations.
    SpringApplicationBuilder builder = new SpringApplicationBuilder(application)
        .properties(
            "spring.flyway.enabled=false",
            "spring.liquibase.enabled=false",
            "spring.datasource.url=" + Contexts.newDatabase());
    return new Server(builder.run(Stream.concat(Stream.of("server.port=0"), Stream.of(settings))
        .map(setting -> "--" + setting)
        .toArray(String[]::new)));
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

  HttpResponse<String> getAs(String client, String path, String... authorizations)
      throws Exception {
    return send(request(path, authorizations).header("X-Forwarded-For", client));
  }

  HttpResponse<String> postJson(String path, String json, String... authorizations)
      throws Exception {
    return send(request(path, authorizations)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path, String... authorizations) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    List.of(authorizations).forEach(value -> request.header("Authorization", value));
    return request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
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

package io.counterfoil.examples.springboot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

/** The application on a port of its own, and a client. */
record Running(ConfigurableApplicationContext context, HttpClient client) implements AutoCloseable {

  /** Starts it with a database of its own in memory. */
  static Running start(String... settings) {
    return startOn("", settings);
  }

  static Running startOn(String databaseUrl, String... settings) {
    String[] all = Stream.concat(
            Stream.of("--server.port=0", "--spring.datasource.url=" + databaseUrl),
            Stream.of(settings))
        .toArray(String[]::new);
    // What DevTools would have, if the application did not say otherwise.
    SpringApplicationBuilder application = new SpringApplicationBuilder(SpringBootExample.class)
        .properties(
            "spring.web.error.include-stacktrace=always", "server.error.include-stacktrace=always");
    return new Running(application.run(all), HttpClient.newHttpClient());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  HttpResponse<String> get(String path, String... authorizations) throws Exception {
    return exchange(request(path, authorizations));
  }

  HttpResponse<String> post(String path, String json, String authorization) throws Exception {
    return exchange(request(path, authorization)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path, String... authorizations) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    List.of(authorizations).forEach(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Sends these bytes, be they HTTP or not, and returns what comes until the server ends the connection. */
  String raw(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The example on a free port, with its files in a folder, and an HTTP client for it. */
record RunningApplication(ConfigurableApplicationContext context, Path folder, HttpClient client)
    implements AutoCloseable {

  static RunningApplication start(Path folder, String... settings) {
    Stream<String> files = Stream.of(
        "--server.port=0",
        "--spring.datasource.url=jdbc:h2:async:" + folder.resolve("tokens") + ";WRITE_DELAY=0",
        "--counterfoil.first-token-file=" + folder.resolve("first-token.txt"));
    // The default that DevTools would set.
    SpringApplicationBuilder builder = new SpringApplicationBuilder(SpringBootExample.class)
        .properties("spring.web.error.include-stacktrace=always");
    var context = builder.run(Stream.concat(files, Stream.of(settings)).toArray(String[]::new));
    return new RunningApplication(context, folder, HttpClient.newHttpClient());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  String firstToken() throws IOException {
    return Files.readString(folder.resolve("first-token.txt")).strip();
  }

  /** Returns the plaintext of a new token of the user {@code ann} with these scopes. */
  String tokenWith(String... scopes) {
    NewToken token = NewToken.named(UUID.randomUUID().toString()).owner("ann").scopes(scopes);
    return bean(TokenManager.class).create(token).reveal();
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> get(String path, String token) throws Exception {
    return send(request(path).header("Authorization", "Bearer " + token));
  }

  HttpResponse<String> post(String path, String json, String token) throws Exception {
    return send(request(path)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path));
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

  String address() {
    return "http://127.0.0.1:" + port();
  }

  private int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Override
  public void close() {
    context.close();
  }
}

package io.counterfoil.springboot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
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

/** An application with Spring Security on a free port, and an HTTP client for it. */
record SecuredServer(ConfigurableApplicationContext context, HttpClient client)
    implements AutoCloseable {

  /** Starts an application with a new database in memory and these settings, such as {@code --counterfoil.realm=api}. */
  static SecuredServer start(Class<?> application, String... settings) {
    String[] all = Stream.concat(
            Stream.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + Contexts.newDatabase()),
            Stream.of(settings))
        .toArray(String[]::new);
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new SecuredServer(new SpringApplicationBuilder(application).run(all), client);
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

  Token newestToken() {
    return bean(TokenManager.class).list().reduce((one, next) -> next).orElseThrow();
  }

  HttpResponse<String> get(String path, String... authorizations) throws Exception {
    return send(request(path, authorizations));
  }

  HttpResponse<String> post(String path, String... authorizations) throws Exception {
    return send(request(path, authorizations).POST(BodyPublishers.noBody()));
  }

  HttpResponse<String> postForm(String path, String form, String... headers) throws Exception {
    return send(request(path)
        .headers(Stream.concat(
                Stream.of("Content-Type", "application/x-www-form-urlencoded"), Stream.of(headers))
            .toArray(String[]::new))
        .POST(BodyPublishers.ofString(form)));
  }

  HttpRequest.Builder request(String path, String... authorizations) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    List.of(authorizations).forEach(value -> request.header("Authorization", value));
    return request;
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
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

package io.counterfoil.examples.springsecurity;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on a port of its own, with a database in memory and one thread for all requests, and a client. */
record Running(ConfigurableApplicationContext context, HttpClient client) implements AutoCloseable {

  static Running start() {
    return new Running(
        SpringApplication.run(
            SpringSecurityExample.class,
            "--server.port=0",
            "--server.tomcat.threads.max=1",
            "--server.tomcat.max-keep-alive-requests=-1",
            "--spring.datasource.url="),
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Returns the value of the field for a new token that has these scopes; with none it is unrestricted. */
  String tokenWith(String... scopes) {
    TokenManager tokens = bean(TokenManager.class);
    String name = "token-" + tokens.list().count();
    return "Bearer " + tokens.create(NewToken.named(name).scopes(scopes)).reveal();
  }

  HttpResponse<String> get(String path, String... authorizations) throws Exception {
    return exchange(request(path, authorizations));
  }

  HttpResponse<String> post(String path, String... authorizations) throws Exception {
    return exchange(request(path, authorizations).POST(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path, String... authorizations) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    List.of(authorizations).forEach(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    context.close();
  }
}

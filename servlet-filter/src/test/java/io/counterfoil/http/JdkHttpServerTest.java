package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.counterfoil.NewToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The bearer check and the management API on the JDK's own HTTP server. These tests run separately, without the servlet API
 * and Jetty on the class path.
 */
class JdkHttpServerTest {
  private static final String TOKENS = "/panel/api/setting/apiTokens";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext =
      fixture.tokens.create(NewToken.named("admin").owner("ann")).reveal();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    fixture.tokens.delete(1);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(fixture.tokens).realm("panel").build();
    server.createContext(TOKENS, ExchangeRequest.guarded(bearer, fixture.api));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void the_servlet_api_is_not_on_the_class_path() {
    assertThatThrownBy(() -> Class.forName("jakarta.servlet.Filter"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> Class.forName("org.eclipse.jetty.server.Server"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test // E1, E3
  void the_four_calls() throws Exception {
    HttpResponse<String> created = send("POST", "/create", "{\"name\":\"central-panel-a\"}");
    Matcher token = Pattern.compile("cf_[0-9A-Za-z]{49}").matcher(created.body());
    assertThat(token.find()).isTrue();
    assertThat(created.body())
        .isEqualTo("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,\"id\":3,"
            + "\"name\":\"central-panel-a\",\"owner\":\"ann\",\"token\":\"" + token.group()
            + "\"}}");
    assertThat(created.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(created.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(send("POST", "/setEnabled/3", "{\"enabled\":false}").body())
        .isEqualTo("{\"success\":true}");
    assertThat(send("GET", "", "").body())
        .isEqualTo(
            "{\"success\":true,\"obj\":["
                + "{\"id\":2,\"name\":\"admin\",\"enabled\":true,\"createdAt\":1736000000,\"owner\":\"ann\"},"
                + "{\"id\":3,\"name\":\"central-panel-a\",\"enabled\":false,\"createdAt\":1736000000,\"owner\":\"ann\"}]}");
    assertThat(send("POST", "/delete/3", "").body()).isEqualTo("{\"success\":true}");
    HttpResponse<String> head = send("HEAD", "", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test // B4, C1, C2
  void bad_credentials_are_refused() throws Exception {
    assertRefused(exchange(request("")), 401, "Bearer realm=\"panel\"");
    assertRefused(
        exchange(request("").header("authorization", "bearer nonsense")),
        401,
        "Bearer realm=\"panel\", error=\"invalid_token\"");
    assertRefused(
        exchange(request("")
            .header("Authorization", "Bearer " + plaintext)
            .header("Authorization", "Bearer " + plaintext)),
        400,
        "Bearer realm=\"panel\", error=\"invalid_request\"");
  }

  @Test // E4, E7, E9, F4
  void invalid_requests_change_nothing() throws Exception {
    assertThat(send("POST", "/create", "{\"name\":\"admin\"}").statusCode()).isEqualTo(409);
    assertThat(send("POST", "/create", "nonsense").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/create", " ".repeat(20_000)).statusCode()).isEqualTo(413);
    assertThat(send("POST", "/delete/02", "").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/delete/%32%00", "").statusCode()).isEqualTo(404);
    HttpResponse<String> get = send("GET", "/delete/2", "");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    assertThat(fixture.store.content()).hasSize(1).allMatch(token -> token.enabled());
  }

  private HttpResponse<String> send(String method, String path, String json) throws Exception {
    return exchange(request(path)
        .header("Authorization", "Bearer " + plaintext)
        .header("Content-Type", "application/json")
        .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    String host = server.getAddress().getAddress().getHostAddress();
    return HttpRequest.newBuilder(
        URI.create("http://" + host + ':' + server.getAddress().getPort() + TOKENS + path));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static void assertRefused(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.body()).startsWith("{\"success\":false,\"msg\":\"");
  }
}

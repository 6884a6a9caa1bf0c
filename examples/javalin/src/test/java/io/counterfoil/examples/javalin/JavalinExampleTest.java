package io.counterfoil.examples.javalin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example over HTTP, with the least strict path matching of Javalin. */
class JavalinExampleTest {
  private static final String SECRET = "text of an internal error";

  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicBoolean outage = new AtomicBoolean();
  private final TokenManager tokens = TokenManager.builder(new InMemoryTokenStore())
      .activeOwners(owner -> isActive())
      .build();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String good =
      "Bearer " + tokens.create(NewToken.named("bot").owner("ann")).reveal();
  private Javalin server;

  @BeforeEach
  void start() {
    server = Javalin.create(config -> {
      config.router.caseInsensitiveRoutes = true;
      config.router.treatMultipleSlashesAsSingleSlash = true;
      JavalinExample.configure(config, tokens);
      config.routes.get("/api/later", JavalinExampleTest::later);
      config.routes.get("/api/failing", JavalinExampleTest::failing);
      config.routes.post("/api/changes", page -> changes.incrementAndGet());
      config.routes.ws("/api/socket", socket -> {});
    });
    server.start("127.0.0.1", 0);
  }

  private static void later(Context page) {
    page.future(() -> CompletableFuture.runAsync(() -> page.result("Later")));
  }

  private static void failing(Context page) {
    throw new IllegalStateException(SECRET);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void a_token_is_accepted_until_it_is_disabled() throws Exception {
    HttpResponse<String> hello = get("/api/hello", good);
    assertThat(hello.statusCode()).isEqualTo(200);
    assertThat(hello.body()).isEqualTo("Hello ann\n");
    assertThat(hello.headers().map()).doesNotContainKey("set-cookie");

    tokens.disable(1);
    assertRejected(get("/api/hello", good), 401, "Bearer realm=\"api\", error=\"invalid_token\"");
  }

  @Test // P1: an owner chooses the names of tokens freely
  void the_user_is_the_owner_of_the_token_or_the_token() throws Exception {
    String bobs = "Bearer " + tokens.create(NewToken.named("ann").owner("bob")).reveal();
    assertThat(get("/api/hello", bobs).body()).isEqualTo("Hello bob\n");
    String nobodys = "Bearer " + tokens.create(NewToken.named("ann")).reveal();
    assertThat(get("/api/hello", nobodys).body()).isEqualTo("Hello token:3\n");
  }

  @Test
  void a_request_without_a_token_is_rejected() throws Exception {
    for (String path :
        List.of("/api/hello", "/api/later", "/api/nothing", "/api/tokens", "/api/tokens/create")) {
      assertRejected(get(path), 401, "Bearer realm=\"api\"");
      assertRejected(get(path, good, good), 400, "Bearer realm=\"api\", error=\"invalid_request\"");
    }
    assertThat(get("/").body()).isEqualTo("Hello\n");
  }

  @Test
  void a_rejected_request_changes_nothing() throws Exception {
    assertRejected(
        send(request("/api/changes").POST(BodyPublishers.noBody())), 401, "Bearer realm=\"api\"");
    assertThat(changes).hasValue(0);
    assertThat(post("/api/changes", "").statusCode()).isEqualTo(200);
    assertThat(changes).hasValue(1);
  }

  @Test
  void no_other_way_to_write_the_path_leads_around_the_guard() throws Exception {
    for (String path : List.of(
        "/api/hello",
        "//api/hello",
        "///api//hello",
        "/API/Hello",
        "/api/hello/",
        "/api/hello;x",
        "/api;x/hello",
        "/;/api/hello",
        "/./api/hello",
        "/x/../api/hello",
        "/x/%2e%2e/api/hello",
        "/x/..;/api/hello",
        "/%61pi/hello",
        "/api%2fhello",
        "/%2fapi/hello",
        "/api/%68ello",
        "/api%00/hello",
        "//api/tokens",
        "/API/tokens",
        "/api//tokens",
        "/x/../api/tokens",
        "/%61pi/tokens",
        "/;/api/tokens")) {
      assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .as(path)
          .containsPattern("^HTTP/1.1 40[014] ")
          .doesNotContain("Hello ann", "Hello\n", "\"obj\"");
    }
  }

  @Test
  void tokens_are_managed() throws Exception {
    HttpResponse<String> created = post("/api/tokens/create", "{\"name\":\"second\"}");
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(created.body()).contains("\"token\":\"cf_");

    assertThat(post("/api/tokens/create", "{\"name\":\"second\"}").statusCode()).isEqualTo(409);
    assertThat(post("/api/tokens/setEnabled/2", "{\"enabled\":false}").statusCode())
        .isEqualTo(200);
    assertThat(get("/api/tokens", good).body())
        .contains("\"name\":\"second\",\"enabled\":false")
        .doesNotContain("cf_");
    assertThat(post("/api/tokens/delete/2", "").statusCode()).isEqualTo(200);
  }

  @Test
  void an_outage_is_503_and_not_401() throws Exception {
    outage.set(true);
    HttpResponse<String> response = get("/api/hello", good);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().allValues("Retry-After")).containsExactly("5");
    assertThat(response.headers().map()).doesNotContainKey("www-authenticate");
  }

  @Test
  void an_asynchronous_response_is_sent() throws Exception {
    HttpResponse<String> later = get("/api/later", good);
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(later.body()).isEqualTo("Later");
  }

  @Test
  void an_exception_of_the_application_is_500_without_its_message() throws Exception {
    HttpResponse<String> failed = get("/api/failing", good);
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).doesNotContain(SECRET);
    assertThat(get("/api/nothing", good).statusCode()).isEqualTo(404);
  }

  @Test
  void a_web_socket_needs_a_token_too() throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/api/socket");
    WebSocket.Listener silent = new WebSocket.Listener() {};
    assertThatThrownBy(
            () -> client.newWebSocketBuilder().buildAsync(uri, silent).get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            rejected -> assertThat(rejected.getResponse().statusCode()).isEqualTo(401));
    client
        .newWebSocketBuilder()
        .header("Authorization", good)
        .buildAsync(uri, silent)
        .get(20, TimeUnit.SECONDS)
        .abort();
  }

  private boolean isActive() {
    if (outage.get()) {
      throw new IllegalStateException(SECRET);
    }
    return true;
  }

  private HttpResponse<String> get(String path, String... authorizations) throws Exception {
    return send(request(path, authorizations));
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return send(request(path, good)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path, String... authorizations) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    List.of(authorizations).forEach(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void assertRejected(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.body()).startsWith("{\"success\":false,\"msg\":\"").endsWith("\"}");
  }
}

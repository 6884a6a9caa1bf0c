package io.counterfoil.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.examples.gateway.Connection.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every gateway guarantees with the files of this example. */
abstract class GatewayContract extends PathContract {
  @Test
  void a_body_reaches_the_application_unchanged() throws Exception {
    byte[] body = new byte[200_000];
    new Random(1).nextBytes(body);
    try (Connection connection = new Connection("127.0.1.14", gateway.port())) {
      connection.write(request("POST /servers/a/restart", admin, "Content-Length: " + body.length)
          .getBytes(UTF_8));
      connection.write(body);
      assertBody(connection.read(), body);
    }
    try (Connection connection = new Connection("127.0.1.14", gateway.port())) {
      connection.write(request("POST /servers/a/restart", admin, "Transfer-Encoding: chunked")
          .getBytes(UTF_8));
      connection.write((Integer.toHexString(body.length) + "\r\n").getBytes(UTF_8));
      connection.write(body);
      connection.write("\r\n0\r\n\r\n".getBytes(UTF_8));
      assertBody(connection.read(), body);
    }
  }

  private static void assertBody(Response response, byte[] body) {
    byte[] line = "token:2 [*] POST /servers/a/restart\n".getBytes(UTF_8);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).startsWith(line).endsWith(body).hasSize(line.length + body.length);
  }

  @Test // C8
  void each_request_on_one_connection_is_judged_alone() throws Exception {
    try (Connection connection = new Connection("127.0.1.15", gateway.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(keptAlive(connection, reader).line()).startsWith("ann [servers:read]");
        assertThat(keptAlive(connection, "").status()).isEqualTo(401);
        assertThat(keptAlive(connection, admin).line()).startsWith("token:2 [*]");
      }
    }
  }

  private static Response keptAlive(Connection connection, String plaintext) throws Exception {
    connection.write(request("GET /servers/a", plaintext)
        .replace("Connection: close\r\n", "")
        .getBytes(UTF_8));
    return connection.read();
  }

  @Test // C8, G3
  void ten_thousand_requests_are_never_mixed_up() throws Exception {
    List<String> plaintexts = new ArrayList<>(List.of("", "cf_wrong"));
    for (int i = 0; i < 6; i++) {
      plaintexts.add(token(NewToken.named("t").owner("user" + i).scopes("servers:read", "s" + i)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try {
      List<Future<Integer>> workers = IntStream.range(0, 8)
          .mapToObj(worker -> threads.submit(() -> worker(client, plaintexts, worker)))
          .toList();
      int granted = 0;
      for (Future<Integer> worker : workers) {
        granted += worker.get();
      }
      assertThat(granted).as("of 10,000, three quarters have a valid token").isBetween(7000, 8000);
    } finally {
      threads.shutdownNow();
    }
  }

  private int worker(HttpClient client, List<String> plaintexts, int seed) throws Exception {
    Random random = new Random(seed);
    int granted = 0;
    for (int i = 0; i < 1250; i++) {
      int chosen = random.nextInt(plaintexts.size());
      String path = "/servers/" + seed + '-' + i;
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
      if (!plaintexts.get(chosen).isEmpty()) {
        request.header("Authorization", "Bearer " + plaintexts.get(chosen));
      }
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      if (chosen < 2) {
        assertThat(response.statusCode()).isIn(chosen == 0 ? List.of(401) : List.of(401, 429));
      } else {
        assertThat(response.body())
            .isEqualTo("user" + (chosen - 2) + " [s" + (chosen - 2) + ", servers:read] GET " + path
                + '\n');
        granted++;
      }
    }
    return granted;
  }

  @Test
  void too_many_rejected_attempts_get_429_and_valid_tokens_do_not() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(send("127.0.1.16", "GET /servers/a", "cf_wrong").status()).isEqualTo(401);
    }
    Response tooMany = send("127.0.1.16", "GET /servers/a", "cf_wrong");
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.headers()).anyMatch("Retry-After: 60"::equalsIgnoreCase);
    assertThat(send("127.0.1.16", "GET /servers/a", reader).status()).isEqualTo(200);
    assertThat(send("127.0.1.17", "GET /servers/a", "cf_wrong").status()).isEqualTo(401);
  }

  @Test
  void a_failing_store_is_503_and_nobody_is_let_in() throws Exception {
    isFailing.set(true);
    try {
      Response response = send("127.0.1.18", "GET /servers/a", admin);
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.headers()).anyMatch("Retry-After: 5"::equalsIgnoreCase);
    } finally {
      isFailing.set(false);
    }
    assertThat(send("127.0.1.18", "GET /servers/a", admin).status()).isEqualTo(200);
  }

  @Test
  void a_dead_authenticator_lets_nobody_in() throws Exception {
    try (Gateway alone = Gateway.start(kind(), Gateway.freePort(), application.port())) {
      for (String plaintext : List.of(admin, "")) {
        Response response = Connection.send(
            "127.0.1.19",
            alone.port(),
            request(
                "GET /servers/a",
                plaintext,
                "X-Token-Id: 2",
                "X-Token-Owner: root",
                "X-Token-Scopes: *"));
        assertThat(response.status()).isIn(502, 503);
        assertThat(response.text()).doesNotContain("root");
      }
    }
  }

  @Test
  void an_authenticator_that_breaks_the_connection_lets_nobody_in() throws Exception {
    try (BrokenServer broken = new BrokenServer();
        Gateway behind = Gateway.start(kind(), broken.port(), application.port())) {
      for (String answer : List.of(
          "",
          "HTTP/1.1 200 OK\r\nX-Token-Id: ",
          "nonsense\r\n\r\n",
          "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")) {
        broken.answer(answer);
        Response response =
            Connection.send("127.0.1.20", behind.port(), request("GET /servers/a", admin));
        assertThat(response.status()).as(answer).isNotEqualTo(200);
      }
    }
  }

  @Test
  void an_authenticator_that_hangs_lets_nobody_in() throws Exception {
    try (BrokenServer broken = new BrokenServer();
        Gateway behind = Gateway.start(kind(), broken.port(), application.port())) {
      broken.hang();
      Response response =
          Connection.send("127.0.1.28", behind.port(), request("GET /servers/a", admin));
      assertThat(response.status()).isBetween(500, 504);
    }
  }

  @Test
  void a_web_socket_needs_a_token_too() throws Exception {
    try (UpgradeServer server = new UpgradeServer();
        Gateway upgrading = Gateway.start(kind(), authenticator.port(), server.port())) {
      String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="; // the example of RFC 6455
      String upgrade = request(
              "GET /servers/a", reader, "Upgrade: websocket", "Sec-WebSocket-Version: 13", key)
          .replace("Connection: close", "Connection: Upgrade");
      try (Connection connection = new Connection("127.0.1.21", upgrading.port())) {
        connection.write(upgrade.getBytes(UTF_8));
        assertThat(connection.read().status()).isEqualTo(101);
        connection.write("hello".getBytes(UTF_8));
        assertThat(new String(connection.readBytes(5), UTF_8)).isEqualTo("hello");
      }
      assertThat(server.lastRequest()).contains("ann").doesNotContain(reader);
      Response refused =
          Connection.send("127.0.1.21", upgrading.port(), upgrade.replace(reader, "cf_wrong"));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void an_upgrade_to_http_2_does_not_open_a_tunnel_past_the_gateway() throws Exception {
    try (UpgradeServer server = new UpgradeServer();
        Gateway upgrading = Gateway.start(kind(), authenticator.port(), server.port())) {
      for (String upgrade : List.of("h2c", "websocket, h2c", "H2C", "x")) {
        String request = request(
                "GET /servers/a", reader, "Upgrade: " + upgrade, "HTTP2-Settings: AAMAAABk")
            .replace("Connection: close", "Connection: Upgrade, HTTP2-Settings");
        try (Connection connection = new Connection("127.0.1.26", upgrading.port())) {
          connection.write(request.getBytes(UTF_8));
          assertThat(connection.read().status()).as(upgrade).isNotEqualTo(101);
        }
        assertThat(server.lastRequest()).doesNotContainIgnoringCase("upgrade:");
      }
    }
  }

  /** Starts the gateway with a change in its files, and asserts that it does not let a valid token in. */
  void assertLetsNobodyIn(UnaryOperator<String> edit) throws Exception {
    try (Gateway edited = Gateway.start(kind(), authenticator.port(), application.port(), edit)) {
      Response response =
          Connection.send("127.0.1.27", edited.port(), request("GET /servers/a", admin));
      assertThat(response.status()).isEqualTo(503);
    }
  }

  /** Sends a body that is one byte too long for the gateways that limit it. */
  void assertTooLarge() throws Exception {
    byte[] body = new byte[1024 * 1024 + 1];
    try (Connection connection = new Connection("127.0.1.24", gateway.port())) {
      connection.write(request("POST /servers/a/restart", admin, "Content-Length: " + body.length)
          .getBytes(UTF_8));
      connection.write(body);
      assertThat(connection.read().status()).isIn(413, 502); // 502 from Caddy 2.6
    }
  }
}

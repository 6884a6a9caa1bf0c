package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.servlet.RawHttp.Response;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oversized requests are refused, and the server still works afterwards. */
@OnEveryContainer
class OverloadWireTest {
  private static final int MIB = 1 << 20;

  private final TestServer server = new TestServer();

  @BeforeEach
  void start() throws Exception {
    server.config.maxHeaderBytes =
        4 * MIB; // otherwise the container would refuse the requests first
    server.start();
  }

  @AfterEach
  void the_server_still_works() throws Exception {
    assertThat(server.exchange(request("GET", PAGE, server.bearer)).status()).isEqualTo(200);
    assertThat(server.store.content()).hasSize(1).allMatch(token -> token.enabled());
    server.close();
  }

  @ParameterizedTest // K1, B7
  @ValueSource(ints = {64 * 1024, MIB})
  void a_huge_credential_is_answered_401(int size) throws IOException {
    for (String value :
        new String[] {"a".repeat(size), " ".repeat(size) + "a", "a=".repeat(size / 2)}) {
      assertThat(server
              .exchange(request("GET", PAGE, "Authorization: Bearer " + value))
              .status())
          .isEqualTo(401);
    }
    assertThat(server.store.lookups()).isZero();
  }

  @Test // K1
  void a_huge_header_beside_a_valid_credential_does_no_harm() throws IOException {
    String[] lines = {server.bearer, "X: " + "a".repeat(MIB)};
    assertThat(server.exchange(request("GET", PAGE, lines)).status()).isEqualTo(200);
  }

  @Test // K1
  void five_thousand_headers_are_answered_without_a_5xx() throws IOException {
    String[] others =
        IntStream.range(0, 5_000).mapToObj(i -> "X-" + i + ": y").toArray(String[]::new);
    assertThat(server.exchange(request("GET", PAGE, others)).status()).isEqualTo(401);
    String[] same = IntStream.range(0, 5_000).mapToObj(i -> server.bearer).toArray(String[]::new);
    assertThat(server.exchange(request("GET", PAGE, same)).status()).isEqualTo(400);
  }

  @Test // K1, F4: the chunk has 500000 bytes, but the server reads at most its limit
  void a_huge_body_is_answered_413_before_it_has_arrived() throws IOException {
    for (String start : new String[] {"[".repeat(20_000), "{\"expiresAt\":" + "9".repeat(20_000)}) {
      try (RawHttp http = server.connect()) {
        http.send(request(
                "POST",
                TOKENS + "/create",
                server.bearer,
                "Content-Type: application/json",
                "Transfer-Encoding: chunked")
            + "7a120\r\n" + start);
        assertThat(http.readResponse().status()).isEqualTo(413);
      }
    }
  }

  @Test // K1
  void overlong_numbers_and_deep_nesting_are_answered_400() throws IOException {
    for (String body : new String[] {
      "[".repeat(16_000),
      "{\"name\":\"x\",\"expiresAt\":1e999999999}",
      "{\"name\":" + "9".repeat(16_000) + '}'
    }) {
      Response response = server.exchange(post(TOKENS + "/create", body, server.bearer));
      assertThat(response.status()).isEqualTo(400);
    }
  }

  @Test // K1: with the default limits of the container
  void a_header_that_the_container_refuses_does_no_harm() throws Exception {
    try (TestServer plain = new TestServer().start()) {
      Response response =
          plain.exchange(request("GET", PAGE, "Authorization: Bearer " + "a".repeat(2 * MIB)));
      assertThat(response.status()).isEqualTo(Container.NAME.equals("jetty") ? 431 : 400);
      assertThat(plain.exchange(request("GET", PAGE, plain.bearer)).status()).isEqualTo(200);
    }
  }
}

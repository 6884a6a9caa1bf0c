package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.servlet.RawHttp.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that never arrive, never end or are malformed. */
@OnEveryContainer
class RequestBodyWireTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String JSON = "Content-Type: application/json";

  private final TestServer server = new TestServer();

  @BeforeEach
  void start() throws Exception {
    server.config.idleTimeoutMillis = 60_000; // longer than the read timeout of the tests
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(server.store.content()).hasSize(1).allMatch(token -> token.enabled());
    server.close();
  }

  @ParameterizedTest // F5: Vault CVE-2023-6337
  @ValueSource(
      strings = {
        CHUNKED,
        "Content-Length: 5",
        CHUNKED + "\r\nExpect: 100-continue",
        "Content-Length: 5\r\nExpect: 100-continue"
      })
  void a_request_is_refused_without_waiting_for_its_body(String framing) throws IOException {
    for (String path : new String[] {PAGE, TOKENS + "/create"}) {
      try (RawHttp http = server.connect()) {
        http.send(request("POST", path, "Authorization: Bearer x", JSON, framing));
        assertThat(http.readResponse().status()).isEqualTo(401); // not 100
      }
    }
  }

  @Test // F5, K1
  void a_request_is_refused_without_waiting_for_an_endless_body() throws IOException {
    try (RawHttp http = server.connect()) {
      http.send(request("POST", PAGE, "Content-Length: 9223372036854775807"));
      assertThat(http.readResponse().status())
          .isEqualTo(Container.NAME.equals("undertow") ? 400 : 401);
    }
  }

  @Test // F4
  void a_chunked_body_over_16_kib_is_answered_413() throws IOException {
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    try (RawHttp http = server.connect()) {
      http.send(request("POST", TOKENS + "/create", server.bearer, JSON, CHUNKED));
      for (int i = 0; i < 5; i++) {
        http.send(chunk); // without a last chunk
      }
      assertThat(http.readResponse().status()).isEqualTo(413);
    }
  }

  @Test // F4
  void a_body_whose_content_length_is_too_large_is_answered_413_unread() throws IOException {
    try (RawHttp http = server.connect()) {
      http.send(request("POST", TOKENS + "/create", server.bearer, JSON, "Content-Length: 16385"));
      assertThat(http.readResponse().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest // F2, K1
  @ValueSource(
      strings = {
        "zz\r\n{}",
        "-1\r\n",
        "ffffffffffffffffffff\r\nx",
        "1\r\n{}\r\n0\r\n\r\n",
        "5;x=\u0000\r\n",
        "\r\n"
      })
  void a_broken_chunk_is_answered_400(String chunk) throws IOException {
    try (RawHttp http = server.connect()) {
      http.send(request("POST", TOKENS + "/create", server.bearer, JSON, CHUNKED) + chunk);
      http.endOfRequest();
      assertBadRequest(http, !chunk.startsWith("1"));
    }
  }

  @ParameterizedTest // F2
  @ValueSource(strings = {CHUNKED, "Content-Length: 100"})
  void a_truncated_body_is_answered_400(String framing) throws IOException {
    try (RawHttp http = server.connect()) {
      http.send(request("POST", TOKENS + "/create", server.bearer, JSON, framing));
      http.send(framing.equals(CHUNKED) ? "c\r\n{\"name\":\"x\"}\r\n" : "{\"name\":\"x\"}");
      http.endOfRequest();
      assertBadRequest(http, framing.equals(CHUNKED));
    }
  }

  /** Undertow closes the connection if it cannot parse the chunks. */
  private static void assertBadRequest(RawHttp http, boolean brokenChunk) throws IOException {
    if (brokenChunk && Container.NAME.equals("undertow")) {
      assertThat(http.isClosedUnanswered()).isTrue();
    } else {
      assertThat(http.readResponse().status()).isEqualTo(400);
    }
  }

  @ParameterizedTest // E9, F4
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16"
      })
  void another_content_type_is_answered_415(String type) throws IOException {
    String plain = post(TOKENS + "/create", "{\"name\":\"x\"}", server.bearer)
        .replace("application/json", type);
    assertThat(server.exchange(plain).status()).isEqualTo(415);
    String gzip =
        post(TOKENS + "/create", "{\"name\":\"x\"}", server.bearer, "Content-Encoding: gzip");
    assertThat(server.exchange(gzip).status()).isEqualTo(415);
  }

  @Test // C4, C5
  void the_error_for_a_bad_body_does_not_quote_it() throws IOException {
    Response response =
        server.exchange(post(TOKENS + "/create", "{\"s3cret\":s3cret}", server.bearer));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.fields() + response.body())
        .doesNotContain("s3cret", "jackson", "Exception");
  }
}

package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.RawHttp.Response;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import java.io.EOFException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long lists and pages over HTTP. */
@OnEveryContainer
class ListWireTest {
  private static final String BROKEN = "/api/broken";

  private final TestServer server = new TestServer();

  @BeforeEach
  void start() throws Exception {
    IntStream.rangeClosed(2, 1201).forEach(i -> server.tokens.create(NewToken.named("t" + i)));
    TokenManager broken = TokenManager.builder(BrokenStore.failingAfterFirstPage(
            server.store, "", BrokenStore.failures().findFirst().orElseThrow()))
        .build();
    server.mount(BROKEN + "/*", new ApiServlet(TokenApi.of(broken, ManagementPolicy.anyToken())));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test // P6, E1
  void a_long_list_is_chunked_and_complete() throws Exception {
    try (RawHttp http = server.connect()) { // one connection: a wrong end breaks the next response
      for (int i = 0; i < 2; i++) {
        http.send(request("GET", TOKENS, server.bearer));
        Response response = http.readResponse();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.values("Transfer-Encoding")).containsExactly("chunked");
        assertThat(response.body())
            .startsWith("{\"success\":true,\"obj\":[{\"id\":1,")
            .contains("\"id\":500,", "},{\"id\":501,")
            .endsWith(
                "{\"id\":1201,\"name\":\"t1201\",\"enabled\":true,\"createdAt\":1736000000}]}");
      }
      http.send(request("HEAD", TOKENS, server.bearer));
      Response head = http.readResponse(true);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.values("Content-Length")).isEmpty();
      http.send(request("GET", TOKENS + "?limit=1", server.bearer));
      assertThat(http.readResponse().body()).contains("\"id\":1,").doesNotContain("\"id\":2,");
    }
  }

  @Test // P6
  void a_page_has_a_length_and_a_link_to_the_next_one() throws Exception {
    for (String method : new String[] {"GET", "HEAD"}) {
      Response page =
          server.exchange(request(method, TOKENS + "?limit=2&x=%41&after=7", server.bearer));
      assertThat(page.values("Link")).containsExactly("<?after=9&limit=2>; rel=\"next\"");
      assertThat(page.values("Content-Length")).hasSize(1);
      assertThat(page.body().isEmpty()).isEqualTo(method.equals("HEAD"));
    }
    Response bad = server.exchange(request("GET", TOKENS + "/?limit=501", server.bearer));
    assertThat(bad.status()).isEqualTo(400);
  }

  @Test // I2, P6: the client must not take a part for the whole
  void a_list_whose_later_page_fails_is_truncated_and_the_failure_is_logged_once()
      throws Exception {
    String log = CapturedLog.of(() -> {
      try (RawHttp http = server.connect()) {
        http.send(request("GET", BROKEN, server.bearer));
        assertThatThrownBy(http::readResponse)
            .isInstanceOf(EOFException.class)
            .hasMessage("the response is truncated");
      }
      Response next = server.exchange(request("GET", TOKENS + "?limit=1", server.bearer));
      assertThat(next.status()).isEqualTo(200);
    });
    assertThat(log).containsOnlyOnce("Broke off a response").doesNotContain(BrokenStore.SECRET);
  }
}

package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The host that tells strangers nothing. */
class ConcealedTest {
  private Host host;

  @BeforeEach
  void start() throws Exception {
    host = new Host(true);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test // C6
  void to_strangers_there_is_nothing_here_as_there_is_nothing_elsewhere() throws Exception {
    Visitor page = host.page("ann");
    host.tokens.disable(1);
    String nothing = text(host.stranger.get("/nowhere"));
    assertThat(nothing).startsWith("404 ");
    for (Visitor visitor : List.of(
        host.stranger,
        host.stranger.withToken("nonsense"),
        host.stranger.withToken(host.annsToken),
        host.stranger.with("Cookie", "JSESSIONID=node0abc.node0"),
        page.withToken("nonsense"))) {
      for (String path : List.of("/api/hello", "/api/session", "/api/tokens", "/api/nothing")) {
        for (String method : List.of("GET", "POST", "FOO")) {
          assertThat(text(visitor.send(method, path, ""))).isEqualTo(nothing);
        }
      }
    }
  }

  @Test
  void users_and_bots_are_no_strangers() throws Exception {
    assertThat(host.page("ann").get("/api/hello").statusCode()).isEqualTo(200);
    assertThat(host.stranger.withToken(host.annsToken).get("/api/hello").statusCode())
        .isEqualTo(200);
  }

  /** All of an answer but the time. */
  private static String text(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
    headers.remove("date");
    return answer.statusCode() + " " + headers + answer.body();
  }
}

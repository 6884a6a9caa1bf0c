package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application when it hides its existence from clients without a login or token. */
class HiddenExistenceTest {
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
  void every_path_is_the_same_404_without_a_login_or_token() throws Exception {
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
  void users_and_bots_get_their_pages() throws Exception {
    assertThat(host.page("ann").get("/api/hello").statusCode()).isEqualTo(200);
    assertThat(host.stranger.withToken(host.annsToken).get("/api/hello").statusCode())
        .isEqualTo(200);
  }

  /** Returns the whole response except the time. */
  private static String text(HttpResponse<String> response) {
    Map<String, List<String>> headers = new HashMap<>(response.headers().map());
    headers.remove("date");
    return response.statusCode() + " " + headers + response.body();
  }
}

package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A revocation takes effect at the next request, even on the same connection. */
@OnEveryContainer
class RevocationWireTest {
  private final TestServer server = new TestServer();
  private RawHttp bot;
  private String credential = "";

  @BeforeEach
  void start() throws Exception {
    server.start();
    NewToken newToken = NewToken.named("bot").expiresAt(server.clock.instant().plusSeconds(10));
    credential = "Authorization: Bearer " + server.tokens.create(newToken).reveal();
    bot = server.connect();
    assertThat(status()).isEqualTo(200);
  }

  @AfterEach
  void stop() throws Exception {
    bot.close();
    server.close();
  }

  @Test // G2
  void a_disabled_token_is_refused_at_the_next_request_until_it_is_enabled() throws IOException {
    for (int i = 0; i < 100; i++) {
      manage("/setEnabled/2", "{\"enabled\":false}");
      assertThat(status()).isEqualTo(401);
      manage("/setEnabled/2", "{\"enabled\":true}");
      assertThat(status()).isEqualTo(200);
    }
  }

  @Test // G2, M5
  void a_deleted_token_is_refused_at_the_next_request_even_if_its_name_is_used_again()
      throws IOException {
    manage("/delete/2", "");
    assertThat(status()).isEqualTo(401);
    manage("/create", "{\"name\":\"bot\"}");
    assertThat(status()).isEqualTo(401);
    assertThat(server.store.content()).extracting(token -> token.id()).containsExactly(1L, 3L);
  }

  @Test // J1
  void an_expired_token_is_refused_at_the_next_request() throws IOException {
    server.clock.advance(Duration.ofMillis(9_999));
    assertThat(status()).isEqualTo(200);
    server.clock.advance(Duration.ofMillis(1));
    assertThat(status()).isEqualTo(401);
  }

  @Test // M3: documented, not prevented
  void a_token_can_disable_itself_and_then_manages_nothing() throws IOException {
    bot.send(post(TOKENS + "/setEnabled/2", "{\"enabled\":false}", credential));
    assertThat(bot.readResponse().status()).isEqualTo(200);
    bot.send(post(TOKENS + "/setEnabled/2", "{\"enabled\":true}", credential));
    assertThat(bot.readResponse().status()).isEqualTo(401);
  }

  private int status() throws IOException {
    bot.send(request("GET", PAGE, credential));
    return bot.readResponse().status();
  }

  private void manage(String path, String json) throws IOException {
    assertThat(server.exchange(post(TOKENS + path, json, server.bearer)).body())
        .startsWith("{\"success\":true");
  }
}

package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tomcat's log for a request with a token that is not valid HTTP, because of one control character. */
class TomcatLogNoSecurityTest {
  private static final String TOKEN = "cf_OfAClientThatIsBroken";
  private static final String BROKEN =
      "GET /api/hello HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN + "\u0001\r\n\r\n";

  @Test
  void the_log_shows_no_token_unless_the_application_sets_the_level() {
    for (String lazy : new String[] {"false", "true"}) {
      assertThat(log("spring.main.lazy-initialization=" + lazy)).doesNotContain(TOKEN);
    }
    assertThat(log("logging.level.org.apache.coyote.http11=info")).contains(TOKEN);
  }

  private static String log(String setting) {
    String log = Startup.consoleOf(() -> {
      try (Server server = Server.start(HelloApplication.class, setting)) {
        assertThat(server.sendRaw(BROKEN)).startsWith("HTTP/1.1 400").doesNotContain(TOKEN);
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    });
    assertThat(log).contains("Tomcat started");
    return log;
  }
}

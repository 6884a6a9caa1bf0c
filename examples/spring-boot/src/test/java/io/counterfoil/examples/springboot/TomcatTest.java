package io.counterfoil.examples.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** What Tomcat says of a request that has a token, but is not HTTP: one control byte is enough. */
class TomcatTest {
  private static final String TOKEN = "cf_OfSomebodyWhoseClientIsBroken";
  private static final String BROKEN =
      "GET /api/hello HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN + "\u0001\r\n\r\n";

  /** What somebody saw who sent it, and what the log says. */
  private record Said(String page, String log) {}

  @Test
  void its_page_and_its_log_show_no_token() throws Exception {
    Said said = said();
    assertThat(said.page).startsWith("HTTP/1.1 400").doesNotContain(TOKEN);
    assertThat(said.log).contains("Tomcat started").doesNotContain(TOKEN);
  }

  @Test
  void both_would_show_it_without_the_settings_of_the_example() throws Exception {
    Said said = said(
        "--logging.level.org.apache.coyote.http11=info",
        "--spring.web.error.include-stacktrace=always",
        "--server.error.include-stacktrace=always");
    assertThat(said.page).startsWith("HTTP/1.1 400").contains(TOKEN);
    assertThat(said.log).contains("Tomcat started").contains(TOKEN);
  }

  private static Said said(String... settings) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, UTF_8));
    String page;
    try (Running server = Running.start(settings)) {
      page = server.raw(BROKEN);
    } finally {
      System.setOut(console);
    }
    return new Said(page, log.toString(UTF_8));
  }
}

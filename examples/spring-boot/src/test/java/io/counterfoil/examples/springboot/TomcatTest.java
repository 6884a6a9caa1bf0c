package io.counterfoil.examples.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** Tomcat's error page and log for a request with a token that is not valid HTTP, because of one control character. */
class TomcatTest {
  private static final String TOKEN = "cf_OfAClientThatIsBroken";
  private static final String BROKEN =
      "GET /api/hello HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN + "\u0001\r\n\r\n";

  private record Output(String page, String log) {}

  @Test
  void its_page_and_its_log_show_no_token() throws Exception {
    Output output = sendBrokenRequest();
    assertThat(output.page).startsWith("HTTP/1.1 400").doesNotContain(TOKEN);
    assertThat(output.log).contains("Tomcat started").doesNotContain(TOKEN);
  }

  @Test
  void both_show_it_without_the_settings_of_the_example() throws Exception {
    Output output = sendBrokenRequest(
        "--logging.level.org.apache.coyote.http11=info",
        "--spring.web.error.include-stacktrace=always",
        "--server.error.include-stacktrace=always");
    assertThat(output.page).startsWith("HTTP/1.1 400").contains(TOKEN);
    assertThat(output.log).contains("Tomcat started").contains(TOKEN);
  }

  private static Output sendBrokenRequest(String... settings) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, UTF_8));
    String page;
    try (RunningApplication server = RunningApplication.start(settings)) {
      page = server.sendRaw(BROKEN);
    } finally {
      System.setOut(console);
    }
    return new Output(page, log.toString(UTF_8));
  }
}

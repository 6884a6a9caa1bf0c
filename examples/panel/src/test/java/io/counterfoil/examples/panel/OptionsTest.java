package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void without_options_the_panel_listens_on_loopback_and_keeps_tokens_in_a_file() throws BadOption {
    assertThat(parse())
        .isEqualTo(new Options(
            false,
            "127.0.0.1",
            8080,
            Optional.of(new Database("jdbc:sqlite:panel.db", "", "")),
            Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          --bogus=1                        | --bogus (expected: one of --port, --host, --store, --jdbc-url, --jdbc-user, --jdbc-password, --create-token, --help)
          8080                             | 8080 (expected: one of --port, --host, --store, --jdbc-url, --jdbc-user, --jdbc-password, --create-token, --help)
          --port                           | --port (expected: --port=VALUE)
          --port=                          | --port:  (expected: 0 to 65535)
          --port=-1                        | --port: -1 (expected: 0 to 65535)
          --port=+80                       | --port: +80 (expected: 0 to 65535)
          --port=65536                     | --port: 65536 (expected: 0 to 65535)
          --port=٨٠                        | --port: ٨٠ (expected: 0 to 65535)
          --host=                          | --host:  (expected: an address of this machine)
          --host=999.0.0.1                 | --host: 999.0.0.1 (expected: an address of this machine)
          --store=redis                    | --store: redis (expected: jdbc or memory)
          --jdbc-url=jdbc:mysql://h/d?password=x | --jdbc-url (expected: a URL that starts with jdbc:sqlite:, jdbc:h2: or jdbc:postgresql:)
          --jdbc-url=jdbc:sqlite::memory:  | --jdbc-url (expected: a file; --store=memory keeps tokens in memory)
          --help=yes                       | --help (expected: no value)
          """)
  void an_unknown_or_broken_option_is_refused_with_what_was_expected(String arg, String message) {
    assertThatExceptionOfType(BadOption.class).isThrownBy(() -> parse(arg)).withMessage(message);
  }

  @Test
  void a_database_is_refused_where_tokens_are_kept_in_memory() {
    assertThatExceptionOfType(BadOption.class)
        .isThrownBy(() -> parse("--store=memory", "--jdbc-url=jdbc:sqlite:panel.db"))
        .withMessage("--jdbc-url (expected: not together with --store=memory)");
  }

  @Test
  void what_is_given_on_the_command_line_counts_more_than_the_environment() throws BadOption {
    Map<String, String> environment =
        Map.of(Options.USER_VARIABLE, "one", Options.PASSWORD_VARIABLE, "two");
    assertThat(Options.parse(List.of("--jdbc-user=three"), environment).database())
        .hasValue(new Database("jdbc:sqlite:panel.db", "three", "two"));
  }

  @Test // L1
  void no_text_of_the_options_shows_how_to_log_in_to_the_database() throws BadOption {
    assertThat(parse("--jdbc-url=jdbc:h2:x;PASSWORD=sesame", "--jdbc-password=sesame")
            .toString())
        .doesNotContain("sesame");
  }

  @ParameterizedTest // H2, H3
  @CsvSource({
    "jdbc:h2:./a, jdbc:h2:./a;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
    "jdbc:h2:./a;write_delay=5, jdbc:h2:./a;write_delay=5;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
    "jdbc:sqlite:a.db, jdbc:sqlite:a.db?journal_mode=WAL&synchronous=FULL&busy_timeout=10000",
    "jdbc:sqlite:a.db?cache=shared&synchronous=EXTRA, "
        + "jdbc:sqlite:a.db?cache=shared&synchronous=EXTRA&journal_mode=WAL&busy_timeout=10000",
    "jdbc:postgresql://h/d?ssl=true, jdbc:postgresql://h/d?ssl=true"
  })
  void a_url_is_made_durable_and_what_it_says_itself_stands(String url, String durable) {
    assertThat(new Database(url, "", "").durableUrl()).isEqualTo(durable);
  }

  private static Options parse(String... args) throws BadOption {
    return Options.parse(List.of(args), Map.of());
  }
}

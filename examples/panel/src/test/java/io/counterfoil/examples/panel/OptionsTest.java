package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void without_options_the_panel_listens_on_loopback_and_keeps_tokens_in_a_file()
      throws OptionException {
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
          --host=203.0.113.7               | --host: 203.0.113.7 (expected: an address of this machine)
          --store=redis                    | --store: redis (expected: jdbc or memory)
          --jdbc-url=jdbc:mysql://h/d?password=x | --jdbc-url (expected: a URL that starts with jdbc:sqlite:, jdbc:h2: or jdbc:postgresql:)
          --jdbc-url=jdbc:sqlite::memory:  | --jdbc-url (expected: a file; --store=memory keeps tokens in memory)
          --jdbc-url=jdbc:sqlite:file::memory:?cache=shared | --jdbc-url (expected: a file; --store=memory keeps tokens in memory)
          --help=yes                       | --help (expected: no value)
          """)
  void an_unknown_or_invalid_option_is_rejected_with_the_expected_values(
      String arg, String message) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> parse(arg))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--jdbc-url", "--jdbc-user", "--jdbc-password", "--create-token"})
  void an_option_for_databases_is_rejected_with_the_store_in_memory(String option) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> parse("--store=memory", option + "=jdbc:sqlite:panel.db"))
        .withMessage(option + " (expected: not together with --store=memory)");
  }

  @Test
  void an_address_may_be_written_as_in_a_url() throws OptionException {
    assertThat(parse("--host=[::]").host()).isEqualTo("::");
  }

  @Test // L1
  void an_error_message_does_not_contain_the_jdbc_url() {
    Exception failure = new IllegalStateException(
        "cannot open",
        new SQLException(
            "unsupported setting in \"jdbc:h2:x;PASSWORD=correct horse;A=1\" [90113]"));
    assertThat(ErrorMessages.inOneLine(failure))
        .isEqualTo("cannot open: unsupported setting in \"jdbc:****\" [90113]");
  }

  @Test
  void the_command_line_overrides_the_environment() throws OptionException {
    Map<String, String> environment =
        Map.of(Options.USER_VARIABLE, "one", Options.PASSWORD_VARIABLE, "two");
    assertThat(Options.parse(List.of("--jdbc-user=three"), environment).database())
        .hasValue(new Database("jdbc:sqlite:panel.db", "three", "two"));
  }

  @Test // L1
  void the_text_form_of_options_does_not_contain_credentials() throws OptionException {
    assertThat(parse("--jdbc-url=jdbc:h2:x;PASSWORD=sesame", "--jdbc-password=sesame")
            .toString())
        .doesNotContain("sesame");
  }

  @ParameterizedTest // H2, H3
  @CsvSource({
    "jdbc:h2:./a, jdbc:h2:async:./a;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
    "jdbc:h2:file:C:/a, jdbc:h2:async:C:/a;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
    "jdbc:h2:tcp://h/a, jdbc:h2:tcp://h/a;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
    "jdbc:h2:async:./a, jdbc:h2:async:./a;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
    "jdbc:h2:./a;trace_level_file=3, jdbc:h2:async:./a;trace_level_file=3;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
    "jdbc:h2:mem:a, jdbc:h2:mem:a;DB_CLOSE_DELAY=-1",
    "jdbc:sqlite:a.db, jdbc:sqlite:a.db?journal_mode=WAL&synchronous=FULL&busy_timeout=3000",
    "jdbc:sqlite:a.db?cache=shared&synchronous=EXTRA, "
        + "jdbc:sqlite:a.db?cache=shared&synchronous=EXTRA&journal_mode=WAL&busy_timeout=3000",
    "jdbc:postgresql://h/d, jdbc:postgresql://h/d?connectTimeout=3&socketTimeout=10",
    "jdbc:postgresql://h/d?socketTimeout=0, jdbc:postgresql://h/d?socketTimeout=0&connectTimeout=3"
  })
  void a_url_is_made_durable_and_impatient_and_what_it_says_itself_stands(String url, String full) {
    assertThat(new Database(url, "", "").fullUrl()).isEqualTo(full);
  }

  private static Options parse(String... args) throws OptionException {
    return Options.parse(List.of(args), Map.of());
  }
}

package io.counterfoil.examples.import3xui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportOptionsTest {
  private static final String SECRET = "sesame-sesame";

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --bogus     | --bogus (expected: one of --from, --jdbc-url, --jdbc-user, --jdbc-password, --owner, --dry-run, --help)
      x-ui.db     | x-ui.db (expected: one of --from, --jdbc-url, --jdbc-user, --jdbc-password, --owner, --dry-run, --help)
      --from      | --from (expected: --from=VALUE)
      --from=     | --from (expected: the SQLite database of 3x-ui)
      --dry-run=1 | --dry-run (expected: no value)
      --jdbc-url= | --jdbc-url (expected: a URL that starts with one of jdbc:sqlite:, jdbc:h2:, jdbc:postgresql:)
      --jdbc-url=jdbc:mysql://h/d?password=x | --jdbc-url (expected: a URL that starts with one of jdbc:sqlite:, jdbc:h2:, jdbc:postgresql:)
      --jdbc-url=jdbc:sqlite::memory: | --jdbc-url (expected: a database that outlives this command)
      --jdbc-url=jdbc:h2:mem:tokens   | --jdbc-url (expected: a database that outlives this command)
      '--owner= ann' | --owner: owner: white space at an end (expected: at most 255 code points, no white space at either end, no control, line-breaking or bidi-control characters, no unpaired surrogates)
      """)
  void an_invalid_option_is_one_line_with_the_expected_values_and_exit_code_2(
      String option, String message) {
    assertThat(CommandRun.here("--from=x-ui.db", "--jdbc-url=jdbc:sqlite:tokens.db", option))
        .isEqualTo(new CommandRun(2, "", "import: " + message + '\n'));
  }

  @Test
  void source_and_target_are_required() {
    assertThat(CommandRun.here("--jdbc-url=jdbc:sqlite:tokens.db").err())
        .isEqualTo("import: --from (expected: the SQLite database of 3x-ui)\n");
    assertThat(CommandRun.here("--from=x-ui.db").err())
        .startsWith("import: --jdbc-url (expected: ");
  }

  @Test
  void user_and_password_come_from_the_environment_too_and_are_never_shown() throws Exception {
    Options options = Options.parse(
        List.of("--from=x-ui.db", "--jdbc-url=jdbc:h2:./t", "--jdbc-user=ann"),
        Map.of("IMPORT_JDBC_USER", "bob", "IMPORT_JDBC_PASSWORD", SECRET));
    assertThat(options)
        .isEqualTo(new Options(Path.of("x-ui.db"), "jdbc:h2:./t", "ann", SECRET, "", false));
    assertThat(options.toString()).doesNotContain(SECRET);
  }

  @Test
  void help_is_on_standard_output_with_exit_code_0() {
    assertThat(CommandRun.here("--help")).isEqualTo(new CommandRun(0, Options.USAGE, ""));
  }
}

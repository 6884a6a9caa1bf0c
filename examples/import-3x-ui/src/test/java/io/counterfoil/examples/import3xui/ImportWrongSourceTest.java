package io.counterfoil.examples.import3xui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source is not a 3x-ui database. */
class ImportWrongSourceTest {
  @TempDir
  Path folder;

  String url;

  @BeforeEach
  void chooseUrl() {
    url = TestDatabase.SQLITE.newUrl(folder);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      CREATE TABLE users (id integer) | --from: no table api_tokens (expected: the database of 3x-ui, with id, name, token, enabled, created_at)
      CREATE TABLE api_tokens (id integer, name text) | --from: columns are missing in api_tokens (expected: the database of 3x-ui, with id, name, token, enabled, created_at)
      """)
  void a_database_of_another_program_is_one_line_on_standard_error(String table, String message)
      throws Exception {
    try (XuiDatabase xui = XuiDatabase.without(folder, table)) {
      CommandRun run = CommandRun.here(xui, url);
      assertThat(run).isEqualTo(new CommandRun(1, "", "import: " + message + '\n'));
      assertThat(folder.resolve("tokens.db")).doesNotExist();
    }
  }

  @Test
  void a_file_that_is_no_database_is_one_line_on_standard_error() throws Exception {
    Path text = Files.writeString(folder.resolve("x-ui.db"), "no database ".repeat(100));
    CommandRun run = CommandRun.here("--from=" + text, "--jdbc-url=" + url);
    assertThat(run.err()).startsWith("import: ").contains("not a database").hasLineCount(1);
    assertThat(run.code()).isEqualTo(1);
    CommandRun none = CommandRun.here("--from=/none/x-ui.db", "--jdbc-url=" + url);
    assertThat(none)
        .isEqualTo(new CommandRun(1, "", "import: --from: /none/x-ui.db (expected: a file)\n"));
  }
}

package io.counterfoil.examples.import3xui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is not the database of 3x-ui. */
class ImportWrongSourceTest {
  @TempDir
  Path folder;

  String url;

  @BeforeEach
  void chooseUrl() {
    url = Databases.SQLITE.freshUrl(folder);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      CREATE TABLE users (id integer) | --from: no table api_tokens (expected: the database of 3x-ui, with id, name, token, enabled, created_at)
      CREATE TABLE api_tokens (id integer, name text) | --from: a table api_tokens without its columns (expected: the database of 3x-ui, with id, name, token, enabled, created_at)
      """)
  void another_database_is_one_line_on_standard_error(String table, String message)
      throws Exception {
    try (Panel panel = Panel.without(folder, table)) {
      Run run = Run.here(panel, url);
      assertThat(run).isEqualTo(new Run(1, "", "import: " + message + '\n'));
      assertThat(folder.resolve("tokens.db")).doesNotExist();
    }
  }

  @Test
  void what_is_no_database_is_one_line_on_standard_error() throws Exception {
    Path text = Files.writeString(folder.resolve("x-ui.db"), "no database ".repeat(100));
    Run run = Run.here("--from=" + text, "--jdbc-url=" + url);
    assertThat(run.err()).startsWith("import: ").contains("not a database").hasLineCount(1);
    assertThat(run.code()).isEqualTo(1);
    Run none = Run.here("--from=/none/x-ui.db", "--jdbc-url=" + url);
    assertThat(none)
        .isEqualTo(new Run(1, "", "import: --from: /none/x-ui.db (expected: a file)\n"));
  }
}

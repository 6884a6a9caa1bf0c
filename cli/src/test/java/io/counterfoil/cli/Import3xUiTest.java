package io.counterfoil.cli;

import static io.counterfoil.cli.XuiDatabase.plaintext;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tokens after an import from 3x-ui. */
class Import3xUiTest {
  private static final long SECONDS = 1_736_000_000;
  private static final long FUTURE = 4_000_000_000_123L;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void tokens_are_imported_as_they_were_and_a_second_run_changes_nothing(TestDatabase database)
      throws Exception {
    Workplace tool = Workplace.onDatabase(database, folder);
    try (XuiDatabase xui = XuiDatabase.current(folder)) {
      xui.token("central-xui-a", 1, SECONDS, "admin", 0)
          .token("off", 0, SECONDS, "monitor", 0)
          .token("over", 1, SECONDS, "monitor", 1_800_000_000L)
          .token("two rights", 1, SECONDS, "monitor, node-sync", FUTURE);
      String file = xui.file.toString();
      CliRun dry = tool.run("import", "3x-ui", file, "--dry-run").done();
      assertThat(tool.run("list").out()).isEmpty();
      CliRun run = tool.run("import", "3x-ui", file).done();
      assertThat(run.out()).isEqualTo(dry.out()).isEqualTo("""
              imported: id 1 "central-xui-a": enabled, created 2025-01-04T14:13:20Z, never expires, scopes *
              imported: id 2 "off": disabled, created 2025-01-04T14:13:20Z, never expires, scopes monitor
              imported: id 3 "over": enabled, created 2025-01-04T14:13:20Z, expires 1970-01-21T20:00:00Z, scopes monitor
              imported: id 4 "two rights": enabled, created 2025-01-04T14:13:20Z, expires 2096-10-02T07:06:40.123Z, scopes monitor node-sync
              tokens: 4, imported: 4, already there: 0, rejected: 0
              """);
      String identified = tool.runWith(plaintext("central-xui-a"), "identify", "--output=json")
          .done()
          .out();
      assertThat(identified).contains("\"createdAt\":1736000000", "\"scopes\":[\"*\"]");
      String id = identified.replaceFirst(".*\"id\":([0-9]+).*\n", "$1");
      tool.run("disable", id).done();
      assertThat(tool.run("import", "3x-ui", file).done().out()).isEqualTo("""
              already there: id 1 "central-xui-a": unchanged, but disabled there
              already there: id 2 "off": unchanged
              already there: id 3 "over": unchanged
              already there: id 4 "two rights": unchanged
              tokens: 4, imported: 0, already there: 4, rejected: 0
              """);
    }
  }

  @ParameterizedTest
  @CsvSource({"delete", "rotate"})
  void a_token_that_was_deleted_or_rotated_twice_does_not_come_back(String change)
      throws Exception {
    Workplace tool = Workplace.onSqlite(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder).token("a", 1, SECONDS)) {
      tool.run("import", "3x-ui", xui.file.toString()).done();
      if (change.equals("delete")) {
        tool.run("delete", "1").done();
      } else {
        tool.run("rotate", "1", "--overlap=0s").done();
        tool.run("rotate", "1", "--overlap=0s").done();
      }
      for (String more : new String[] {"--dry-run", "--owner="}) {
        assertThat(tool.run("import", "3x-ui", xui.file.toString(), more).done().out())
            .isEqualTo("""
                already there: id 1 "a": imported before; deleted or rotated since then, so unchanged
                tokens: 1, imported: 0, already there: 1, rejected: 0
                """);
      }
    }
    tool.runWith(plaintext("a"), "identify").refused();
  }

  @Test
  void a_hash_and_a_name_of_another_token_are_rejected() throws Exception {
    Workplace tool = Workplace.onSqlite(folder);
    tool.run("create", "taken").done();
    try (XuiDatabase xui = XuiDatabase.old(folder)) {
      xui.token("first", 1, SECONDS).token("copy", 1, SECONDS).token("taken", 1, SECONDS);
      xui.sql("UPDATE api_tokens SET token = (SELECT token FROM api_tokens WHERE id = 1)"
          + " WHERE name = 'copy'");
      CliRun dry = tool.run("import", "3x-ui", xui.file.toString(), "--dry-run").refused();
      CliRun run = tool.run("import", "3x-ui", xui.file.toString()).refused();
      assertThat(run.out()).isEqualTo(dry.out()).isEqualTo("""
              imported: id 1 "first": enabled, created 2025-01-04T14:13:20Z, never expires, scopes *
              rejected: id 2 "copy": token: already imported as "first" of owner ""
              rejected: id 3 "taken": name: in use by another token, or by this one with a new hash
              tokens: 3, imported: 1, already there: 0, rejected: 2
              """);
    }
  }

  @Test
  void imported_tokens_get_the_owner_of_the_option_and_obey_the_rules_of_the_application()
      throws Exception {
    Workplace tool = Workplace.onSqlite(
        folder, "counterfoil.max-lifetime=90d", "counterfoil.scopes[0].name=monitor");
    long soon = System.currentTimeMillis() + 1_000_000;
    try (XuiDatabase xui = XuiDatabase.current(folder)) {
      xui.token("good", 1, SECONDS, "monitor", soon)
          .token("eternal", 1, SECONDS, "monitor", 0)
          .token("other", 1, SECONDS, "node-sync", soon);
      CliRun run =
          tool.run("import", "3x-ui", xui.file.toString(), "--owner=ann").refused();
      assertThat(run.rows("imported")).containsExactly("id 1");
      assertThat(run.out())
          .contains("rejected: id 2 \"eternal\": expiresAt: none (expected: ")
          .contains("rejected: id 3 \"other\": scopes: one of them is not known (expected: ");
      assertThat(tool.run("list", "--owner=ann").out()).hasLineCount(2);
    }
    tool.run("import", "3x-ui", "x", "--owner= ann")
        .invalid("--owner: owner: white space at an end"
            + " (expected: at most 255 code points, no white space at either end, no control,"
            + " line-breaking or bidi-control characters, no unpaired surrogates)");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      CREATE TABLE users (id integer) | no table api_tokens
      CREATE TABLE api_tokens (id integer, name text) | columns are missing in api_tokens
      """)
  void a_database_of_another_program_is_refused(String table, String found) throws Exception {
    Workplace tool = Workplace.onSqlite(folder);
    try (XuiDatabase xui = XuiDatabase.without(folder, table)) {
      tool.run("import", "3x-ui", xui.file.toString())
          .invalid("FILE: " + found
              + " (expected: the database of 3x-ui, with id, name, token, enabled, created_at)");
    }
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    Workplace tool = Workplace.onSqlite(folder);
    Path text = Files.writeString(folder.resolve("x-ui.db"), "no database ".repeat(100));
    CliRun run = tool.run("import", "3x-ui", text.toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("counterfoil: FILE: ")
        .contains("not a database")
        .hasLineCount(1);
    tool.run("import", "3x-ui", "/none/x-ui.db")
        .invalid("FILE: \"/none/x-ui.db\" (expected: a file)");
  }
}

package io.counterfoil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that 3x-ui would not write are rejected with a reason; the others are imported. */
class Import3xUiRowTest {
  @TempDir
  Path folder;

  XuiDatabase xui;
  Workplace tool;

  @BeforeEach
  void createPanel() throws Exception {
    tool = Workplace.onSqlite(folder);
    xui = XuiDatabase.without(
            folder,
            "CREATE TABLE api_tokens (id integer PRIMARY KEY, name, token, enabled, created_at,"
                + " scope, expires_at)")
        .token("broken", 1, 1_736_000_000, "admin", 0)
        .token("good", 1, 1_736_000_000, "admin", 0);
  }

  @AfterEach
  void close() throws Exception {
    xui.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      created_at = NULL                | created_at: (expected: a whole number)
      created_at = ''                  | created_at: (expected: a whole number)
      created_at = '1736000000'        | created_at: (expected: a whole number)
      created_at = 1736000000.5        | created_at: (expected: a whole number)
      created_at = 0                   | created_at: (expected: seconds or milliseconds since 1970, more than 0)
      created_at = -1                  | created_at: (expected: seconds or milliseconds since 1970, more than 0)
      created_at = 99999999999         | createdAt: 5138-11-16T09:46:39Z (expected: from 1970 to now)
      created_at = 9223372036854775807 | createdAt: +292278994-08-17T07:12:55.807Z (expected: from 1970 to now)
      enabled = NULL                   | enabled: (expected: a whole number)
      enabled = 'true'                 | enabled: (expected: a whole number)
      enabled = 2                      | enabled: (expected: 0 or 1)
      expires_at = NULL                | expires_at: (expected: a whole number)
      expires_at = -1                  | expires_at: (expected: milliseconds since 1970, or 0 for never)
      expires_at = 9223372036854775807 | expiresAt: +292278994-08-17T07:12:55.807Z (expected: at most 9999-12-31T23:59:59Z)
      scope = NULL                     | scope: (expected: a text)
      scope = ''                       | scope: "" (expected: printable ASCII without blank, quotation mark and backslash)
      scope = ' '                      | scope: "" (expected: printable ASCII without blank, quotation mark and backslash)
      scope = ','                      | scope: "" (expected: printable ASCII without blank, quotation mark and backslash)
      scope = 'monitor,'               | scope: "" (expected: printable ASCII without blank, quotation mark and backslash)
      scope = 'admin,'                 | scope: (expected: admin alone, or scopes other than admin and *)
      scope = 'admin,monitor'          | scope: (expected: admin alone, or scopes other than admin and *)
      scope = '*'                      | scope: (expected: admin alone, or scopes other than admin and *)
      scope = 'monitor *'              | scope: (expected: admin alone, or scopes other than admin and *)
      scope = 'ad"min'                 | scope: "ad\\"min" (expected: printable ASCII without blank, quotation mark and backslash)
      token = NULL                     | token: (expected: a text)
      token = 'Iss5eSiahoh9Phaingahbaef7ohz4Tuopaeng7Eexoo5Shie' | token: (expected: 64 of 0-9, a-f; the plaintexts of old versions become hashes when a newer 3x-ui starts)
      token = upper(token)             | token: (expected: 64 of 0-9, a-f; the plaintexts of old versions become hashes when a newer 3x-ui starts)
      token = CAST(token AS BLOB)      | token: (expected: a text)
      """)
  void a_row_that_3x_ui_does_not_write_is_rejected_and_the_next_one_imported(
      String set, String reason) throws Exception {
    xui.sql("UPDATE api_tokens SET " + set + " WHERE name = 'broken'");
    CliRun run = tool.run("import", "3x-ui", xui.file.toString());
    assertThat(run.out()).isEqualTo("""
            rejected: id 1 "broken": %s
            imported: id 2 "good": enabled, created 2025-01-04T14:13:20Z, never expires, scopes *
            tokens: 2, imported: 1, already there: 0, rejected: 1
            """.formatted(reason.replace("\\\\", "\\")));
    assertThat(run.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
      NULL                  ; without a name: name: (expected: a text)
      x'80'                 ; without a name: name: (expected: a text)
      ''                    ; "": name: empty
      ' a'                  ; " a": name: white space at an end
      'a' || char(10) || 'b' ; "a\\u{a}b": name: a control
      'a' || char(27) || '[2J' ; "a\\u{1b}[2J": name: a control
      'a' || char(8238) || 'b' ; "a\\u{202e}b": name: a control
      """)
  void an_invalid_name_is_rejected_and_printed_without_control_characters(String name, String line)
      throws Exception {
    xui.sql("UPDATE api_tokens SET name = " + name + " WHERE id = 1");
    CliRun run = tool.run("import", "3x-ui", xui.file.toString());
    assertThat(run.out()).startsWith("rejected: id 1 " + line.replace("\\\\", "\\"));
    assertThat(run.out()).hasLineCount(3).endsWith("imported: 1, already there: 0, rejected: 1\n");
  }

  @Test
  void a_name_that_is_too_long_is_rejected_and_cut() throws Exception {
    xui.sql("UPDATE api_tokens SET name = ? WHERE id = 1", "\ud83d\udd11".repeat(65));
    String cut = "\ud83d\udd11".repeat(64);
    assertThat(tool.run("import", "3x-ui", xui.file.toString()).out())
        .startsWith("rejected: id 1 \"" + cut + "\"…: name: too long (expected: 1 to 64");
  }
}

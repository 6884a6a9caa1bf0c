package io.counterfoil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Imports from the table of Laravel Sanctum, with the columns of its migration. */
class ImportSanctumTest {
  private static final String USER = "App\\Models\\User";

  @TempDir
  Path folder;

  private String url = "";

  private Workplace tool(TestDatabase database, String... more) throws SQLException {
    Workplace tool = Workplace.onDatabase(database, folder, more);
    url = database == TestDatabase.SQLITE
        ? "jdbc:sqlite:" + folder.resolve("laravel.db")
        : database.newUrl(folder);
    tool.file("laravel.properties", "spring.datasource.url=" + url + '\n');
    sql("CREATE TABLE personal_access_tokens (id BIGINT PRIMARY KEY, tokenable_type VARCHAR(255)"
        + " NOT NULL, tokenable_id BIGINT NOT NULL, name VARCHAR(255) NOT NULL, token VARCHAR(64)"
        + " NOT NULL, abilities VARCHAR(2000), last_used_at TIMESTAMP NULL, expires_at TIMESTAMP"
        + " NULL, created_at TIMESTAMP NULL, updated_at TIMESTAMP NULL)");
    return tool;
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void token(long id, String type, long user, String name, String abilities, String expiry)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert = connection.prepareStatement(
            "INSERT INTO personal_access_tokens (id, tokenable_type, tokenable_id, name, token,"
                + " abilities, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, '2025-01-04 14:13:20', "
                + (expiry == null ? "NULL" : '\'' + expiry + '\'') + ')')) {
      insert.setLong(1, id);
      insert.setString(2, type);
      insert.setLong(3, user);
      insert.setString(4, name);
      insert.setString(5, XuiDatabase.hash("plaintext-of-token-" + id));
      insert.setString(6, abilities);
      insert.execute();
    }
  }

  private CliRun run(Workplace tool, String... more) {
    String[] args = new String[3 + more.length];
    args[0] = "import";
    args[1] = "sanctum";
    args[2] = "--source=" + folder.resolve("laravel.properties");
    System.arraycopy(more, 0, args, 3, more.length);
    return tool.run(args);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL", "MARIADB"})
  void tokens_of_users_are_imported_with_abilities_and_times(TestDatabase database)
      throws SQLException {
    Workplace tool = tool(database);
    token(1, USER, 7, "phone", "[\"*\"]", null);
    token(2, USER, 7, "phone", "[\"server:read\", \"a\\/b\"]", "2036-10-02 07:06:40");
    token(3, USER, 8, "phone", "[]", null);
    assertThat(run(tool).done().out()).isEqualTo("""
            imported: id 1 "phone": enabled, created 2025-01-04T14:13:20Z, never expires, scopes *
            imported: id 2 "phone": enabled, created 2025-01-04T14:13:20Z, expires 2036-10-02T07:06:40Z, scopes a/b server:read
            imported: id 3 "phone": enabled, created 2025-01-04T14:13:20Z, never expires, no scopes
            tokens: 3, imported: 3, already there: 0, rejected: 0
            """);
    assertThat(run(tool).done().rows("already there")).hasSize(3);
    assertThat(tool.runWith("plaintext-of-token-2", "identify").done().out())
        .containsPattern("7 +phone #2 +enabled +a/b server:read ");
    assertThat(tool.run("list", "--owner=8").out()).contains("  phone  ");
  }

  @Test
  void owners_of_different_types_are_not_mixed_up() throws SQLException {
    Workplace tool = tool(TestDatabase.SQLITE);
    token(1, USER, 7, "a", "[]", null);
    token(2, "App\\Models\\Team", 7, "b", "[]", null);
    String types = "one of \"App\\u{5c}Models\\u{5c}Team\", \"App\\u{5c}Models\\u{5c}User\"";
    run(tool).invalid("--tokenable-type: missing (expected: " + types + ')');
    run(tool, "--tokenable-type=x").invalid("--tokenable-type: unknown (expected: " + types + ')');
    assertThat(run(tool, "--tokenable-type=" + USER).done().rows("imported"))
        .containsExactly("id 1");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      abilities = NULL           | abilities: missing (expected: a text)
      abilities = '*'            | abilities: malformed (expected: an array of texts in JSON)
      abilities = '[\"a\" \"b\"]'| abilities: malformed (expected: an array of texts in JSON)
      abilities = '[\"a\",]'     | abilities: malformed (expected: an array of texts in JSON)
      abilities = '[1]'          | abilities: malformed (expected: an array of texts in JSON)
      token = 'abc'              | token: not a hash (expected: 64 of 0-9, a-f)
      created_at = NULL          | created_at: missing (expected: a time)
      expires_at = 'tomorrow'    | expires_at: not a time (expected: a time such as 2025-01-04 14:13:20)
      """)
  void a_row_that_sanctum_would_not_write_is_rejected(String set, String reason)
      throws SQLException {
    Workplace tool = tool(TestDatabase.SQLITE);
    token(1, USER, 7, "a", "[]", null);
    sql("UPDATE personal_access_tokens SET " + set.replace("\\\"", "\""));
    assertThat(run(tool).refused().out()).startsWith("rejected: id 1 \"a\": " + reason + '\n');
  }

  @Test
  void times_are_in_the_zone_of_laravel() throws SQLException {
    Workplace tool = tool(TestDatabase.SQLITE);
    token(1, USER, 7, "a", "[]", null);
    assertThat(run(tool, "--time-zone=Europe/Berlin").done().out())
        .contains("created 2025-01-04T13:13:20Z");
    run(tool, "--time-zone=Mars")
        .invalid("--time-zone: unknown (expected: a zone such as Europe/Berlin)");
  }

  @Test
  void a_database_without_the_table_is_a_failure() {
    Workplace tool = Workplace.onSqlite(folder);
    tool.file(
        "laravel.properties",
        "spring.datasource.url=jdbc:sqlite:" + folder.resolve("tokens.db") + '\n');
    CliRun run = run(tool);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).startsWith("counterfoil: --source: ").contains("no such table");
  }
}

package io.counterfoil.jdbc;

import static io.counterfoil.jdbc.CorruptSchema.createChanged;
import static io.counterfoil.jdbc.CorruptSchema.fix;
import static io.counterfoil.jdbc.CorruptSchema.replaceFirst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.testing.databases.PostgreSql;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store accepts only a valid table. Otherwise its constructor throws, and the message includes the fix of each problem. */
class SchemaValidatorTest {
  private static final String KEYS = "counterfoil_tokens_once";

  private static final String H2_FIX =
      "another MODE than Oracle in its URL, or a database created without COLLATION";

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_missing_table_is_reported_with_the_call_that_creates_it(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(pool))
          .withMessage("table counterfoil_tokens: there is no such table (fix:"
              + " JdbcTokenStore.createSchema, or schema-" + database.dialect().script()
              + ".sql of the jar)");
    }
  }

  @ParameterizedTest // M8
  @EnumSource(Database.class)
  void a_missing_table_of_keys_is_reported_with_the_call_that_creates_it(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      Sql.run(pool, "DROP TABLE counterfoil_tokens_once");
      assertThat(fix(pool, KEYS, "there is no such table"))
          .isEqualTo("JdbcTokenStore.createSchema, or schema-"
              + database.dialect().script() + ".sql of the jar");
    }
  }

  @ParameterizedTest // M8: otherwise two nodes could insert a token once each
  @EnumSource(Database.class)
  void a_table_of_keys_that_are_not_unique_is_reported_with_the_statement_that_fixes_it(
      Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createKeys(pool, database, "once_key " + keyType(database) + " NOT NULL, other INTEGER");
      String fix = fix(pool, KEYS, "there is no unique key (once_key)");
      Sql.run(pool, fix);
      assertThatCode(() -> new JdbcTokenStore(pool)).as(fix).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, VARCHAR(99)",
    "MARIADB, VARCHAR(99)",
    "H2, VARCHAR(99)",
    "HSQLDB, VARCHAR(99)",
    "DERBY, VARCHAR(99)",
    "SQLITE, INTEGER"
  })
  void a_table_of_keys_with_a_wrong_column_is_rejected(Database database, String type) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createKeys(pool, database, "once_key " + type + " NOT NULL PRIMARY KEY");
      String fix = fix(pool, KEYS, "column once_key has the wrong type or is too small");
      if (database != Database.SQLITE) {
        Sql.run(pool, fix);
        assertThatCode(() -> new JdbcTokenStore(pool)).as(fix).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_table_of_keys_without_its_column_is_rejected(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createKeys(pool, database, "other INTEGER");
      assertThat(fix(pool, KEYS, "there is no column once_key"))
          .startsWith("recreate the table with schema-");
    }
  }

  private static void createKeys(HikariDataSource pool, Database database, String columns) {
    Sql.run(
        pool,
        SchemaScript.schema(database.dialect(), Statements.DEFAULT_TABLE),
        sql -> sql.contains(KEYS) ? "CREATE TABLE " + KEYS + " (" + columns + ')' : sql);
  }

  private static String keyType(Database database) {
    return database == Database.SQLITE ? "TEXT" : "VARCHAR(100)";
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_missing_column_is_reported_with_the_statement_that_adds_it(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(pool, database, sql -> sql.replaceFirst("last_used_at \\w+(?:\\(19\\))?,", ""));
      String fix = fix(pool, "there is no column last_used_at");
      Sql.run(pool, fix);
      assertThatCode(() -> new JdbcTokenStore(pool)).as(fix).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_missing_column_that_must_not_be_null_cannot_be_added(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(pool, database, sql -> sql.replaceFirst("created_at \\w+ NOT NULL,", ""));
      assertThat(fix(pool, "there is no column created_at"))
          .isEqualTo(
              "recreate the table with schema-" + database.dialect().script() + ".sql of the jar");
    }
  }

  @ParameterizedTest // except SQLite, whose INTEGER has eight bytes
  @EnumSource(value = Database.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void a_time_column_of_four_bytes_is_rejected(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(pool, database, sql -> sql.replace("created_at BIGINT", "created_at INTEGER"));
      fix(pool, "column created_at has the wrong type or is too small");
    }
  }

  @ParameterizedTest // SQLite would store texts in it, and compare them with numbers wrongly
  @ValueSource(strings = {"LONGVARCHAR", "CITEXT", "TEXT"})
  void a_time_column_of_sqlite_that_stores_texts_is_rejected(String type) {
    try (HikariDataSource pool = Database.open(Database.SQLITE.freshUrl(), true)) {
      createChanged(
          pool,
          Database.SQLITE,
          sql -> sql.replace("expires_at INTEGER", "expires_at " + type).replace(" STRICT", ""));
      fix(pool, "column expires_at has the wrong type or is too small");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, DATE",
    "MARIADB, DATE",
    "H2, DATE",
    "SQLITE, LONGVARCHAR",
    "HSQLDB, DATE",
    "DERBY, DOUBLE"
  })
  void a_flag_column_of_another_type_is_rejected(Database database, String type) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(
          pool,
          database,
          sql -> sql.replaceFirst("enabled (BOOLEAN|INTEGER)", "enabled " + type)
              .replace(" STRICT", ""));
      fix(pool, "column enabled has the wrong type or is too small");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_hash_column_of_text_is_rejected(Database database) {
    String text = database == Database.SQLITE ? "TEXT" : "VARCHAR(64)";
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(
          pool,
          database,
          sql -> sql.replaceFirst(
                  " hash (BYTEA|VARBINARY\\(32\\)|BLOB|VARCHAR\\(32\\) FOR BIT DATA)",
                  " hash " + text)
              .replaceFirst("CONSTRAINT counterfoil_tokens_hash_check CHECK [^,]*,", ""));
      fix(pool, "column hash has the wrong type or is too small");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, owner, 254",
    "POSTGRESQL, scopes, 255",
    "MARIADB, owner, 254",
    "MARIADB, scopes, 255",
    "H2, owner, 509",
    "H2, scopes, 255",
    "HSQLDB, owner, 510",
    "HSQLDB, scopes, 255",
    "DERBY, owner, 510",
    "DERBY, scopes, 255",
  })
  void a_column_that_is_too_small_is_reported_with_the_statement_that_widens_it(
      Database database, String column, int size) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(
          pool,
          database,
          sql ->
              sql.replaceFirst(column + " (VARCHAR\\w*)\\(\\d+\\)", column + " $1(" + size + ')'));
      Sql.run(pool, fix(pool, "column " + column + " has the wrong type or is too small"));
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest // F8
  @CsvSource({
    "MARIADB, utf8mb4_nopad_bin, utf8mb4_general_ci",
    "MARIADB, utf8mb4_nopad_bin, utf8mb4_bin", // ignores spaces at the end
    "MARIADB, utf8mb4_nopad_bin, utf8mb4_uca1400_nopad_as_cs", // ignores composition
    "MARIADB, utf8mb4_nopad_bin, latin1_nopad_bin", // cannot hold most characters
    "MARIADB, utf8mb4_nopad_bin, ascii_bin",
    "H2, VARCHAR_CASESENSITIVE(128), VARCHAR_IGNORECASE(128)",
    "HSQLDB, COLLATE SQL_TEXT, COLLATE SQL_TEXT_UCC",
    "HSQLDB, VARCHAR(129) COLLATE SQL_TEXT, VARCHAR_IGNORECASE(129)",
    "POSTGRESQL, \"C\", loose",
  })
  void a_column_that_compares_texts_loosely_is_reported_with_the_statement_that_fixes_it(
      Database database, String exact, String loose) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      if (database == Database.POSTGRESQL) {
        Sql.run(
            pool,
            "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
      }
      createChanged(pool, database, sql -> {
        int name = sql.indexOf(" name ");
        return name < 0
            ? sql
            : sql.substring(0, name) + replaceFirst(sql.substring(name), exact, loose);
      });
      String fix = fix(pool, "column name compares texts loosely, or cannot hold all characters");
      Sql.run(pool, fix);
      assertThatCode(() -> new JdbcTokenStore(pool)).as(fix).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest // F8
  @ValueSource(strings = {"NOCASE", "RTRIM"})
  void sqlite_with_another_collation_is_rejected(String collation) {
    try (HikariDataSource pool = Database.open(Database.SQLITE.freshUrl(), true)) {
      createChanged(
          pool,
          Database.SQLITE,
          sql -> sql.replaceFirst(" name TEXT", " name TEXT COLLATE " + collation));
      assertThat(fix(pool, "column name compares texts loosely, or cannot hold all characters"))
          .isEqualTo("recreate the table with schema-sqlite.sql of the jar");
    }
  }

  @Test // F8
  void derby_with_a_collation_of_a_territory_is_rejected() {
    String url = Database.DERBY.freshUrl() + ";territory=en_GB;collation=TERRITORY_BASED:PRIMARY";
    rejectsCreation(true, url, "a database created without collation=TERRITORY_BASED in its URL");
  }

  @Test // F8
  void h2_in_the_mode_that_takes_an_empty_text_for_null_is_rejected() {
    rejectsCreation(true, Database.H2.freshUrl() + ";MODE=Oracle", H2_FIX);
  }

  @ParameterizedTest // F8
  @ValueSource(
      strings = {
        "LEGACY",
        "STRICT",
        "DB2",
        "Derby",
        "HSQLDB",
        "MariaDB",
        "MSSQLServer",
        "MySQL",
        "PostgreSQL"
      })
  void h2_works_in_every_other_mode(String mode) {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl() + ";MODE=" + mode, true)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = new JdbcTokenStore(pool);
      for (String owner : List.of("", " ", "a", "A", "a ")) {
        long id = store.insert(Samples.token(owner, "n" + owner));
        assertThat(store.update(store.findById(id).orElseThrow())).isTrue();
        TokenQuery query = TokenQuery.all().owner(owner).nameContains("N").scope("write:all");
        assertThat(store.list(query, 0, 10)).hasSize(1);
        assertThat(store.count(query.enabled(true).expiresBy(Instant.MAX))).isEqualTo(1);
      }
      assertThat(store.deleteExpired(Samples.NOW.plusSeconds(7200), 3)).isEqualTo(3);
      TokenManager tokens =
          TokenManager.builder(store).build(); // several rows without a previous hash
      tokens.create(NewToken.named("ci"));
      tokens.create(NewToken.named("cd"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_new_table_does_not_hide_one_in_another_schema(boolean autoCommit) {
    String url = PostgreSql.freshUrl();
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
      Sql.run(pool, "CREATE SCHEMA mine");
      Sql.run(
          pool,
          "ALTER DATABASE " + Sql.rows(pool, "SELECT current_database()").get(0).get(0)
              + " SET search_path = mine, public");
    }
    try (HikariDataSource pool = Database.open(url, autoCommit)) {
      for (Runnable start : List.<Runnable>of(
          () -> new JdbcTokenStore(pool), () -> JdbcTokenStore.createSchema(pool))) {
        assertThatIllegalStateException()
            .isThrownBy(start::run)
            .withMessageContaining(
                "it is not in the schema of the connections, but in another one");
      }
    }
  }

  @Test // F8
  void h2_with_a_collation_is_rejected() {
    String collation = ";COLLATION=ENGLISH STRENGTH PRIMARY";
    rejectsCreation(true, Database.H2.freshUrl() + collation, H2_FIX);
  }

  @ParameterizedTest // F8
  @ValueSource(booleans = {true, false})
  void postgresql_with_an_encoding_other_than_utf_8_is_rejected(boolean autoCommit) {
    rejectsCreation(
        autoCommit,
        PostgreSql.freshUrl(
            "ENCODING 'LATIN1' LC_COLLATE 'C'" + " LC_CTYPE 'C' TEMPLATE template0"),
        "a database created with ENCODING 'UTF8'");
  }

  private static void rejectsCreation(boolean autoCommit, String url, String fix) {
    try (HikariDataSource pool = Database.open(url, autoCommit)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessageContaining(
              "column name compares texts loosely, or cannot hold all characters (fix: " + fix
                  + ')');
    }
  }
}

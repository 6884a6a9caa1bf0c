package io.counterfoil.jdbc;

import static io.counterfoil.jdbc.Spoilt.createChanged;
import static io.counterfoil.jdbc.Spoilt.refusal;
import static io.counterfoil.jdbc.Spoilt.replaceFirst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.testing.databases.PostgreSql;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store is made of no table but one that is as it must be; what is wrong is said with the cure. */
class SelfCheckTest {
  private static final String H2_CURE =
      "another MODE than Oracle in its URL, or a database made anew without COLLATION";

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_missing_table_is_said_with_the_call_that_makes_it(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(pool))
          .withMessage("table counterfoil_tokens: there is no such table (cure:"
              + " JdbcTokenStore.createSchema, or schema-" + database.dialect().script()
              + ".sql of the jar)");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_missing_column_is_said_with_the_statement_that_makes_it(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(pool, database, sql -> sql.replaceFirst("last_used_at \\w+(?:\\(19\\))?,", ""));
      String cure = refusal(pool, "there is no column last_used_at");
      Sql.run(pool, cure);
      assertThatCode(() -> new JdbcTokenStore(pool)).as(cure).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_column_that_must_not_be_empty_cannot_be_added(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(pool, database, sql -> sql.replaceFirst("created_at \\w+ NOT NULL,", ""));
      assertThat(refusal(pool, "there is no column created_at"))
          .isEqualTo(
              "a table made anew by schema-" + database.dialect().script() + ".sql of the jar");
    }
  }

  @ParameterizedTest // SQLite's INTEGER has eight bytes, and its driver no other word for a whole
  // number
  @EnumSource(value = Database.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void a_time_of_four_bytes_is_refused(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(pool, database, sql -> sql.replace("created_at BIGINT", "created_at INTEGER"));
      refusal(pool, "column created_at is of another type or too small");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_hash_in_letters_is_refused(Database database) {
    String text = database == Database.SQLITE ? "TEXT" : "VARCHAR(64)";
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(
          pool,
          database,
          sql -> sql.replaceFirst(
                  " hash (BYTEA|VARBINARY\\(32\\)|BLOB|VARCHAR\\(32\\) FOR BIT DATA)",
                  " hash " + text)
              .replaceFirst("CONSTRAINT counterfoil_tokens_hash_check CHECK [^,]*,", ""));
      refusal(pool, "column hash is of another type or too small");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Database.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void a_column_with_too_little_room_is_refused(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(
          pool,
          database,
          sql -> sql.replaceFirst("scopes (VARCHAR\\w*)\\(\\d+\\)", "scopes $1(255)"));
      Sql.run(pool, refusal(pool, "column scopes is of another type or too small"));
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest // F8
  @CsvSource({
    "MARIADB, utf8mb4_nopad_bin, utf8mb4_general_ci",
    "MARIADB, utf8mb4_nopad_bin, utf8mb4_bin", // passes over blanks at the end
    "MARIADB, utf8mb4_nopad_bin, utf8mb4_uca1400_nopad_as_cs", // passes over composition
    "MARIADB, utf8mb4_nopad_bin, latin1_nopad_bin", // has no room for most
    "MARIADB, utf8mb4_nopad_bin, ascii_bin",
    "H2, VARCHAR_CASESENSITIVE(128), VARCHAR_IGNORECASE(128)",
    "HSQLDB, COLLATE SQL_TEXT, COLLATE SQL_TEXT_UCC",
    "HSQLDB, VARCHAR(129) COLLATE SQL_TEXT, VARCHAR_IGNORECASE(129)",
    "POSTGRESQL, \"C\", blurred",
  })
  void a_column_that_takes_different_texts_for_one_is_said_with_the_statement_that_sharpens_it(
      Database database, String exact, String blurred) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      if (database == Database.POSTGRESQL) {
        Sql.run(
            pool,
            "CREATE COLLATION blurred (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
      }
      createChanged(pool, database, sql -> {
        int name = sql.indexOf(" name ");
        return name < 0
            ? sql
            : sql.substring(0, name) + replaceFirst(sql.substring(name), exact, blurred);
      });
      String cure =
          refusal(pool, "column name takes different texts for one, or has no room for some");
      Sql.run(pool, cure);
      assertThatCode(() -> new JdbcTokenStore(pool)).as(cure).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest // F8
  @ValueSource(strings = {"NOCASE", "RTRIM"})
  void sqlite_with_another_collation_is_refused(String collation) {
    try (HikariDataSource pool = Database.open(Database.SQLITE.freshUrl(), true)) {
      createChanged(
          pool,
          Database.SQLITE,
          sql -> sql.replaceFirst(" name TEXT", " name TEXT COLLATE " + collation));
      assertThat(
              refusal(pool, "column name takes different texts for one, or has no room for some"))
          .isEqualTo("a table made anew with name TEXT NOT NULL");
    }
  }

  @Test // F8
  void derby_that_compares_as_a_territory_does_is_refused() {
    String url = Database.DERBY.freshUrl() + ";territory=en_GB;collation=TERRITORY_BASED:PRIMARY";
    refusesToCreate(true, url, "a database made anew without collation=TERRITORY_BASED in its URL");
  }

  @Test // F8
  void h2_in_the_mode_that_takes_an_empty_text_for_none_is_refused() {
    refusesToCreate(true, Database.H2.freshUrl() + ";MODE=Oracle", H2_CURE);
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
  void h2_in_another_mode_works_as_ever(String mode) {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl() + ";MODE=" + mode, true)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = new JdbcTokenStore(pool);
      for (String owner : List.of("", " ", "a", "A", "a ")) {
        long id = store.insert(Samples.token(owner, "n" + owner));
        Operation.ROTATE.on(store, id);
        assertThat(store.listOwnedBy(owner, 0, 10)).hasSize(1);
      }
      assertThat(store.deleteExpired(Samples.NOW.plusSeconds(7200), 3)).isEqualTo(3);
      TokenManager tokens = TokenManager.builder(store).build(); // whose rows have no previous hash
      tokens.create(NewToken.named("ci"));
      tokens.create(NewToken.named("cd"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_table_in_another_schema_is_not_hidden_by_a_new_one(boolean autoCommit) {
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
            .withMessageContaining("it is not in the schema that connections are set to");
      }
    }
  }

  @Test
  void a_column_of_a_younger_version_with_another_type_is_said_to_be_that() {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true)) {
      createChanged(
          pool, Database.H2, sql -> sql.replace("tracked_since BIGINT", "tracked_since INTEGER"));
      Sql.run(pool, refusal(pool, "column tracked_since is of another type or too small"));
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @Test // F8
  void h2_with_a_collation_is_refused() {
    String collation = ";COLLATION=ENGLISH STRENGTH PRIMARY";
    refusesToCreate(true, Database.H2.freshUrl() + collation, H2_CURE);
  }

  @ParameterizedTest // F8
  @ValueSource(booleans = {true, false})
  void postgresql_with_an_encoding_that_lacks_signs_is_refused(boolean autoCommit) {
    refusesToCreate(
        autoCommit,
        PostgreSql.freshUrl(
            "ENCODING 'LATIN1' LC_COLLATE 'C'" + " LC_CTYPE 'C' TEMPLATE template0"),
        "a database made with ENCODING 'UTF8'");
  }

  private static void refusesToCreate(boolean autoCommit, String url, String cure) {
    try (HikariDataSource pool = Database.open(url, autoCommit)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessageContaining(
              "column name takes different texts for one, or has no room for some (cure: " + cure
                  + ')');
    }
  }
}

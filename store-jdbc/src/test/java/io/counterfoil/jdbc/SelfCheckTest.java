package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.testing.databases.PostgreSql;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store is made of no table but one that is as it must be; what is wrong is said with the cure. */
class SelfCheckTest {
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
  void each_missing_key_and_index_is_said_with_the_statement_that_makes_it(Database database) {
    Script script = Script.schema(database.dialect(), Statements.DEFAULT_TABLE);
    List<Part> keys = script
        .parts()
        .filter(part -> part instanceof Part.Key && !part.subject().equals("id"))
        .toList();
    assertThat(keys).hasSize(5);
    for (Part key : keys) {
      try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
        create(pool, database, sql -> without(key, sql));
        String cure = refusal(pool, key.complaint(new Found(Map.of(), List.of(), Set.of())));
        assertThat(cure).isEqualTo(key.cure());
        Sql.run(pool, cure);
        assertThatCode(() -> new JdbcTokenStore(pool)).as(cure).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_missing_column_is_said_with_the_statement_that_makes_it(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(pool, database, sql -> sql.replaceFirst("last_used_at \\w+(?:\\(19\\))?,", ""));
      String cure = refusal(pool, "there is no column last_used_at");
      Sql.run(pool, cure);
      assertThatCode(() -> new JdbcTokenStore(pool)).as(cure).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_column_that_must_not_be_empty_cannot_be_added(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(pool, database, sql -> sql.replaceFirst("created_at \\w+ NOT NULL,", ""));
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
      create(pool, database, sql -> sql.replace("created_at BIGINT", "created_at INTEGER"));
      refusal(pool, "column created_at is of another type or too small");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POSTGRESQL", "MARIADB", "H2"})
  void an_id_of_four_bytes_is_said_with_the_statement_that_widens_it(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(pool, database, sql -> sql.replace(" id BIGINT", " id INTEGER"));
      Sql.run(pool, refusal(pool, "column id is of another type or too small"));
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void an_id_that_the_database_does_not_give_is_said_with_the_statement_by_which_it_will(
      Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(pool, database, SelfCheckTest::unnumbered);
      Sql.run(
          pool,
          "INSERT INTO counterfoil_tokens (id, owner, name, hash, hash_tag, enabled, scopes, allowed_addresses, created_at)"
              + " VALUES (7, ?, ?, ?, ?, ?, ?, ?, 0)",
          database.dialect().kept("o"),
          database.dialect().kept("old"),
          new byte[32],
          "sha256",
          true,
          database.dialect().kept(""),
          database.dialect().kept(""));
      String cure = refusal(pool, "column id is not numbered by the database");
      if (cure.startsWith("ALTER")) {
        Sql.execute(pool, cure);
        assertThat(new JdbcTokenStore(pool).insert(Samples.token("new"))).isEqualTo(8);
      } else {
        assertThat(cure)
            .isEqualTo(
                "a table made anew by schema-" + database.dialect().script() + ".sql of the jar");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POSTGRESQL", "H2", "MARIADB"})
  void the_statement_that_numbers_an_empty_table_starts_at_one(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(pool, database, SelfCheckTest::unnumbered);
      Sql.execute(pool, refusal(pool, "column id is not numbered by the database"));
      assertThat(new JdbcTokenStore(pool).insert(Samples.token("new"))).isEqualTo(1);
    }
  }

  @ParameterizedTest // MariaDB does not tell its driver what a sequence gave
  @CsvSource({
    "POSTGRESQL, true, BIGINT DEFAULT nextval('ids')",
    "POSTGRESQL, true, BIGSERIAL",
    "POSTGRESQL, true, BIGINT GENERATED ALWAYS AS IDENTITY",
    "POSTGRESQL, false, BIGINT DEFAULT 7",
    "H2, true, BIGINT DEFAULT NEXT VALUE FOR ids",
    "H2, true, BIGINT AUTO_INCREMENT",
    "HSQLDB, true, BIGINT GENERATED BY DEFAULT AS SEQUENCE ids",
    "MARIADB, false, BIGINT DEFAULT nextval(ids)",
  })
  void an_id_may_be_numbered_by_whatever_the_driver_tells_of(
      Database database, boolean good, String definition) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      Sql.run(pool, "CREATE SEQUENCE ids");
      create(pool, database, sql -> sql.replaceFirst(" id [^,]*,", " id " + definition + ','));
      if (good) {
        long first = new JdbcTokenStore(pool).insert(Samples.token("first"));
        assertThat(new JdbcTokenStore(pool).insert(Samples.token("second"))).isGreaterThan(first);
      } else {
        refusal(pool, "column id is not numbered by the database");
      }
    }
  }

  @ParameterizedTest // SQLite would give the id of a deleted token to the next one
  @ValueSource(
      strings = {
        "INTEGER PRIMARY KEY",
        "INTEGER PRIMARY KEY /* AUTOINCREMENT\n costs time */",
        "INTEGER PRIMARY KEY -- AUTOINCREMENT costs time\n",
        "INTEGER",
        "INTEGER UNIQUE",
        "INT PRIMARY KEY"
      })
  void sqlite_that_may_give_an_id_again_is_refused(String definition) {
    try (HikariDataSource pool = Database.open(Database.SQLITE.freshUrl(), true)) {
      create(
          pool,
          Database.SQLITE,
          sql -> replaceFirst(sql, "INTEGER PRIMARY KEY AUTOINCREMENT", definition));
      assertThat(refusal(pool, "column id is not numbered by the database"))
          .isEqualTo("a table made anew by schema-sqlite.sql of the jar");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER PRIMARY KEY ASC AUTOINCREMENT, ''",
    "integer /* of eight bytes */ primary key autoincrement, ''",
    "INTEGER, ', PRIMARY KEY(id AUTOINCREMENT)'",
    "INTEGER, ', PRIMARY KEY (id AUTOINCREMENT)'",
  })
  void sqlite_may_be_told_in_other_words_not_to_give_an_id_again(String column, String key) {
    try (HikariDataSource pool = Database.open(Database.SQLITE.freshUrl(), true)) {
      create(
          pool,
          Database.SQLITE,
          sql -> replaceFirst(sql, "INTEGER PRIMARY KEY AUTOINCREMENT", column)
              .replace(") STRICT", key + ") STRICT"));
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_hash_in_letters_is_refused(Database database) {
    String text = database == Database.SQLITE ? "TEXT" : "VARCHAR(64)";
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(
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
      create(
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
      create(pool, database, sql -> {
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
      create(
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
    refusesToCreate(url);
  }

  @Test // F8
  void h2_in_the_mode_that_takes_an_empty_text_for_none_is_refused() {
    refusesToCreate(Database.H2.freshUrl() + ";MODE=Oracle");
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

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, hash, (hash) WHERE enabled",
    "POSTGRESQL, hash, (hash) WHERE last_used_at IS NOT NULL",
    "POSTGRESQL, hash, (hash) WHERE enabled AND hash IS NOT NULL",
    "POSTGRESQL, hash, (hash) WHERE hash IS NOT NULL OR enabled",
    "POSTGRESQL, hash, '(hash, lower(owner))'",
    "POSTGRESQL, 'owner, name', (owner) INCLUDE (name)",
    "SQLITE, hash, (hash) WHERE enabled",
    "SQLITE, hash, (hash) where last_used_at is not null",
    "SQLITE, hash, (hash) WHERE hash IS NOT NULL AND enabled",
    "SQLITE, hash, '(hash, lower(owner))'",
  })
  void an_index_of_some_rows_or_of_something_else_keeps_nothing_unique(
      Database database, String subject, String index) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(pool, database, sql -> without(key(database, subject), sql));
      Sql.run(pool, "CREATE UNIQUE INDEX mine ON counterfoil_tokens " + index);
      refusal(pool, "nothing keeps unique (" + subject + ')');
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, 'owner, name', '(owner, name) INCLUDE (id, enabled)'",
    "POSTGRESQL, 'owner, name', '(owner DESC, name)'",
    "POSTGRESQL, 'owner, name', '(owner, name) WHERE owner IS NOT NULL AND name IS NOT NULL'",
    "POSTGRESQL, previous_hash, (previous_hash) WHERE previous_hash IS NOT NULL",
    "SQLITE, 'owner, name', '(owner DESC, name)'",
    "SQLITE, previous_hash, (previous_hash) WHERE previous_hash IS NOT NULL",
    "SQLITE, previous_hash, '(previous_hash)\n where \"previous_hash\" is not null -- where'",
  })
  void an_index_may_leave_out_rows_with_nothing_in_it_and_carry_other_columns(
      Database database, String subject, String index) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      create(pool, database, sql -> without(key(database, subject), sql));
      Sql.run(pool, "CREATE UNIQUE INDEX mine ON counterfoil_tokens " + index);
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest // the statement alone would find the name taken
  @EnumSource(
      value = Database.class,
      names = {"POSTGRESQL", "SQLITE"})
  void an_index_of_some_rows_is_said_with_the_statements_that_replace_it(Database database) {
    for (String subject : List.of("owner, name", "owner, id")) {
      try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
        Part key = key(database, subject);
        create(pool, database, sql -> without(key, sql));
        String name = "counterfoil_tokens_" + (subject.endsWith("id") ? "owner_idx" : "name_key");
        Sql.run(
            pool,
            "CREATE INDEX " + name + " ON counterfoil_tokens (" + subject + ") WHERE enabled");
        assertThatIllegalStateException().isThrownBy(() -> JdbcTokenStore.createSchema(pool));
        String cure = refusal(pool, key.complaint(new Found(Map.of(), List.of(), Set.of())));
        assertThat(cure).isEqualTo("DROP INDEX " + name + "; " + key.cure());
        for (String statement : cure.split("; ")) {
          Sql.run(pool, statement);
        }
        assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void an_index_that_postgresql_failed_to_make_beside_its_work_is_said_with_what_replaces_it() {
    try (HikariDataSource pool = Database.open(Database.POSTGRESQL.freshUrl(), true)) {
      create(pool, Database.POSTGRESQL, sql -> without(key(Database.POSTGRESQL, "hash"), sql));
      JdbcTokenStore unchecked =
          new JdbcTokenStore(pool, new Statements(Dialect.POSTGRESQL, Statements.DEFAULT_TABLE));
      unchecked.insert(Samples.token("mine", "n"));
      Sql.run(
          pool,
          "UPDATE counterfoil_tokens SET previous_hash = NULL, previous_hash_tag = NULL, previous_until = NULL");
      unchecked.insert(Samples.token("yours", "n"));
      assertThatThrownBy(() -> Sql.run(
              pool,
              "CREATE UNIQUE INDEX CONCURRENTLY"
                  + " counterfoil_tokens_hash_key ON counterfoil_tokens (hash)"))
          .rootCause()
          .hasMessageContaining("could not create unique index");
      Sql.run(pool, "DELETE FROM counterfoil_tokens WHERE owner = 'yours'");
      String cure = refusal(pool, "nothing keeps unique (hash)");
      assertThat(cure).startsWith("DROP INDEX counterfoil_tokens_hash_key; ALTER TABLE");
      Sql.run(pool, cure);
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @Test
  void a_column_of_a_younger_version_with_another_type_is_said_to_be_that() {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true)) {
      create(
          pool, Database.H2, sql -> sql.replace("tracked_since BIGINT", "tracked_since INTEGER"));
      Sql.run(pool, refusal(pool, "column tracked_since is of another type or too small"));
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @Test // F8
  void h2_with_a_collation_is_refused() {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true)) {
      Sql.run(pool, "SET COLLATION ENGLISH STRENGTH PRIMARY");
      assertThatThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "column name takes different texts for one, or has no room for some");
    }
  }

  @ParameterizedTest // F8
  @ValueSource(booleans = {true, false})
  void postgresql_with_an_encoding_that_lacks_signs_is_refused(boolean autoCommit) {
    refusesToCreate(
        autoCommit,
        PostgreSql.freshUrl(
            "ENCODING 'LATIN1' LC_COLLATE 'C'" + " LC_CTYPE 'C' TEMPLATE template0"));
  }

  private static void refusesToCreate(String url) {
    refusesToCreate(true, url);
  }

  private static void refusesToCreate(boolean autoCommit, String url) {
    try (HikariDataSource pool = Database.open(url, autoCommit)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessageContaining(
              "column name takes different texts for one, or has no room for some");
    }
  }

  /** Runs the script of a database, statement by statement, each changed. */
  private static void create(DataSource pool, Database database, UnaryOperator<String> change) {
    Sql.run(pool, Script.schema(database.dialect(), Statements.DEFAULT_TABLE), change);
  }

  /** Leaves out of a statement that ids are numbered. */
  private static String unnumbered(String sql) {
    return sql.replaceFirst(
            "GENERATED BY DEFAULT AS IDENTITY(?: \\(START WITH 1\\))?|NOT NULL AUTO_INCREMENT",
            "NOT NULL")
        .replace(" AUTOINCREMENT", "");
  }

  /** Returns the key or the index of a script that is on some columns. */
  private static Part key(Database database, String subject) {
    return Script.schema(database.dialect(), Statements.DEFAULT_TABLE)
        .parts()
        .filter(part -> part instanceof Part.Key && part.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  /** Leaves a key or an index out of a statement. */
  private static String without(Part key, String sql) {
    if (sql.equals(key.cure())) {
      return "";
    }
    return sql.replace(
        key.cure().replaceFirst("ALTER TABLE counterfoil_tokens ADD (.*)", "$1, "), "");
  }

  private static String replaceFirst(String text, String old, String replacement) {
    return text.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(replacement));
  }

  /** Asserts that nothing else is wrong, and returns the cure. */
  private static String refusal(DataSource pool, String wrong) {
    IllegalStateException refusal =
        catchThrowableOfType(IllegalStateException.class, () -> new JdbcTokenStore(pool));
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage())
        .startsWith("table counterfoil_tokens: " + wrong + " (cure: ")
        .doesNotContain("; table");
    assertThat(refusal.getMessage().split("table counterfoil_tokens: ", -1)).hasSize(2);
    int start = refusal.getMessage().indexOf("(cure: ") + "(cure: ".length();
    return refusal.getMessage().substring(start, refusal.getMessage().length() - 1);
  }
}

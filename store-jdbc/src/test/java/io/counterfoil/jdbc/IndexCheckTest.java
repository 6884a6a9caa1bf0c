package io.counterfoil.jdbc;

import static io.counterfoil.jdbc.Spoilt.createChanged;
import static io.counterfoil.jdbc.Spoilt.key;
import static io.counterfoil.jdbc.Spoilt.refusal;
import static io.counterfoil.jdbc.Spoilt.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which indexes serve, and which only look as if they did. */
class IndexCheckTest {
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
        createChanged(pool, database, sql -> without(key, sql));
        String cure = refusal(pool, key.complaint(nothing()));
        assertThat(cure).isEqualTo(key.cure());
        Sql.run(pool, cure);
        assertThatCode(() -> new JdbcTokenStore(pool)).as(cure).doesNotThrowAnyException();
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
      createChanged(pool, database, sql -> without(key(database, subject), sql));
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
      createChanged(pool, database, sql -> without(key(database, subject), sql));
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
        createChanged(pool, database, sql -> without(key, sql));
        String name = "counterfoil_tokens_" + (subject.endsWith("id") ? "owner_idx" : "name_key");
        Sql.run(
            pool,
            "CREATE INDEX " + name + " ON counterfoil_tokens (" + subject + ") WHERE enabled");
        assertThatIllegalStateException().isThrownBy(() -> JdbcTokenStore.createSchema(pool));
        String cure = refusal(pool, key.complaint(nothing()));
        assertThat(cure).isEqualTo("DROP INDEX " + name + "; " + key.cure());
        for (String statement : cure.split("; ", -1)) {
          Sql.run(pool, statement);
        }
        assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void an_index_that_postgresql_failed_to_make_beside_its_work_is_said_with_what_replaces_it() {
    try (HikariDataSource pool = Database.open(Database.POSTGRESQL.freshUrl(), true)) {
      createChanged(
          pool, Database.POSTGRESQL, sql -> without(key(Database.POSTGRESQL, "hash"), sql));
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

  private static Found nothing() {
    return new Found(Map.of(), List.of(), Set.of(), Found.StampTable.ABSENT);
  }
}

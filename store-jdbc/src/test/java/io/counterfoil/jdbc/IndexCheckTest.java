package io.counterfoil.jdbc;

import static io.counterfoil.jdbc.CorruptSchema.createChanged;
import static io.counterfoil.jdbc.CorruptSchema.fix;
import static io.counterfoil.jdbc.CorruptSchema.index;
import static io.counterfoil.jdbc.CorruptSchema.problem;
import static io.counterfoil.jdbc.CorruptSchema.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.jdbc.TableMetadata.Index;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Indexes that the validator accepts, and others that do not cover all rows. */
class IndexCheckTest {
  @ParameterizedTest
  @EnumSource(Database.class)
  void each_missing_index_is_reported_with_the_statement_that_creates_it(Database database) {
    List<Index> indexes =
        TableMetadata.expectedIndexes(database.dialect(), Statements.DEFAULT_TABLE).stream()
            .filter(index -> !index.columns().equals(List.of("id")))
            .toList();
    assertThat(indexes).hasSize(6);
    for (Index index : indexes) {
      try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
        createChanged(pool, database, sql -> without(index, sql));
        String fix = fix(pool, problem(index));
        Sql.run(pool, fix);
        assertThatCode(() -> new JdbcTokenStore(pool)).as(fix).doesNotThrowAnyException();
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
    "SQLITE, hash, '(hash) where \"hash\" is not null -- where'",
  })
  void an_index_of_some_rows_or_other_columns_is_no_unique_key(
      Database database, String columns, String index) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      createChanged(pool, database, sql -> without(index(database, columns), sql));
      Sql.run(pool, "CREATE UNIQUE INDEX mine ON counterfoil_tokens " + index);
      fix(pool, "there is no unique key (" + columns + ')');
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, 'owner, name', '(owner DESC, name)'",
    "SQLITE, 'owner, name', '(owner DESC, name)'",
    "MARIADB, 'owner, id', '(owner, id, name)'",
  })
  void an_index_may_be_descending_and_a_plain_one_may_have_more_columns(
      Database database, String columns, String index) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      Index replaced = index(database, columns);
      createChanged(pool, database, sql -> without(replaced, sql));
      String unique = replaced.isUnique() ? "UNIQUE " : "";
      Sql.run(pool, "CREATE " + unique + "INDEX mine ON counterfoil_tokens " + index);
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest // since its name is taken
  @EnumSource(
      value = Database.class,
      names = {"POSTGRESQL", "SQLITE"})
  void an_index_of_some_rows_is_reported_with_the_statements_that_replace_it(Database database) {
    for (String columns : List.of("owner, name", "owner, id")) {
      try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
        Index index = index(database, columns);
        createChanged(pool, database, sql -> without(index, sql));
        Sql.run(
            pool,
            "CREATE INDEX " + index.name() + " ON counterfoil_tokens (" + columns
                + ") WHERE enabled");
        assertThatIllegalStateException().isThrownBy(() -> JdbcTokenStore.createSchema(pool));
        String fix = fix(pool, problem(index));
        assertThat(fix).startsWith("DROP INDEX " + index.name() + "; CREATE ");
        for (String statement : fix.split("; ", -1)) {
          Sql.run(pool, statement);
        }
        assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void an_index_that_postgresql_failed_to_create_concurrently_is_reported_with_its_replacement() {
    try (HikariDataSource pool = Database.open(Database.POSTGRESQL.freshUrl(), true)) {
      createChanged(
          pool, Database.POSTGRESQL, sql -> without(index(Database.POSTGRESQL, "hash"), sql));
      JdbcTokenStore unchecked =
          new JdbcTokenStore(pool, new Statements(Dialect.POSTGRESQL, Statements.DEFAULT_TABLE));
      unchecked.insert(Samples.token("mine", "n"));
      unchecked.insert(Samples.token("yours", "n"));
      assertThatThrownBy(() -> Sql.run(
              pool,
              "CREATE UNIQUE INDEX CONCURRENTLY"
                  + " counterfoil_tokens_hash_key ON counterfoil_tokens (hash)"))
          .rootCause()
          .hasMessageContaining("could not create unique index");
      Sql.run(pool, "DELETE FROM counterfoil_tokens WHERE owner = 'yours'");
      String fix = fix(pool, "there is no unique key (hash)");
      assertThat(fix).startsWith("DROP INDEX counterfoil_tokens_hash_key; CREATE UNIQUE INDEX");
      Sql.run(pool, fix);
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }
}

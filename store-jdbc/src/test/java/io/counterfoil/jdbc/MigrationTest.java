package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that an older version of the library made, by its own scripts, kept for these tests as they were. */
class MigrationTest {
  private static final String OF_MESSAGE =
      "table counterfoil_tokens: its schema is of version 1, not 3 (cure: JdbcTokenStore.migrateSchema, or ";

  @ParameterizedTest // H5
  @EnumSource(Database.class)
  void a_populated_table_of_version_1_is_refused_until_it_is_migrated(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      List<StoredToken> old = populate(pool, database, Statements.DEFAULT_TABLE);
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(pool))
          .withMessageStartingWith(OF_MESSAGE);
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessageStartingWith(OF_MESSAGE);
      assertThat(JdbcTokenStore.migrateSchema(pool)).isTrue();
      assertThat(JdbcTokenStore.migrateSchema(pool)).isFalse();
      assertThat(JdbcTokenStore.createSchema(pool)).isFalse();
      JdbcTokenStore store = new JdbcTokenStore(pool);
      assertThat(store.list(0, 10)).isEqualTo(old);
      long id = store.insert(Samples.token("new"));
      assertThat(id).isGreaterThan(old.get(1).id());
      assertThat(store.findById(id)).contains(Samples.token("new").withId(id));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_statements_of_the_refusal_migrate_too(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      List<StoredToken> old = populate(pool, database, Statements.DEFAULT_TABLE);
      try {
        new JdbcTokenStore(pool);
      } catch (IllegalStateException refusal) {
        String message = refusal.getMessage();
        String cure = message.substring(OF_MESSAGE.length(), message.length() - 1);
        Stream.of(cure.split("; ")).forEach(statement -> Sql.run(pool, statement));
      }
      assertThat(new JdbcTokenStore(pool).list(0, 10)).isEqualTo(old);
      assertThat(new JdbcTokenStore(pool).watch()).isPresent();
    }
  }

  @ParameterizedTest // H5
  @EnumSource(Database.class)
  void nodes_that_migrate_at_once_all_find_the_present_version(Database database) throws Exception {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      List<StoredToken> old = populate(pool, database, "mine");
      Concurrently.run(8, () -> {
        JdbcTokenStore.migrateSchema(pool, "mine");
        assertThat(new JdbcTokenStore(pool, "mine").watch()).isPresent();
      });
      assertThat(new JdbcTokenStore(pool, "mine").list(0, 10)).isEqualTo(old);
    }
  }

  @RepeatedTest(20) // every eighth round or so lost all rows
  void hsqldb_loses_no_row_when_a_column_is_added_twice_at_once() throws Exception {
    nodes_that_migrate_at_once_all_find_the_present_version(Database.HSQLDB);
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void where_there_is_no_table_there_is_nothing_to_migrate(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      assertThat(JdbcTokenStore.migrateSchema(pool)).isFalse();
      assertThat(Sql.hasTable(pool, Statements.DEFAULT_TABLE)).isFalse();
      assertThat(JdbcTokenStore.createSchema(pool)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_migrated_table_is_the_same_as_a_new_one(Database database) throws Exception {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      populate(pool, database, "migrated");
      JdbcTokenStore.migrateSchema(pool, "migrated");
      JdbcTokenStore.createSchema(pool, "made");
      try (Connection connection = pool.getConnection()) {
        Found migrated = found(connection, database, "migrated");
        Found made = found(connection, database, "made");
        assertThat(migrated.columns()).isEqualTo(made.columns());
        assertThat(migrated.indexes()).containsExactlyInAnyOrderElementsOf(made.indexes());
        assertThat(migrated.stamp()).isEqualTo(made.stamp());
      }
    }
  }

  private static Found found(Connection connection, Database database, String table)
      throws SQLException {
    return Found.of(connection, new Statements(database.dialect(), table));
  }

  /** Makes a table of version 1 with two rows, and returns how they ought to look now. */
  private static List<StoredToken> populate(DataSource pool, Database database, String table) {
    String script = "v1/schema-" + database.dialect().script() + ".sql";
    Sql.run(pool, Script.named(script, table), UnaryOperator.identity());
    return List.of(
        insert(pool, database, table, Samples.token("", "ci")),
        insert(pool, database, table, Samples.token("\u00e9 \ud83d\udd11", "CI")));
  }

  private static StoredToken insert(
      DataSource pool, Database database, String table, StoredToken row) {
    Dialect dialect = database.dialect();
    StoredToken.Previous previous = row.previous().orElseThrow();
    Sql.run(
        pool,
        "INSERT INTO " + table + " (owner, name, hash, hash_tag, previous_hash, previous_hash_tag,"
            + " previous_until, enabled, scopes, allowed_addresses, created_at, expires_at, last_used_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        dialect.kept(row.owner()),
        dialect.kept(row.name()),
        row.hash().bytes(),
        row.hash().tag(),
        previous.hash().bytes(),
        previous.hash().tag(),
        previous.until().toEpochMilli(),
        row.enabled(),
        dialect.kept(String.join(" ", row.scopes())),
        dialect.kept(String.join(" ", row.allowedAddresses())),
        row.createdAt().toEpochMilli(),
        row.expiresAt().orElseThrow().toEpochMilli(),
        row.lastUsedAt().orElseThrow().toEpochMilli());
    long id = ((Number) Sql.rows(pool, "SELECT MAX(id) FROM " + table).get(0).get(0)).longValue();
    return new StoredToken(
        id,
        row.owner(),
        row.name(),
        row.hash(),
        row.previous(),
        row.enabled(),
        row.scopes(),
        row.allowedAddresses(),
        row.createdAt(),
        row.expiresAt(),
        Optional.empty(),
        row.lastUsedAt());
  }
}

package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.testing.Effort;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations from version 1 to a version 2 that only tests have, with one more column. */
class MigrationTest {
  private static final String PROBLEM = "table counterfoil_tokens: its schema has version 1, not 2"
      + " (fix: JdbcTokenStore.migrateSchema, or ";

  @ParameterizedTest // H5
  @EnumSource(Database.class)
  void a_populated_table_of_version_1_is_rejected_until_it_is_migrated(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      List<StoredToken> old = populate(pool, Statements.DEFAULT_TABLE);
      Schema schema = version2(pool, database, Statements.DEFAULT_TABLE);
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(schema))
          .withMessageStartingWith(PROBLEM);
      assertThatIllegalStateException().isThrownBy(schema::create).withMessageStartingWith(PROBLEM);
      assertThat(schema.migrate()).isTrue();
      assertThat(schema.migrate()).isFalse();
      assertThat(schema.create()).isFalse();
      JdbcTokenStore store = new JdbcTokenStore(schema);
      assertThat(store.list(TokenQuery.all(), 0, 10)).isEqualTo(old);
      long id = store.insert(Samples.token("new"));
      assertThat(id).isGreaterThan(old.get(1).id());
      assertThat(store.findById(id)).contains(Samples.token("new").withId(id));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_statements_in_the_message_migrate_the_table_too(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      List<StoredToken> old = populate(pool, Statements.DEFAULT_TABLE);
      Schema schema = version2(pool, database, Statements.DEFAULT_TABLE);
      String message = catchThrowableOfType(
              IllegalStateException.class, () -> new JdbcTokenStore(schema))
          .getMessage();
      String fix = message.substring(PROBLEM.length(), message.length() - 1);
      Stream.of(fix.split("; ")).forEach(statement -> Sql.run(pool, statement));
      assertThat(new JdbcTokenStore(schema).list(TokenQuery.all(), 0, 10)).isEqualTo(old);
    }
  }

  @ParameterizedTest // H5
  @EnumSource(Database.class)
  void nodes_that_migrate_at_once_all_find_the_new_version(Database database) throws Exception {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      List<StoredToken> old = populate(pool, "mine");
      Concurrently.run(8, () -> {
        version2(pool, database, "mine").migrate();
        new JdbcTokenStore(version2(pool, database, "mine"));
      });
      assertThat(new JdbcTokenStore(pool, "mine").list(TokenQuery.all(), 0, 10)).isEqualTo(old);
    }
  }

  @Test // without a lock, one round in eight lost all rows
  void hsqldb_loses_no_row_if_a_column_is_added_twice_at_once() throws Exception {
    for (int round = 0; round < Effort.times(4); round++) {
      nodes_that_migrate_at_once_all_find_the_new_version(Database.HSQLDB);
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void without_a_table_there_is_nothing_to_migrate(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      assertThat(JdbcTokenStore.migrateSchema(pool)).isFalse();
      assertThat(version2(pool, database, Statements.DEFAULT_TABLE).migrate()).isFalse();
      assertThat(Sql.hasTable(pool, Statements.DEFAULT_TABLE)).isFalse();
      assertThat(JdbcTokenStore.createSchema(pool)).isTrue();
      assertThat(JdbcTokenStore.migrateSchema(pool)).isFalse();
    }
  }

  private static Schema version2(DataSource pool, Database database, String table) {
    return new Schema(pool, new Statements(database.dialect(), table), List.of("made_up"));
  }

  /** Creates a table of version 1, and returns its two tokens. */
  private static List<StoredToken> populate(DataSource pool, String table) {
    JdbcTokenStore.createSchema(pool, table);
    JdbcTokenStore store = new JdbcTokenStore(pool, table);
    store.insert(Samples.token("", "ci"));
    store.insert(Samples.token("\u00e9 \ud83d\udd11", "CI"));
    return store.list(TokenQuery.all(), 0, 10);
  }
}

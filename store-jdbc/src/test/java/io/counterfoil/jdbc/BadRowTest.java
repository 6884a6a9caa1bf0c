package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.Verdict;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that the store never writes: another program wrote them, or the file is damaged. */
class BadRowTest {

  @ParameterizedTest // A9
  @EnumSource(Database.class)
  void a_row_with_an_unknown_tag_is_read_and_rejects_every_plaintext(Database database) {
    DataSource pool = database.emptied(true);
    JdbcTokenStore store = new JdbcTokenStore(pool);
    TokenManager manager = TokenManager.builder(store).build();
    var created = manager.create(NewToken.named("old"));
    Sql.run(pool, "UPDATE counterfoil_tokens SET hash_tag = 'x9'");
    assertThat(store.findByHash(List.of(Samples.hash(created.reveal()))))
        .map(StoredToken::hash)
        .contains(TokenHash.of("x9", Samples.sha256(created.reveal())));
    assertThat(manager.authenticate(created.reveal())).isInstanceOf(Verdict.Rejected.class);
  }

  @ParameterizedTest // I1
  @EnumSource(Database.class)
  void an_unreadable_row_causes_a_store_exception(Database database) {
    DataSource pool = unconstrainedTable(database);
    assertUnreadable(database, pool, "hash_tag = ?", "X 9");
    assertUnreadable(database, pool, "hash_tag = ?", "");
    assertUnreadable(database, pool, "hash = ?", new byte[5]);
    assertUnreadable(database, pool, "previous_hash = ?", new byte[5]);
    assertUnreadable(database, pool, "previous_hash_tag = ?", "X 9");
    assertUnreadable(database, pool, "previous_hash_tag = NULL");
    assertUnreadable(database, pool, "previous_until = NULL");
    assertUnreadable(database, pool, "hash = NULL");
    assertUnreadable(database, pool, "scopes = NULL");
  }

  @ParameterizedTest // M1: an empty set of scopes would mean unrestricted
  @EnumSource(Database.class)
  void scopes_of_only_blanks_are_not_read_as_an_empty_set(Database database) {
    DataSource pool = unconstrainedTable(database);
    Sql.run(
        pool,
        "UPDATE unconstrained SET scopes = ?, allowed_addresses = ?",
        " " + database.dialect().terminator,
        "  " + database.dialect().terminator);
    StoredToken row = unconstrained(database, pool).list(0, 1).get(0);
    assertThat(row.scopes()).containsExactly("");
    assertThat(row.allowedAddresses()).containsExactly("");
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_table_rejects_a_hash_of_another_length(Database database) {
    DataSource pool = database.emptied(true);
    new JdbcTokenStore(pool).insert(Samples.token("good"));
    for (String column : new String[] {"hash", "previous_hash"}) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(
              () -> Sql.run(pool, "UPDATE counterfoil_tokens SET " + column + " = ?", new byte[31]))
          .withCauseInstanceOf(SQLException.class);
    }
  }

  /** Creates a copy of the table that has its columns, but none of its constraints. */
  private static DataSource unconstrainedTable(Database database) {
    DataSource pool = database.emptied(true);
    new JdbcTokenStore(pool).insert(Samples.token("good"));
    if (Sql.hasTable(pool, "unconstrained")) {
      Sql.run(pool, "DROP TABLE unconstrained");
    }
    SchemaScript script = SchemaScript.schema(database.dialect(), "unconstrained");
    String columns = TableMetadata.EXPECTED_COLUMNS.stream()
        .map(column -> column.equals("id")
            ? "id BIGINT"
            : column + ' ' + script.definition(column).replace("NOT NULL", ""))
        .collect(joining(", "));
    Sql.run(pool, "CREATE TABLE unconstrained (" + columns + ')');
    Sql.run(pool, "INSERT INTO unconstrained SELECT * FROM counterfoil_tokens");
    assertThat(unconstrained(database, pool).list(0, 9)).hasSize(1);
    return pool;
  }

  /** Returns a store that does not check its table. */
  private static JdbcTokenStore unconstrained(Database database, DataSource pool) {
    return new JdbcTokenStore(pool, new Statements(database.dialect(), "unconstrained"));
  }

  private static void assertUnreadable(
      Database database, DataSource pool, String change, Object... values) {
    Sql.run(pool, "DELETE FROM unconstrained");
    Sql.run(pool, "INSERT INTO unconstrained SELECT * FROM counterfoil_tokens");
    Sql.run(pool, "UPDATE unconstrained SET " + change, values);
    JdbcTokenStore store = unconstrained(database, pool);
    assertThatExceptionOfType(TokenStoreException.class)
        .as(change)
        .isThrownBy(() -> store.list(0, 10))
        .withMessage("the token store failed to list tokens");
  }
}

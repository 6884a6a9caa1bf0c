package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

/** Rows that the store itself would not write: another program did, or the file is damaged. */
class BadRowTest {

  @ParameterizedTest // A9
  @EnumSource(Database.class)
  void a_row_with_an_unknown_tag_is_read_and_opens_to_nobody(Database database) {
    DataSource pool = database.emptied(true);
    JdbcTokenStore store = new JdbcTokenStore(pool);
    TokenManager manager = TokenManager.builder(store).build();
    var created = manager.create(io.counterfoil.NewToken.named("old"));
    Sql.run(pool, "UPDATE counterfoil_tokens SET hash_tag = 'x9'");
    assertThat(store.findByHash(List.of(Samples.hash(created.reveal()))))
        .map(StoredToken::hash)
        .contains(TokenHash.of("x9", Samples.sha256(created.reveal())));
    assertThat(manager.authenticate(created.reveal())).isInstanceOf(Verdict.Rejected.class);
  }

  @ParameterizedTest // I1
  @EnumSource(Database.class)
  void a_row_that_cannot_be_read_is_a_failure_of_the_store(Database database) {
    DataSource pool = looseTable(database);
    refused(database, pool, "hash_tag = ?", "X 9");
    refused(database, pool, "hash_tag = ?", "");
    refused(database, pool, "hash = ?", new byte[5]);
    refused(database, pool, "previous_hash = ?", new byte[5]);
    refused(database, pool, "previous_hash_tag = ?", "X 9");
    refused(database, pool, "previous_hash_tag = NULL");
    refused(database, pool, "previous_until = NULL");
    refused(database, pool, "hash = NULL");
    refused(database, pool, "scopes = NULL");
  }

  @ParameterizedTest // M1: no words at all would mean no restriction
  @EnumSource(Database.class)
  void scopes_of_blanks_alone_are_not_read_as_none(Database database) {
    DataSource pool = looseTable(database);
    Sql.run(
        pool,
        "UPDATE loose SET scopes = ?, allowed_addresses = ?",
        database.dialect().encode(" "),
        database.dialect().encode("  "));
    StoredToken row = loose(database, pool).list(0, 1).get(0);
    assertThat(row.scopes()).containsExactly("");
    assertThat(row.allowedAddresses()).containsExactly("");
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_table_itself_takes_no_hash_of_another_length(Database database) {
    DataSource pool = database.emptied(true);
    new JdbcTokenStore(pool).insert(Samples.token("good"));
    for (String column : new String[] {"hash", "previous_hash"}) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(
              () -> Sql.run(pool, "UPDATE counterfoil_tokens SET " + column + " = ?", new byte[31]))
          .withCauseInstanceOf(SQLException.class);
    }
  }

  /** A copy of the table has its columns, and none of its constraints. */
  private static DataSource looseTable(Database database) {
    DataSource pool = database.emptied(true);
    new JdbcTokenStore(pool).insert(Samples.token("good"));
    if (Sql.hasTable(pool, "loose")) {
      Sql.run(pool, "DROP TABLE loose");
    }
    SchemaScript script = SchemaScript.schema(database.dialect(), "loose");
    String columns = TableMetadata.EXPECTED_COLUMNS.stream()
        .map(column -> column.equals("id")
            ? "id BIGINT"
            : column + ' ' + script.definition(column).replace("NOT NULL", ""))
        .collect(joining(", "));
    Sql.run(pool, "CREATE TABLE loose (" + columns + ')');
    Sql.run(pool, "INSERT INTO loose SELECT * FROM counterfoil_tokens");
    assertThat(loose(database, pool).list(0, 9)).hasSize(1);
    return pool;
  }

  /** A store that is made without a look at its table. */
  private static JdbcTokenStore loose(Database database, DataSource pool) {
    return new JdbcTokenStore(pool, new Statements(database.dialect(), "loose"));
  }

  private static void refused(Database database, DataSource pool, String change, Object... values) {
    Sql.run(pool, "DELETE FROM loose");
    Sql.run(pool, "INSERT INTO loose SELECT * FROM counterfoil_tokens");
    Sql.run(pool, "UPDATE loose SET " + change, values);
    JdbcTokenStore store = loose(database, pool);
    assertThatExceptionOfType(TokenStoreException.class)
        .as(change)
        .isThrownBy(() -> store.list(0, 10))
        .withMessage("the token store failed to list tokens");
  }
}

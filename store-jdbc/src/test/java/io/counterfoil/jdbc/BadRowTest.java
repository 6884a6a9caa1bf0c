package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.Token;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.UnreadableTokenException;
import io.counterfoil.Verdict;
import io.counterfoil.testing.CapturedLog;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
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
  void an_unreadable_row_is_a_failure_with_its_id_and_is_left_out_of_lists(Database database) {
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
    assertUnreadable(database, pool, "created_at = NULL");
    assertUnreadable(database, pool, "renewed_at = NULL");
    assertUnreadable(database, pool, "description = NULL");
    assertUnreadable(database, pool, "revision = NULL");
    if (!database.dialect().terminator.isEmpty()) {
      assertUnreadable(database, pool, "owner = ?", "owner");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void lists_leave_out_unreadable_rows_and_are_complete_otherwise(Database database) {
    DataSource pool = database.emptied(true);
    JdbcTokenStore good = new JdbcTokenStore(pool);
    List<Long> ids = IntStream.range(0, 1_100)
        .mapToObj(i -> good.insert(Samples.token("mine", "token " + i)))
        .toList();
    DataSource copy = unconstrainedTable(database, pool);
    JdbcTokenStore store = unconstrained(database, copy);
    // More than a page of unreadable rows, single ones, and the last one.
    spoil(copy, "id > ? AND id <= ?", ids.get(99), ids.get(699));
    spoil(copy, "id = ? OR id = ?", ids.get(800), ids.get(1_099));
    List<Long> readable = new ArrayList<>(ids.subList(0, 100));
    readable.addAll(ids.subList(700, 800));
    readable.addAll(ids.subList(801, 1_099));
    try (TokenManager manager = TokenManager.builder(store).build()) {
      assertThat(manager.list()).extracting(Token::id).containsExactlyElementsOf(readable);
      assertThat(manager.list(TokenQuery.all().owner("mine")))
          .extracting(Token::id)
          .containsExactlyElementsOf(readable);
      assertThat(manager.unused(Instant.MAX)).hasSameSizeAs(readable);
      assertThat(manager.reports().countByPepper()).containsExactly(entry("", 498L));
    }
    assertThat(store.list(TokenQuery.all(), ids.get(99), 2))
        .extracting(StoredToken::id)
        .containsExactlyElementsOf(ids.subList(700, 702));
    assertThat(store.list(TokenQuery.all(), ids.get(1_098), 9)).isEmpty();
  }

  @Test
  void the_id_of_a_token_that_is_left_out_is_logged_once_and_nothing_else_about_it() {
    DataSource pool = unconstrainedTable(Database.H2);
    spoil(pool, "1 = 1");
    JdbcTokenStore store = unconstrained(Database.H2, pool);
    String log = CapturedLog.of(() -> {
      store.list(TokenQuery.all(), 0, 10);
      store.list(TokenQuery.all(), 0, 10);
    });
    assertThat(log)
        .containsOnlyOnce(
            "Token " + id(pool) + " is left out of lists, because its row cannot be read")
        .doesNotContain("good", "X 9");
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_token_with_an_unreadable_row_can_be_disabled_and_deleted(Database database) {
    DataSource pool = unconstrainedTable(database);
    spoil(pool, "1 = 1");
    JdbcTokenStore store = unconstrained(database, pool);
    long id = id(pool);
    try (TokenManager manager =
        TokenManager.builder(store).synchronousListener(event -> {}).build()) {
      String log = CapturedLog.of(() -> {
        assertThat(manager.disable(id)).isTrue();
        assertThat(manager.disable(id)).isTrue();
      });
      assertThat(log).contains("Token " + id + " was changed by ").doesNotContain("\tat ");
      assertThat(manager.disableAll()).isZero();
      assertThatExceptionOfType(UnreadableTokenException.class)
          .isThrownBy(() -> manager.enable(id));
      Sql.run(pool, "UPDATE unconstrained SET enabled = ?", true);
      assertThat(manager.disableOwnedBy("owner of good")).isEqualTo(1);
      Sql.run(pool, "UPDATE unconstrained SET enabled = ?", true);
      assertThat(manager.disableAll()).isEqualTo(1);
      assertThat(manager.delete(id)).isTrue();
      assertThat(manager.delete(id)).isFalse();
    }
    Sql.run(pool, "INSERT INTO unconstrained SELECT * FROM counterfoil_tokens");
    spoil(pool, "1 = 1");
    assertThat(store.deleteExpired(Instant.MAX, 10)).isEqualTo(1);
    Sql.run(pool, "INSERT INTO unconstrained SELECT * FROM counterfoil_tokens");
    spoil(pool, "1 = 1");
    assertThat(store.deleteExpired(id(pool), Instant.MAX)).isTrue();
  }

  @ParameterizedTest // I1
  @EnumSource(Database.class)
  void authenticating_with_an_unreadable_row_is_a_failure_and_never_a_verdict(Database database) {
    DataSource pool = database.emptied(true);
    String plaintext = TokenManager.builder(new JdbcTokenStore(pool))
        .build()
        .create(NewToken.named("ci"))
        .reveal();
    DataSource copy = unconstrainedTable(database, pool);
    spoil(copy, "1 = 1");
    try (TokenManager manager =
        TokenManager.builder(unconstrained(database, copy)).build()) {
      assertThatExceptionOfType(UnreadableTokenException.class)
          .isThrownBy(() -> manager.authenticate(plaintext));
    }
  }

  @Test
  void the_name_of_a_token_with_an_unreadable_row_is_still_taken() {
    DataSource pool = Database.H2.emptied(true);
    JdbcTokenStore store = new JdbcTokenStore(pool);
    store.insert(Samples.token("good"));
    Sql.run(pool, "UPDATE counterfoil_tokens SET hash_tag = 'X 9'");
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.insert(Samples.token("owner of good", "good", "another hash")));
  }

  private static long id(DataSource pool) {
    return ((Number) Sql.rows(pool, "SELECT id FROM unconstrained").get(0).get(0)).longValue();
  }

  private static void spoil(DataSource pool, String condition, Object... values) {
    Sql.run(pool, "UPDATE unconstrained SET hash_tag = 'X 9' WHERE " + condition, values);
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
    StoredToken row = unconstrained(database, pool).list(TokenQuery.all(), 0, 1).get(0);
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
    return unconstrainedTable(database, pool);
  }

  private static DataSource unconstrainedTable(Database database, DataSource pool) {
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
    assertThat(unconstrained(database, pool).list(TokenQuery.all(), 0, 9)).isNotEmpty();
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
    long id = id(pool);
    assertThat(store.list(TokenQuery.all(), 0, 10)).as(change).isEmpty();
    assertThatExceptionOfType(UnreadableTokenException.class)
        .as(change)
        .isThrownBy(() -> store.findById(id))
        .withMessage("the row of token " + id + " cannot be read")
        .satisfies(failure -> assertThat(failure.id()).isEqualTo(id));
  }
}

package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in the messages of drivers do not reach exceptions of the store (L1). */
class SqlExceptionSanitizerTest {

  @ParameterizedTest // L1: PostgreSQL names the key, H2 shows the whole row
  @EnumSource(Database.class)
  void a_violated_key_of_the_host_shows_no_hash_in_any_cause(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      Sql.run(pool, "CREATE UNIQUE INDEX mine ON counterfoil_tokens (previous_hash)");
      JdbcTokenStore store = new JdbcTokenStore(pool);
      StoredToken taken = Samples.token("taken");
      store.insert(taken);
      StoredToken row = Samples.token("row").withId(store.insert(Samples.token("row")));
      TokenStoreException failure = catchThrowableOfType(
          TokenStoreException.class,
          () -> store.update(row.withHashes(row.hash(), taken.previous())));
      assertThat(failure).hasCauseInstanceOf(SQLException.class);
      byte[] hash = taken.previous().orElseThrow().hash().bytes();
      assertThat(text(failure))
          .contains("JdbcTokenStore.update")
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(hash).substring(0, 16))
          .doesNotContain("taken");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "28P01", "42501", "40001", "57014", "26000", "90020"})
  void an_exception_without_values_is_kept(String state) {
    SQLException failure = new SQLException("permission denied", state);
    assertThat(SqlExceptionSanitizer.of(failure)).isSameAs(failure);
    IllegalStateException wrapped = new IllegalStateException(failure);
    assertThat(SqlExceptionSanitizer.of(wrapped)).isSameAs(wrapped);
  }

  @ParameterizedTest // 1366 of MySQL, HY000, quotes the name
  @ValueSource(strings = {"23505", "22001", "44000", "HY000", "x", ""})
  void other_exceptions_keep_their_type_codes_and_stack_traces(String state) {
    SQLException failure = new SQLException("Key (hash)=(secret)", state, 7);
    SQLException second = new SQLException("secret", "08006");
    failure.addSuppressed(second);
    SQLException copy = (SQLException) SqlExceptionSanitizer.of(failure);
    assertThat(copy.getSQLState()).isEqualTo(state);
    assertThat(copy.getErrorCode()).isEqualTo(7);
    assertThat(copy.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(text(copy)).contains("java.sql.SQLException").doesNotContain("secret");
  }

  @Test // H2 adds a general error to it when a rollback fails too
  void the_message_of_a_closed_database_is_kept_beside_a_removed_one() {
    SQLException closed = new SQLException("The database has been closed [90098-252]", "90098");
    closed.addSuppressed(new SQLException("secret", "HY000"));
    assertThat(text(SqlExceptionSanitizer.of(closed)))
        .contains("The database has been closed [90098-252]")
        .doesNotContain("secret");
  }

  @Test
  void messages_are_removed_from_causes_suppressed_and_next_exceptions() {
    SQLException quoting = new SQLException("secret", "23505");
    SQLException batch = new SQLException("batch", "08000");
    batch.setNextException(quoting);
    SQLException suppressing = new SQLException("close", "08000");
    suppressing.addSuppressed(quoting);
    for (Throwable failure :
        List.of(new IllegalStateException("secret too", quoting), batch, suppressing)) {
      assertThat(text(SqlExceptionSanitizer.of(failure))).doesNotContain("secret");
    }
  }

  @Test
  void a_cycle_of_causes_ends() {
    SQLException first = new SQLException("secret", "08006");
    SQLException second = new SQLException("secret", "08006", first);
    first.initCause(second);
    assertThat(text(SqlExceptionSanitizer.of(first))).doesNotContain("secret");
  }

  private static String text(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}

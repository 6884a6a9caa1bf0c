package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The message of a failure names the likely cause if its SQLState has one. */
class StoreFailureTest {

  @ParameterizedTest // the messages of PostgreSQL 18 behind PgBouncer 1.18 in transaction mode
  @CsvSource(
      delimiter = '|',
      value = {
        "42P05 | ERROR: prepared statement \"S_1\" already exists",
        "26000 | ERROR: prepared statement \"S_2\" does not exist",
        "08P01 | ERROR: bind message supplies 1 parameters, but prepared statement \"S_1\" requires 2",
      })
  void prepared_statements_behind_a_pooler_are_named_as_the_cause(String state, String message) {
    InstrumentedDataSource watched = new InstrumentedDataSource(Database.H2.emptied(true));
    JdbcTokenStore store = new JdbcTokenStore(
        watched.dataSource(), new Statements(Dialect.H2, Statements.DEFAULT_TABLE));
    watched.failBefore("executeQuery", new SQLException(message, state));
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.findById(1))
        .withMessageStartingWith(
            "the token store failed to find a token by its id (a pooler such as"
                + " PgBouncer in transaction mode may run prepared statements on another connection")
        .withMessageContaining("fix: prepareThreshold=0 in the URL")
        .havingCause()
        .withMessage(message);
  }

  @Test
  void the_cause_of_a_cause_counts_too() {
    SQLException state = new SQLException("S_1", "26000");
    assertThat(StoreFailure.of("list tokens", new IllegalStateException(state)))
        .hasMessageContaining("prepareThreshold=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "42P01", "23505", ""})
  void other_failures_have_no_guess(String state) {
    assertThat(StoreFailure.of("list tokens", new SQLException("x", state)))
        .hasMessage("the token store failed to list tokens");
    assertThat(StoreFailure.of("list tokens", new SQLException("x")))
        .hasMessage("the token store failed to list tokens");
  }

  @Test
  void a_cycle_of_causes_ends() {
    SQLException first = new SQLException("x", "08006");
    first.initCause(new SQLException("y", "08006", first));
    assertThat(StoreFailure.of("list tokens", first))
        .hasMessage("the token store failed to list tokens");
  }
}

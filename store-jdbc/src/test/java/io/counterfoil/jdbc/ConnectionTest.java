package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the store does with connections, in good times and in bad. */
@ParameterizedClass
@MethodSource("io.counterfoil.jdbc.Database#withAndWithoutAutoCommit")
class ConnectionTest {
  private final SQLException broken = new SQLException("the line is broken", "08006");

  @Parameter(0)
  Database database;

  @Parameter(1)
  boolean autoCommit;

  private WatchedDataSource watched;
  private JdbcTokenStore store;
  private JdbcTokenStore unwatched;

  @BeforeEach
  void watch() {
    DataSource pool = database.emptied(autoCommit);
    watched = new WatchedDataSource(pool);
    store = new JdbcTokenStore(watched.dataSource());
    watched.forget();
    unwatched = new JdbcTokenStore(pool);
  }

  @Test
  void each_call_gives_its_connection_back_as_it_came() {
    forEach(Operation.values(), operation -> {
      operation.on(store, present());
      assertThat(Collections.frequency(watched.calls, "getConnection"))
          .isEqualTo(operation == Operation.DELETE_EXPIRED ? 2 : 1);
      if (operation.changes()) {
        assertThat(unwatched.list(0, 10))
            .isNotEqualTo(List.of(Samples.token("present").withId(lastId())));
      }
    });
  }

  @Test
  void a_single_statement_costs_no_round_trip_for_a_transaction_where_auto_commit_is_on() {
    forEach(Operation.values(), operation -> {
      operation.on(store, present());
      assertThat(watched.calls.contains("commit")).isEqualTo(!operation.isSingle() || !autoCommit);
      assertThat(watched.calls).doesNotContain("rollback");
    });
  }

  @Test
  void a_read_is_one_query_and_a_change_that_ends_something_one_statement_more_for_the_stamp() {
    forEach(Operation.values(), operation -> {
      operation.on(store, present());
      List<String> statements =
          watched.calls.stream().filter(call -> call.startsWith("execute")).toList();
      if (!operation.changes()) {
        assertThat(statements).containsExactly("executeQuery");
      }
      assertThat(Collections.frequency(statements, "execute")).isEqualTo(operation.ends() ? 1 : 0);
    });
  }

  @Test
  void a_taken_name_leaves_nothing_open() {
    store.insert(Samples.token("present"));
    watched.forget();
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")));
    assertThat(watched.unclosed()).isEmpty();
    assertThat(watched.complaints).isEmpty();
  }

  @Test // I1
  void a_taken_hash_is_a_failure_of_the_store_and_changes_nothing() {
    StoredToken present = Samples.token("present");
    long id = store.insert(present);
    StoredToken sameHash = withHashOf(present, Samples.token("other"));
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insert(sameHash))
        .withMessage("the token store failed to insert a token");
    assertThat(unwatched.list(0, 10)).containsExactly(present.withId(id));
  }

  @Test // I1
  void a_refused_connection_is_a_failure_of_the_store() {
    forEach(
        Operation.values(),
        operation -> failing(operation, () -> watched.failBefore("getConnection", broken)));
  }

  @Test // I1
  void a_failing_statement_is_a_failure_of_the_store_and_changes_nothing() {
    forEach(Operation.values(), operation -> {
      failing(operation, () -> watched.failBefore("prepareStatement", broken));
      assertUnchanged();
      failing(operation, () -> {
        watched.failBefore("executeQuery", broken);
        watched.failBefore("executeUpdate", broken);
        watched.failBefore("executeBatch", broken);
      });
      assertUnchanged();
    });
  }

  @Test // I1: half of the work is done when the line breaks
  void what_is_not_committed_is_rolled_back() {
    forEach(Operation.values(), operation -> {
      if (operation.changes() && !(operation.isSingle() && autoCommit)) {
        failing(operation, () -> {
          watched.failAfter("executeUpdate", broken);
          watched.failAfter("executeBatch", broken);
        });
        assertThat(watched.calls).contains("rollback");
        assertUnchanged();
      }
    });
  }

  @Test // I1
  void a_failing_commit_is_a_failure_of_the_store_and_changes_nothing() {
    forEach(Operation.values(), operation -> {
      if (!operation.isSingle() || !autoCommit) {
        failing(operation, () -> watched.failBefore("commit", broken));
        assertUnchanged();
      }
    });
  }

  @Test // H4: nobody knows whether the name was taken by this very call
  void an_insert_that_was_made_and_not_acknowledged_is_a_failure_and_no_duplicate() {
    watched.failAfter(autoCommit ? "executeUpdate" : "commit", broken);
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")))
        .withCause(broken);
    assertThat(unwatched.list(0, 10)).hasSize(1);
    assertThat(watched.unclosed()).isEmpty();
  }

  @Test
  void a_second_failure_does_not_hide_the_first_and_commits_nothing() {
    long id = present();
    watched.failBefore("executeBatch", broken);
    SQLException second = new SQLException("the rollback failed too", "08006");
    watched.failBefore("rollback", second);
    TokenStoreException failure =
        catchThrowableOfType(TokenStoreException.class, () -> Operation.RECORD_USES.on(store, id));
    assertThat(failure).hasCause(broken);
    assertThat(failure.getCause().getSuppressed()).containsExactly(second);
    int switchedOff = watched.calls.lastIndexOf("setAutoCommit");
    assertThat(watched.calls.indexOf("executeBatch")).isGreaterThan(switchedOff);
    assertThat(watched.unclosed()).isEmpty();
  }

  @Test // I1: the change is made, or not at all; what does not come back is said
  void a_connection_that_fails_when_it_is_given_back_is_a_failure_of_the_store() {
    for (String last : List.of("closeConnection", "setAutoCommit")) {
      forEach(Operation.values(), operation -> {
        watched.failAfter(last, broken);
        long id = present();
        StoredToken before = unwatched.findById(id).orElseThrow();
        boolean isMet = last.equals("closeConnection") || !operation.isSingle() || !autoCommit;
        if (isMet) {
          assertThatExceptionOfType(TokenStoreException.class)
              .isThrownBy(() -> operation.on(store, id))
              .withCause(broken);
        }
        watched.forget();
        List<StoredToken> rows = unwatched.list(0, 10);
        if (!rows.contains(before)) {
          assertThat(rows).hasSizeLessThanOrEqualTo(1); // changed or deleted, as a whole
        }
      });
    }
  }

  @Test
  void no_uses_need_no_connection() {
    store.recordUses(java.util.Map.of());
    assertThat(watched.calls).isEmpty();
  }

  /** Runs each operation on a store with one token, and looks at its connection afterwards. */
  private void forEach(Operation[] operations, Consumer<Operation> check) {
    Stream.of(operations).forEach(operation -> {
      database.emptied(autoCommit);
      unwatched.insert(Samples.token("present"));
      watched.forget();
      try {
        check.accept(operation);
        assertThat(watched.unclosed()).isEmpty();
        assertThat(watched.complaints).isEmpty();
      } catch (AssertionError e) {
        throw new AssertionError(operation + ": " + e.getMessage(), e);
      }
    });
  }

  private void failing(Operation operation, Runnable fault) {
    watched.forget();
    fault.run();
    long id = present();
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> operation.on(store, id))
        .withMessageStartingWith("the token store failed to ")
        .withCause(broken)
        .satisfies(
            failure -> assertThat(failure.getMessage()).doesNotContain("present", "new", "line"));
  }

  private void assertUnchanged() {
    assertThat(unwatched.list(0, 10)).containsExactly(Samples.token("present").withId(lastId()));
  }

  /** Returns the id of the one token, which is put there if it is not. */
  private long present() {
    return unwatched.list(0, 1).isEmpty() ? unwatched.insert(Samples.token("present")) : lastId();
  }

  private long lastId() {
    List<StoredToken> rows = unwatched.list(0, 10);
    return rows.isEmpty() ? 0 : rows.get(0).id();
  }

  private static StoredToken withHashOf(StoredToken hashed, StoredToken named) {
    return new StoredToken(
        StoredToken.UNSAVED,
        named.owner(),
        named.name(),
        hashed.hash(),
        named.previous(),
        named.enabled(),
        named.scopes(),
        named.allowedAddresses(),
        named.createdAt(),
        named.expiresAt(),
        named.trackedSince(),
        named.lastUsedAt());
  }
}

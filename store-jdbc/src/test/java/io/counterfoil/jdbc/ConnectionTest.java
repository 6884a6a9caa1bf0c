package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How the store uses connections, with and without failures. */
@ParameterizedClass
@MethodSource("io.counterfoil.jdbc.Database#withAndWithoutAutoCommit")
class ConnectionTest {
  private final SQLException broken = new SQLException("the connection is broken", "08006");

  @Parameter(0)
  Database database;

  @Parameter(1)
  boolean autoCommit;

  private InstrumentedDataSource watched;
  private JdbcTokenStore store;
  private JdbcTokenStore uninstrumented;

  @BeforeEach
  void watch() {
    DataSource pool = database.emptied(autoCommit);
    watched = new InstrumentedDataSource(pool);
    store = Samples.silent(watched.dataSource());
    watched.reset();
    uninstrumented = Samples.silent(pool);
  }

  @Test
  void each_call_returns_its_connection_with_unchanged_settings() {
    forEach(Operation.values(), operation -> {
      operation.on(store, present());
      assertThat(Collections.frequency(watched.calls, "getConnection"))
          .isEqualTo(operation == Operation.DELETE_EXPIRED ? 2 : 1);
      if (operation.changes()) {
        assertThat(uninstrumented.list(TokenQuery.all(), 0, 10))
            .isNotEqualTo(List.of(Samples.token("present").withId(lastId())));
      }
    });
  }

  /** So a node that stalls holds no lock, except in the few transactions of several statements. */
  @Test
  void a_change_of_one_statement_is_committed_by_the_database_whatever_the_setting_of_the_pool() {
    forEach(Operation.values(), operation -> {
      operation.on(store, present());
      assertThat(watched.calls.contains("commit"))
          .isEqualTo(operation.changes() ? !operation.isSingleStatement() : !autoCommit);
      assertThat(watched.calls).doesNotContain("rollback");
    });
  }

  @Test
  void a_read_is_one_query_and_a_change_one_statement() {
    forEach(Operation.values(), operation -> {
      operation.on(store, present());
      List<String> statements =
          watched.calls.stream().filter(call -> call.startsWith("execute")).toList();
      if (!operation.changes()) {
        assertThat(statements).containsExactly("executeQuery");
      } else if (operation.isSingleStatement()) {
        assertThat(statements).containsExactly("executeUpdate");
      }
    });
  }

  @Test
  void a_duplicate_name_leaves_nothing_open() {
    store.insert(Samples.token("present"));
    watched.reset();
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")));
    assertThat(watched.unclosed()).isEmpty();
    assertThat(watched.problems).isEmpty();
  }

  @Test // M8
  void a_token_that_is_not_inserted_leaves_no_key_and_nothing_open() {
    long present = store.insert(Samples.token("present"));
    watched.reset();
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.insertOnce("key", Samples.token("present")));
    watched.failOnce("executeUpdate", 2, broken); // the first one has inserted the key
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insertOnce("key", Samples.token("new")))
        .withCause(broken);
    watched.failBefore("commit", broken);
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insertOnce("key", Samples.token("new")))
        .withCause(broken);
    assertThat(uninstrumented.isRecorded("key")).isFalse();
    assertThat(uninstrumented.list(TokenQuery.all(), 0, 10))
        .containsExactly(Samples.token("present").withId(present));
    assertThat(watched.unclosed()).isEmpty();
    assertThat(watched.problems).isEmpty();
  }

  @Test // M8
  void a_recorded_key_leaves_nothing_open() {
    assertThat(store.insertOnce("key", Samples.token("present"))).isPresent();
    watched.reset();
    assertThat(store.insertOnce("key", Samples.token("new"))).isEmpty();
    assertThat(uninstrumented.list(TokenQuery.all(), 0, 10)).hasSize(1);
    assertThat(watched.unclosed()).isEmpty();
    assertThat(watched.problems).isEmpty();
  }

  @Test // H4: the token may be there, but this caller must not believe that another has inserted it
  void an_unacknowledged_insert_of_a_key_causes_a_store_exception_and_not_an_empty_result() {
    watched.failAfter("commit", broken);
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insertOnce("key", Samples.token("new")))
        .withCause(broken);
    assertThat(uninstrumented.isRecorded("key")).isTrue();
    assertThat(uninstrumented.list(TokenQuery.all(), 0, 10)).hasSize(1);
  }

  @Test
  void a_duplicate_hash_changes_nothing_and_leaves_nothing_open() {
    StoredToken present = Samples.token("present").withId(store.insert(Samples.token("present")));
    StoredToken other = Samples.token("other").withId(store.insert(Samples.token("other")));
    TokenHash taken = TokenHash.of("x9", present.hash().bytes());
    watched.reset();
    assertThatExceptionOfType(DuplicateTokenHashException.class)
        .isThrownBy(() -> store.insert(Samples.token("new").withHashes(taken, Optional.empty())));
    assertThatExceptionOfType(DuplicateTokenHashException.class)
        .isThrownBy(() -> store.update(other.withHashes(taken, other.previous())));
    assertThat(uninstrumented.list(TokenQuery.all(), 0, 10)).containsExactly(present, other);
    assertThat(watched.unclosed()).isEmpty();
    assertThat(watched.problems).isEmpty();
  }

  @Test // I1
  void a_refused_connection_causes_a_store_exception() {
    forEach(
        Operation.values(),
        operation -> assertFails(operation, () -> watched.failBefore("getConnection", broken)));
  }

  @Test // I1
  void a_failing_statement_causes_a_store_exception_and_no_change() {
    forEach(Operation.values(), operation -> {
      assertFails(operation, () -> watched.failBefore("prepareStatement", broken));
      assertUnchanged();
      assertFails(operation, () -> {
        watched.failBefore("executeQuery", broken);
        watched.failBefore("executeUpdate", broken);
        watched.failBefore("executeBatch", broken);
      });
      assertUnchanged();
    });
  }

  @Test // I1: the connection breaks in the middle of a change
  void an_uncommitted_change_is_rolled_back() {
    forEach(Operation.values(), operation -> {
      if (!operation.isSingleStatement()) {
        assertFails(operation, () -> {
          watched.failAfter("executeUpdate", broken);
          watched.failAfter("executeBatch", broken);
        });
        assertThat(watched.calls).contains("rollback");
        assertUnchanged();
      }
    });
  }

  @Test // I1
  void a_failing_commit_causes_a_store_exception_and_no_change() {
    forEach(Operation.values(), operation -> {
      if (!operation.isSingleStatement() || (!operation.changes() && !autoCommit)) {
        assertFails(operation, () -> watched.failBefore("commit", broken));
        assertUnchanged();
      }
    });
  }

  @Test // H4: it is unknown whether this call or another used the name
  void an_unacknowledged_insert_causes_a_store_exception_and_not_a_duplicate_name() {
    watched.failAfter("executeUpdate", broken);
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")))
        .withCause(broken);
    assertThat(uninstrumented.list(TokenQuery.all(), 0, 10)).hasSize(1);
    assertThat(watched.unclosed()).isEmpty();
  }

  @Test
  void a_second_failure_does_not_hide_the_first_and_nothing_is_committed() {
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

  @Test // I1: the change is made completely or not at all, and the caller learns of the failure
  void a_connection_that_fails_when_it_is_returned_causes_a_store_exception() {
    for (String last : List.of("closeConnection", "setAutoCommit")) {
      forEach(Operation.values(), operation -> {
        watched.failAfter(last, broken);
        long id = present();
        StoredToken before = uninstrumented.findById(id).orElseThrow();
        boolean callsMethod = last.equals("closeConnection")
            || !operation.isSingleStatement()
            || (operation.changes() && !autoCommit);
        if (callsMethod) {
          assertThatExceptionOfType(TokenStoreException.class)
              .isThrownBy(() -> operation.on(store, id))
              .withCause(broken);
        }
        watched.reset();
        List<StoredToken> rows = uninstrumented.list(TokenQuery.all(), 0, 10);
        if (!rows.contains(before)) {
          assertThat(rows).hasSizeLessThanOrEqualTo(1); // changed or deleted completely
        }
      });
    }
  }

  @Test
  void recording_no_uses_needs_no_connection() {
    store.recordUses(Map.of(), Samples.NOW);
    assertThat(watched.calls).isEmpty();
  }

  /** Runs each operation on a store with one token, and checks its connection afterwards. */
  private void forEach(Operation[] operations, Consumer<Operation> check) {
    Stream.of(operations).forEach(operation -> {
      database.emptied(autoCommit);
      uninstrumented.insert(Samples.token("present"));
      watched.reset();
      try {
        check.accept(operation);
        assertThat(watched.unclosed()).isEmpty();
        assertThat(watched.problems).isEmpty();
      } catch (AssertionError e) {
        throw new AssertionError(operation + ": " + e.getMessage(), e);
      }
    });
  }

  private void assertFails(Operation operation, Runnable fault) {
    watched.reset();
    fault.run();
    long id = present();
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> operation.on(store, id))
        .withMessageStartingWith("the token store failed to ")
        .withCause(broken)
        .satisfies(
            failure -> assertThat(failure.getMessage()).doesNotContain("present", "new", "broken"));
  }

  private void assertUnchanged() {
    assertThat(uninstrumented.list(TokenQuery.all(), 0, 10))
        .containsExactly(Samples.token("present").withId(lastId()));
  }

  /** Returns the id of the only token; inserts it if the store is empty. */
  private long present() {
    return uninstrumented.list(TokenQuery.all(), 0, 1).isEmpty()
        ? uninstrumented.insert(Samples.token("present"))
        : lastId();
  }

  private long lastId() {
    List<StoredToken> rows = uninstrumented.list(TokenQuery.all(), 0, 10);
    return rows.isEmpty() ? 0 : rows.get(0).id();
  }
}

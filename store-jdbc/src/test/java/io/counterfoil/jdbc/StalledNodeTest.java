package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node that is suspended in the middle of a change, for example by its hypervisor, blocks a revocation on another node only for
 * seconds.
 */
@ParameterizedClass
@CsvSource({"POSTGRESQL,true", "POSTGRESQL,false", "MARIADB,true", "MARIADB,false"})
class StalledNodeTest {
  /** Much longer than the limit of two seconds, and much shorter than the timeouts of the databases. */
  private static final int DEADLINE = 20;

  private final CountDownLatch wakeUp = new CountDownLatch(1);

  @Parameter(0)
  Database database;

  @Parameter(1)
  boolean autoCommit;

  private HikariDataSource pool;
  private InstrumentedDataSource stalledPool;
  private JdbcTokenStore stalled;
  private JdbcTokenStore store;
  private long id;

  @BeforeEach
  void open() {
    pool = Database.open(database.freshUrl(), autoCommit);
    JdbcTokenStore.createSchema(pool);
    stalledPool = new InstrumentedDataSource(pool);
    stalled = Samples.silent(stalledPool.dataSource());
    store = new JdbcTokenStore(pool);
    id = store.insert(Samples.token("present"));
    stalledPool.reset();
  }

  @AfterEach
  void close() {
    wakeUp.countDown();
    pool.close();
  }

  @Test // P7
  void a_node_that_stalls_while_it_records_uses_delays_a_revocation_by_seconds() throws Exception {
    StoredToken before = store.findById(id).orElseThrow();
    assertDelaysRevocation(1, () -> stalled.recordUses(Map.of(id, Samples.use(99)), Instant.MAX));
    assertThat(store.findById(id)).contains(before.disabled());
  }

  @Test // P7
  void a_node_that_stalls_while_it_deletes_expired_tokens_delays_a_revocation_by_seconds()
      throws Exception {
    int query = autoCommit ? 0 : 1; // which finds the expired tokens, in a transaction of its own
    assertDelaysRevocation(query + 1, () -> stalled.deleteExpired(Instant.MAX, 10));
    assertThat(store.findById(id)).isPresent();
  }

  @Test // P7
  void a_node_that_stalls_while_it_inserts_a_token_once_delays_other_nodes_by_seconds()
      throws Exception {
    StoredToken row = Samples.token("new");
    assertDelays(
        1,
        () -> stalled.insertOnce("key", row),
        () -> assertThat(store.insertOnce("key", row)).isPresent());
    assertThat(store.list(TokenQuery.all(), id, 10)).hasSize(1);
  }

  private void assertDelaysRevocation(int commit, Runnable change) throws Exception {
    assertDelays(commit, change, () -> assertThat(store.disableAll()).isEqualTo(1));
  }

  /** The database ends the transaction of the stalled node, so its change fails, and the other node's change is made. */
  private void assertDelays(int commit, Runnable change, Runnable other) throws Exception {
    stalledPool.pauseBefore("commit", commit, wakeUp);
    FutureTask<Object> stalledChange = started(change);
    while (Collections.frequency(stalledPool.calls, "commit") < commit) {
      assertThat(stalledChange.isDone()).isFalse();
      Thread.onSpinWait();
    }
    started(other).get(DEADLINE, SECONDS);
    wakeUp.countDown();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> stalledChange.get(DEADLINE, SECONDS))
        .withCauseInstanceOf(TokenStoreException.class);
    assertThat(stalledPool.unclosed()).isEmpty();
  }

  private static FutureTask<Object> started(Runnable work) {
    FutureTask<Object> task = new FutureTask<>(work, null);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  @Test
  void the_limit_does_not_stay_on_the_connection() {
    wakeUp.countDown();
    String setting = database == Database.POSTGRESQL
        ? "SELECT current_setting('idle_in_transaction_session_timeout'), NULL"
        : "SELECT @@SESSION.wait_timeout, @counterfoil_timeout";
    List<?> before = Sql.rows(pool, setting);
    store.recordUses(Map.of(id, Samples.use(99)), Instant.MAX);
    store.deleteExpired(Instant.MAX, 10);
    for (int i = 0; i < 3; i++) {
      assertThat(Sql.rows(pool, setting)).isEqualTo(before);
    }
  }
}

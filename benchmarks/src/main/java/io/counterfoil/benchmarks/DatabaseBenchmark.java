package io.counterfoil.benchmarks;

import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.benchmarks.TokenTable.Probe;
import io.counterfoil.cache.CachedTokenStore;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Authentication with tokens in a database, compared with a plain {@code SELECT}.
 *
 * <p>The mode is sampling, because its percentiles show the waits that an average hides.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the setup method
public class DatabaseBenchmark {
  /** Longer than the benchmark. */
  private static final Duration STALENESS_BOUND = Duration.ofDays(1);

  /** More than the number of presented tokens. */
  private static final int CACHE_ENTRIES = 20_000;

  /** The database. */
  @Param({"POSTGRESQL", "SQLITE"})
  public Database database;

  /** The number of tokens in the table. */
  @Param("10000")
  public int tokens;

  private TokenTable table;
  private BareSelect bareSelect;
  private CachedTokenStore cache;
  private TokenManager manager;
  private TokenManager recordingManager;
  private TokenManager cachingManager;

  /** Fills the table. */
  @Setup
  public void fill() throws SQLException, IOException {
    table = TokenTable.create(database, tokens);
    bareSelect = new BareSelect(table.dataSource());
    manager = TokenManager.builder(table.store).recordNoUses().build();
    recordingManager = TokenManager.builder(table.store).build();
    cache = CachedTokenStore.around(table.store, STALENESS_BOUND, CACHE_ENTRIES);
    cachingManager = TokenManager.builder(cache).recordNoUses().build();
    for (Probe probe : table.probes) {
      requireAccepted(cachingManager.authenticate(probe.plaintext())); // also fills the cache
    }
  }

  /** Deletes the table. */
  @TearDown
  public void close() throws IOException {
    cachingManager.close();
    cache.close(); // otherwise, it would read the change feed of a closed database
    recordingManager.close();
    manager.close();
    table.close();
  }

  /** The position of a thread in the list of tokens. */
  @State(Scope.Thread)
  public static class Cursor {
    /** The distance between threads, so that two threads do not present the same token at the same time. */
    private static final int DISTANCE = 1_009;

    private int position;

    /** Sets the first position. */
    @Setup
    public void start(ThreadParams threads) {
      position = threads.getThreadIndex() * DISTANCE;
    }
  }

  private Probe next(Cursor cursor) {
    cursor.position = (cursor.position + 1) % table.probes.size();
    return table.probes.get(cursor.position);
  }

  /** The baseline: hashes a token, selects three columns, and checks them. */
  @Benchmark
  public long bareSelect(Cursor cursor) throws SQLException {
    return bareSelect.find(next(cursor).plaintext());
  }

  /** The same, and an {@code UPDATE} that records the use. */
  @Benchmark
  public long bareSelectAndUpdate(Cursor cursor) throws SQLException {
    return bareSelect.findAndUpdate(next(cursor).plaintext());
  }

  /** Authenticates a token of the table. */
  @Benchmark
  public Verdict known(Cursor cursor) {
    return requireAccepted(manager.authenticate(next(cursor).plaintext()));
  }

  /** Authenticates a token of the table, and records the use. */
  @Benchmark
  public Verdict knownAndRecorded(Cursor cursor) {
    return requireAccepted(recordingManager.authenticate(next(cursor).plaintext()));
  }

  /** Authenticates a token that is in the cache. */
  @Benchmark
  public Verdict knownInCache(Cursor cursor) {
    return requireAccepted(cachingManager.authenticate(next(cursor).plaintext()));
  }

  /** Authenticates a well-formed token that the table does not contain. */
  @Benchmark
  public Verdict unknown(Cursor cursor) {
    return manager.authenticate(next(cursor).unknown());
  }

  private static Verdict requireAccepted(Verdict verdict) {
    if (verdict instanceof Verdict.Accepted) {
      return verdict;
    }
    throw new IllegalStateException("a known token was rejected");
  }
}

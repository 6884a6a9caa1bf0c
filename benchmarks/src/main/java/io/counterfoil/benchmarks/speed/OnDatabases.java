package io.counterfoil.benchmarks.speed;

import io.counterfoil.TokenManager;
import io.counterfoil.cache.CachedTokenStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a verdict costs over tokens in a database, beside its statement alone, and beside a write for each use. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OnDatabases {

  /** The statement alone, a verdict, and one without a statement. */
  @Benchmark
  public long verdict(Verdicts verdicts, Turns.Place place) throws SQLException {
    return verdicts.next(place);
  }

  /** The statement alone, a manager that records no uses, and one that finds the token in a cache. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class Verdicts extends Turns {
    /** In the order of the turns. */
    static final List<String> NAMES = List.of("bareSelect", "verdict", "verdictFromCache");

    /** Longer than this takes. */
    private static final Duration LAG = Duration.ofDays(1);

    /** More than there are tokens. */
    private static final int ENTRIES = 20_000;

    /** Where the tokens are. */
    @Param({"POSTGRESQL", "SQLITE", "H2"})
    public Database database;

    /** How many there are. */
    @Param("10000")
    public int tokens;

    private TokenTable table;
    private TokenManager manager;
    private TokenManager caching;

    /** Fills the table. */
    @Setup(Level.Trial)
    public void fill() throws SQLException, IOException {
      table = TokenTable.in(database, tokens);
      manager = TokenManager.builder(table.store).recordNoUses().build();
      caching = TokenManager.builder(CachedTokenStore.around(table.store, LAG, ENTRIES))
          .recordNoUses()
          .build();
      BareSelect bare = new BareSelect(table.pool);
      ask(table.probes);
      add(token -> bare.row(token.hash()).id());
      add(token -> TokenTable.accepted(manager, token.plaintext()));
      add(token -> TokenTable.accepted(caching, token.plaintext()));
    }

    @Override
    public void close() throws IOException {
      manager.close();
      caching.close();
      table.close();
    }
  }

  /** Four ways to know when a token was last used, of which the first is not to. */
  @Benchmark
  public long use(Uses uses, Turns.Place place) throws SQLException {
    return uses.next(place);
  }

  /**
   * A manager that records no uses, one that does, and an update by hand for each use, of many tokens and of one.
   *
   * <p>Uses are written every second, and not every minute: so that they are within each turn. As many tokens are in use as make
   * a write of each in a second more than the default ever writes.
   */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class Uses extends Turns {
    /** In the order of the turns. */
    static final List<String> NAMES =
        List.of("notRecorded", "recorded", "updateForEach", "updateForEachOfOneToken");

    /** One token in so many is in use. */
    private static final int ONE_IN_USE = 10;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How many there are. */
    @Param("10000")
    public int tokens;

    private TokenTable table;
    private TokenManager plain;
    private TokenManager recording;
    private BareSelect bare;

    /** Fills the table. */
    @Setup(Level.Trial)
    public void fill() throws SQLException, IOException {
      table = TokenTable.in(Database.POSTGRESQL, tokens);
      plain = TokenManager.builder(table.store).recordNoUses().build();
      bare = new BareSelect(table.pool);
      record();
      ask(table.probes.subList(0, tokens / ONE_IN_USE));
      Asked hot = first();
      add(token -> TokenTable.accepted(plain, token.plaintext()));
      add(token -> TokenTable.accepted(recording, token.plaintext()));
      add(this::update);
      add(token -> update(hot) == hot.id() ? token.id() : 0);
    }

    private void record() {
      recording = TokenManager.builder(table.store).recordUses(INTERVAL).build();
    }

    private long update(Asked token) throws SQLException {
      try (Connection connection = table.pool.getConnection();
          PreparedStatement update = connection.prepareStatement(
              "UPDATE counterfoil_tokens SET last_used_at = ? WHERE id = ?")) {
        long id = bare.row(connection, token.hash()).id();
        update.setLong(1, System.currentTimeMillis());
        update.setLong(2, id);
        return update.executeUpdate() == 1 ? id : 0;
      }
    }

    /** Writes what is not written yet before the turn of another. */
    @TearDown(Level.Iteration)
    public void write() {
      recording.close();
      record();
    }

    @Override
    public void close() throws IOException {
      recording.close();
      plain.close();
      table.close();
    }
  }
}

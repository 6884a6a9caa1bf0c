package io.counterfoil.benchmarks;

import static io.counterfoil.benchmarks.TextTable.decimal;
import static io.counterfoil.benchmarks.TextTable.number;

import io.counterfoil.Verdict;
import io.counterfoil.benchmarks.FilledTable.Probe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Times what one thread asks of a pool, on the small table and on the full one.
 *
 * <p>Many short rounds, in which the tables take turns: a disturbance hits a few rounds of both, and the median over the
 * rounds leaves it out. The tables are asked over one connection: of two server processes, the one on the better core would
 * win.
 */
record Latency(String call, Series small, Series full) {
  /** A fifth as many rounds go before those that count: of 100, enough to ask for each probe once. */
  private static final int WARM_UP = 5;

  /** Returns the printed figures. */
  static TextTable of(FilledTable small, FilledTable full, int rounds) throws SQLException {
    List<Latency> latencies = List.of(
        between(small, full, 0.0, "known token", Latency::accepts),
        between(small, full, 0.33, "unknown token", Latency::rejects),
        between(small, full, 0.66, "bare SELECT by id", Latency::selects));
    for (int round = -rounds / WARM_UP; round < rounds; round++) {
      for (Latency latency : latencies) {
        latency.small.run(round >= 0);
        latency.full.run(round >= 0);
      }
    }
    TextTable table = new TextTable(
        "microseconds, one thread",
        number(small.tokens()) + " tokens",
        number(full.tokens()) + " tokens",
        "ratio");
    latencies.forEach(latency -> latency.addTo(table));
    return table;
  }

  private static Latency between(
      FilledTable small, FilledTable full, double part, String call, Series.Call what) {
    return new Latency(call, new Series(small, part, what), new Series(full, part, what));
  }

  private void addTo(TextTable table) {
    addTo(table, "median", small.median(Series.P50), full.median(Series.P50));
    addTo(table, "median of the best round", small.least(Series.P50), full.least(Series.P50));
    addTo(table, "p90", small.median(Series.P90), full.median(Series.P90));
    addTo(table, "p99", small.median(Series.P99), full.median(Series.P99));
  }

  private void addTo(TextTable table, String figure, long few, long many) {
    table.add(
        call + ", " + figure,
        decimal(1, few / 1e3),
        decimal(1, many / 1e3),
        decimal(2, (double) many / few));
  }

  private static boolean accepts(FilledTable table, Probe probe) {
    return table.manager().authenticate(probe.plaintext()) instanceof Verdict.Accepted accepted
        && accepted.token().id() == probe.id();
  }

  private static boolean rejects(FilledTable table, Probe probe) {
    return table.manager().authenticate(probe.unknown()) instanceof Verdict.Rejected rejected
        && rejected.reason() == Verdict.Reason.UNKNOWN;
  }

  /** The yardstick: the least that a question to the same pool can cost. */
  private static boolean selects(FilledTable table, Probe probe) throws SQLException {
    try (Connection connection = table.pool().getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT name FROM " + table.name() + " WHERE id = ?")) {
      query.setLong(1, probe.id());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && !row.getString(1).isEmpty();
      }
    }
  }
}

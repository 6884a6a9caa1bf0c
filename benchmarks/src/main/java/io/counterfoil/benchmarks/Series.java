package io.counterfoil.benchmarks;

import io.counterfoil.benchmarks.FilledTable.Probe;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rounds of one call, and their percentiles. */
final class Series {
  /** The calls of a round. */
  static final int CALLS = 500;

  static final double P50 = 0.50;
  static final double P90 = 0.90;
  static final double P99 = 0.99;

  private final FilledTable table;
  private final Call call;
  private final List<long[]> rounds = new ArrayList<>();
  private int turn;

  /** Begins where a part of the probes ends, from 0 to 1: what a series has just read helps none of the others. */
  Series(FilledTable table, double part, Call call) {
    this.table = table;
    this.call = call;
    this.turn = (int) (table.probes().size() * part);
  }

  /** What is timed. */
  @FunctionalInterface
  interface Call {
    /** Says whether the answer was the right one. */
    boolean isRight(FilledTable table, Probe probe) throws SQLException;
  }

  void run(boolean counts) throws SQLException {
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      Probe probe = table.probes().get(turn++ % table.probes().size());
      long start = System.nanoTime();
      boolean right = call.isRight(table, probe);
      nanos[i] = System.nanoTime() - start;
      if (!right) {
        throw new IllegalStateException("a wrong answer for token " + probe.id());
      }
    }
    if (counts) {
      Arrays.sort(nanos);
      rounds.add(nanos);
    }
  }

  /** The median over the rounds of a percentile of theirs. */
  long median(double percentile) {
    long[] sorted = sorted(percentile);
    return sorted[sorted.length / 2];
  }

  /** The least percentile that a round had. */
  long least(double percentile) {
    return sorted(percentile)[0];
  }

  private long[] sorted(double percentile) {
    int index = (int) (CALLS * percentile);
    return rounds.stream().mapToLong(round -> round[index]).sorted().toArray();
  }
}

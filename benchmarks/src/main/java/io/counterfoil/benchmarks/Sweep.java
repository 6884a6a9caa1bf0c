package io.counterfoil.benchmarks;

import static io.counterfoil.benchmarks.TextTable.number;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Goes through all tokens: lists them, then deletes those that have an expiry.
 *
 * <p>That neither holds the table in memory is proved by their end, if the JVM has less memory than the table takes.
 */
final class Sweep {
  private static final int BATCH = 1_000;
  private static final Instant WHEN_ALL_HAVE_EXPIRED = Instant.parse("9999-12-31T00:00:00Z");

  private final TextTable table =
      new TextTable("going through all", "tokens", "ms", "most heap used, MiB");
  private final FilledTable full;

  private Sweep(FilledTable full) {
    this.full = full;
  }

  /** Returns the printed figures. The expired tokens of the table are gone then. */
  static TextTable of(FilledTable full) {
    Sweep sweep = new Sweep(full);
    int expiring = full.tokens() / Load.ONE_IN_EXPIRES;
    sweep.measure("list()", full.tokens(), sweep::listed);
    sweep.measure("deleteExpired() by " + number(BATCH), expiring, sweep::deleted);
    sweep.measure("list() of the rest", full.tokens() - expiring, sweep::listed);
    return sweep.table;
  }

  private void measure(String what, int expected, IntSupplier work) {
    List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    int tokens = work.getAsInt();
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (tokens != expected) {
      throw new IllegalStateException(what + ": " + tokens + " (expected: " + expected + ')');
    }
    long most = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    table.add(what, number(tokens), number(millis), number(most >> 20));
  }

  private int listed() {
    long[] last = {0};
    int[] count = {0};
    full.manager().list().forEach(token -> {
      if (token.id() <= last[0]) {
        throw new IllegalStateException("token " + token.id() + " after token " + last[0]);
      }
      last[0] = token.id();
      count[0]++;
    });
    return count[0];
  }

  private int deleted() {
    int sum = 0;
    int batch;
    do {
      batch = full.store().deleteExpired(WHEN_ALL_HAVE_EXPIRED, BATCH);
      sum += batch;
    } while (batch > 0);
    return sum;
  }
}

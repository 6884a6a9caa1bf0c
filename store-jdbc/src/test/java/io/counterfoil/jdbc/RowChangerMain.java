package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.jdbc.ChangeReport.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that changes rows until it is killed. Each of its threads has its own rows, and at most one change in flight. It
 * prints a {@link ChangeReport} before each change, and another when it knows the outcome.
 */
final class RowChangerMain {
  static final int THREADS = 3;

  private final TokenStore store;

  private RowChangerMain(TokenStore store) {
    this.store = store;
  }

  /**
   * Takes three arguments: the URL of a database, a prefix for the names of the rows, and whether to create and check the
   * schema. Without that check, the database must be H2.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1); // so that the test fails without waiting for the other threads
    });
    try (HikariDataSource pool = Database.open(arguments[0], true)) {
      RowChangerMain changer =
          new RowChangerMain(Boolean.parseBoolean(arguments[2]) ? checked(pool) : unchecked(pool));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String prefix = arguments[1] + '.' + i + '.';
        threads.add(new Thread(() -> changer.changeRows(prefix)));
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

  /** Ends when no process reads its output any more: it must not outlive a parent that was killed. */
  private void changeRows(String prefix) {
    RowChange[] changes = RowChange.values();
    for (int i = 0; !System.out.checkError(); i++) {
      RowChange next = changes[i % changes.length];
      try {
        StoredToken row = Samples.token(prefix + i);
        RowChange insert = i % 2 == 0 ? RowChange.INSERT : RowChange.INSERT_ONCE;
        StoredToken inserted = row.withId(apply(insert, row));
        if (!next.isInsert()) { // otherwise the row stays as it is
          apply(next, inserted);
        }
      } catch (TokenStoreException e) {
        // the outcome is unknown: the row is not changed again
      }
    }
  }

  private long apply(RowChange change, StoredToken row) {
    print(new ChangeReport(Status.STARTED, change, row.id(), row.name()));
    try {
      long id = change.apply(store, row);
      print(new ChangeReport(Status.ACKNOWLEDGED, change, id, row.name()));
      return id;
    } catch (TokenStoreException e) {
      print(new ChangeReport(Status.FAILED, change, row.id(), row.name()));
      throw e;
    }
  }

  /** Prints with one write of few bytes: a pipe takes all of them or none. */
  private static void print(ChangeReport report) {
    byte[] line = (report.toLine() + '\n').getBytes(UTF_8);
    System.out.write(line, 0, line.length);
  }
}

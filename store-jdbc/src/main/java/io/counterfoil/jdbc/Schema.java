package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Creates, migrates and checks the table. */
final class Schema {
  /** Databases report in as many ways as there are that another node makes the same at the same moment; then it is there. */
  private static final int ATTEMPTS = 3;

  /**
   * Held by whoever makes or looks at something in a database within this process. Who looks at Derby's catalog while another
   * changes it waits for a deadlock to be noticed, which takes 20 seconds each time; who looks at H2's does not find a table to
   * which a column is being added. A lock of the process, for no two stores know of each other; never held while tokens are
   * read or changed.
   */
  private static final Lock WITHIN = new ReentrantLock();

  private final Transactions transactions;
  private final String table;
  private final SelfCheck check;
  private final Statements sql;

  Schema(DataSource dataSource, String table) {
    this(dataSource, table, product(dataSource, table));
  }

  private Schema(DataSource dataSource, String table, Dialect.Product product) {
    this(dataSource, table, Dialect.of(product));
  }

  Schema(DataSource dataSource, String table, Dialect dialect) {
    this.transactions = new Transactions(dataSource);
    this.table = table;
    this.sql = new Statements(dialect, table);
    this.check = new SelfCheck(sql, table);
  }

  /** Asks by itself: thrown on a connection, the refusal of an unknown database would become a failure of the store. */
  private static Dialect.Product product(DataSource dataSource, String table) {
    Statements.checkedTable(table);
    return new Transactions(dataSource).read("say which database it is", Dialect.Product::of);
  }

  /** Returns the statements for the table if it is as they want it. */
  Statements checked() {
    return alone(this::lookedAt);
  }

  /** Creates what is missing; true if the table was. */
  boolean create() {
    return alone(() -> {
      refuse(transactions.read("read its settings", check::obstacles));
      boolean absent = transactions.oneByOne("create its schema", connection -> {
        boolean isAbsent = !Found.of(connection, table).exists();
        run(connection, Script.schema(sql.dialect, table));
        return isAbsent;
      });
      lookedAt();
      return absent;
    });
  }

  /** Applies the migrations that the table lacks; false if there are none, or no table. */
  boolean migrate() {
    return alone(() -> {
      boolean exists = transactions.read(
          "find its table", connection -> Found.of(connection, table).exists());
      return exists && migrateExisting();
    });
  }

  private boolean migrateExisting() {
    boolean old = transactions.oneByOne("migrate its schema", connection -> {
      boolean isOld = false;
      for (Script migration : Script.migrations(sql.dialect, table)) {
        isOld |= !migration.isMade(Found.of(connection, table));
        run(connection, migration);
      }
      return isOld;
    });
    if (old) { // otherwise another node may be just creating the table, and it lack an index yet
      lookedAt();
    }
    return old;
  }

  private Statements lookedAt() {
    refuse(transactions.read("check its schema", check::complaints));
    return sql;
  }

  private <T> T alone(Supplier<T> work) {
    if (sql.dialect != Dialect.DERBY && sql.dialect != Dialect.H2) {
      return work.get();
    }
    WITHIN.lock();
    try {
      return work.get();
    } finally {
      WITHIN.unlock();
    }
  }

  private void run(Connection connection, Script script) throws SQLException {
    for (Script.Step step : script.steps) {
      make(connection, step);
    }
  }

  private void make(Connection connection, Script.Step step) throws SQLException {
    @Nullable SQLException failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (step.isMade(Found.of(connection, table))) {
        return;
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(step.sql());
        return;
      } catch (SQLException perhapsTooLate) {
        failure = perhapsTooLate;
      }
    }
    if (failure != null && !step.isMade(Found.of(connection, table))) {
      throw failure;
    }
  }

  private static void refuse(List<String> complaints) {
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(String.join("; ", complaints));
    }
  }
}

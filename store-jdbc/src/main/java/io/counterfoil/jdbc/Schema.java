package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Creates, migrates and checks the table. */
final class Schema {
  /** Databases report in as many ways as there are that another node makes the same at the same moment; then it is there. */
  private static final int ATTEMPTS = 3;

  /**
   * Held while a database within this process makes something. Who looks at Derby's catalog meanwhile waits for a deadlock to
   * be noticed, which takes 20 seconds each time; who looks at H2's does not find the table while a column is added.
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

  /** Asks outside the work of others, for who does not know the answer has no use for a cause. */
  private static Dialect.Product product(DataSource dataSource, String table) {
    Statements.checkedTable(table);
    return new Transactions(dataSource).read("say which database it is", Dialect.Product::of);
  }

  /** Returns the statements for the table if it is as they want it. */
  Statements checked() {
    refuse(transactions.read("check its schema", check::complaints));
    return sql;
  }

  /** Creates what is missing; true if the table was. */
  boolean create() {
    refuse(transactions.read("read its settings", check::losses));
    boolean absent = alone("create its schema", connection -> {
      boolean isAbsent = !Found.of(connection, table).exists();
      run(connection, Script.schema(sql.dialect, table));
      return isAbsent;
    });
    checked();
    return absent;
  }

  /** Applies the migrations that the table lacks; false if there are none, or no table. */
  boolean migrate() {
    boolean exists = transactions.read(
        "find its table", connection -> Found.of(connection, table).exists());
    return exists && migrateExisting();
  }

  private boolean migrateExisting() {
    boolean old = alone("migrate its schema", connection -> {
      boolean isOld = false;
      for (Script migration : Script.migrations(sql.dialect, table)) {
        isOld |= !migration.isDone(Found.of(connection, table));
        run(connection, migration);
      }
      return isOld;
    });
    checked();
    return old;
  }

  private boolean alone(String verb, Transactions.Work<Boolean> work) {
    if (sql.dialect != Dialect.DERBY && sql.dialect != Dialect.H2) {
      return transactions.oneByOne(verb, work);
    }
    WITHIN.lock();
    try {
      return transactions.oneByOne(verb, work);
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

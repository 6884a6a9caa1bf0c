package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Creates, migrates and checks the table. */
final class Schema {
  /** Databases report in as many ways as there are that another node makes the same at the same moment; then it is there. */
  private static final int ATTEMPTS = 3;

  /**
   * Held by whoever makes or looks at something in a database within this process. Who looks at Derby's catalog while another
   * changes it waits for a deadlock to be noticed, which takes 20 seconds each time; who looks at H2's does not find a table to
   * which a column is being added; and HSQLDB, where one adds a column while another's wish for the same is being parsed, adds it
   * to the table as it was, empties the new one and reports no error. A lock of the process, for no two stores know of each other;
   * never held while tokens are read or changed.
   */
  private static final Lock WITHIN = new ReentrantLock();

  private static final Set<Dialect> ONE_AT_A_TIME =
      EnumSet.of(Dialect.DERBY, Dialect.H2, Dialect.HSQLDB);

  private final DataSource dataSource;
  private final Transactions transactions;
  private final Statements sql;
  private final Script script;
  private final List<Script> migrations;
  private final SelfCheck check;

  Schema(DataSource dataSource, String table) {
    this(dataSource, table, Dialect.of(product(dataSource, table)));
  }

  Schema(DataSource dataSource, String table, Dialect dialect) {
    this.dataSource = dataSource;
    this.transactions = new Transactions(dataSource);
    this.sql = new Statements(dialect, table);
    this.script = Script.schema(dialect, table);
    this.migrations = Script.migrations(dialect, table);
    this.check = new SelfCheck(sql, script, migrations);
  }

  /** Asks by itself: thrown on a connection, the refusal of an unknown database would become a failure of the store. */
  private static Dialect.Product product(DataSource dataSource, String table) {
    Statements.checkedTable(table);
    return new Transactions(dataSource).read("say which database it is", Dialect.Product::of);
  }

  /** Returns the statements for the table if it is as they want it. */
  Statements checked() {
    refuse(alone(this::complaints));
    return sql;
  }

  /** Returns the stamp, if there is one. */
  Optional<Stamp> stamp() {
    return alone(() -> transactions.read(
        "look for its stamp", connection -> Stamp.of(connection, dataSource, sql)));
  }

  /** Creates what is missing; true if the table was. */
  boolean create() {
    return alone(() -> !complaints().isEmpty() && createMissing());
  }

  private boolean createMissing() {
    refuse(transactions.read(
        "read its settings", connection -> check.obstacles(connection, found(connection))));
    boolean absent = transactions.oneByOne("create its schema", connection -> {
      boolean isAbsent = !found(connection).exists();
      run(connection, script);
      return isAbsent;
    });
    refuse(complaints());
    return absent;
  }

  /** Applies the migrations that the table lacks; false if there are none, or no table. */
  boolean migrate() {
    return alone(() -> {
      boolean exists =
          transactions.read("find its table", connection -> found(connection).exists());
      return exists && migrateExisting();
    });
  }

  private boolean migrateExisting() {
    boolean old = transactions.oneByOne("migrate its schema", connection -> {
      boolean isOld = false;
      for (Script migration : migrations) {
        isOld |= !migration.isMade(found(connection));
        run(connection, migration);
      }
      return isOld;
    });
    if (old) { // otherwise another node may be just creating the table, and it lack an index yet
      refuse(complaints());
    }
    return old;
  }

  private List<String> complaints() {
    return transactions.read("check its schema", check::complaints);
  }

  private Found found(Connection connection) throws SQLException {
    return Found.of(connection, sql);
  }

  private <T> T alone(Supplier<T> work) {
    if (!ONE_AT_A_TIME.contains(sql.dialect)) {
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
    for (int attempt = 1; !step.isMade(found(connection)); attempt++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(step.sql());
        return;
      } catch (SQLException perhapsTooLate) {
        if (attempt >= ATTEMPTS && !step.isMade(found(connection))) {
          throw perhapsTooLate;
        }
      }
    }
  }

  private static void refuse(List<String> complaints) {
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(String.join("; ", complaints));
    }
  }
}

package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, migrates and validates the table. */
final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTokenStore.class);

  /**
   * One column for each version from 2 on. The last statement of the migration to that version adds it, so it identifies the
   * version.
   */
  private static final List<String> VERSION_COLUMNS = List.of();

  /** Statements may fail because other nodes run them at the same time. */
  private static final int ATTEMPTS = 3;

  private static final Set<Dialect> ONE_AT_A_TIME =
      EnumSet.of(Dialect.DERBY, Dialect.H2, Dialect.HSQLDB);

  /**
   * Held while this process reads or changes the schema of one of these databases. On Derby, a reader and a change deadlock, and
   * the detection takes 20 seconds. On H2, a reader misses a table to which a column is being added. HSQLDB loses all rows,
   * without an error, if two connections add a column at once. The lock is static because stores do not know each other. It is
   * never held while tokens are read or changed.
   */
  private static final Lock LOCK = new ReentrantLock();

  private final DataSource dataSource;
  private final Transactions transactions;
  private final Statements sql;
  private final SchemaValidator validator;

  Schema(DataSource dataSource, String table) {
    this(dataSource, statements(dataSource, table), VERSION_COLUMNS);
  }

  Schema(DataSource dataSource, Statements sql, List<String> versionColumns) {
    this.dataSource = dataSource;
    this.transactions = Transactions.on(dataSource, sql.dialect);
    this.sql = sql;
    this.validator = new SchemaValidator(
        sql,
        SchemaScript.schema(sql.dialect, sql.table),
        versionColumns,
        dataSource instanceof UnsafeSettingsAccepted);
  }

  private static Statements statements(DataSource dataSource, String table) {
    Statements.checkedTable(table);
    Transactions transactions = Transactions.onUnknown(dataSource);
    Dialect dialect = Dialect.of(transactions.read("identify its database", Dialect::product));
    boolean isGalera =
        dialect == Dialect.MARIADB && transactions.read("identify its cluster", Dialect::isGalera);
    return new Statements(dialect, table, isGalera);
  }

  /** A valid table: a runner for it, and the warnings that were logged. */
  record Opened(StatementRunner runner, List<String> warnings) {}

  /** Validates the table, and returns a runner for it that announces changes on the given thread. */
  Opened open(Executor announcements) {
    return locked(() -> {
      reject(problems(), null);
      List<String> warnings = transactions.read("read its settings", validator::warnings);
      warnings.forEach(LOG::warn);
      Optional<ChangeCounter> counter = transactions.read(
          "look for its change counter",
          connection -> ChangeCounter.of(connection, dataSource, transactions, sql));
      StatementRunner runner = new StatementRunner(
          transactions,
          sql,
          new RowMapper(sql.dialect),
          counter.map(each -> new ChangeAnnouncer(each, announcements)));
      return new Opened(runner, List.copyOf(warnings));
    });
  }

  /** Creates the missing parts of the schema; returns whether the table was missing. */
  boolean create() {
    return locked(() -> {
      if (problems().isEmpty()) {
        return false;
      }
      TableMetadata found = found();
      rejectDatabaseProblems(found);
      run("create its schema", validator.script().statements());
      return !found.exists();
    });
  }

  /** Runs the migrations that the table lacks; returns whether there were any. */
  boolean migrate() {
    return locked(() -> {
      TableMetadata found = found();
      List<String> statements = validator.missingMigrations(found);
      if (!found.exists() || statements.isEmpty()) {
        return false;
      }
      rejectDatabaseProblems(found);
      run("migrate its schema", statements);
      return true;
    });
  }

  private void rejectDatabaseProblems(TableMetadata found) {
    List<String> problems = transactions.read(
        "read its settings", connection -> validator.databaseProblems(connection, found));
    reject(problems, null);
  }

  private void run(String verb, List<String> statements) {
    Optional<SQLException> failure = Optional.empty();
    for (int attempt = 1; attempt <= ATTEMPTS && !problems().isEmpty(); attempt++) {
      boolean isLast = attempt == ATTEMPTS;
      failure = transactions.statements(verb, connection -> {
        Optional<SQLException> first = run(connection, statements);
        if (isLast && first.isPresent() && !SchemaReader.read(connection, sql).exists()) {
          throw first.get();
        }
        return first;
      });
    }
    reject(problems(), failure.map(SqlExceptionSanitizer::of).orElse(null));
  }

  /**
   * Continues if a statement fails, since another node may have run it. But stops before it creates the table of tokens without a
   * table of changes: nothing would add that later, because a store works without it. Returns the first failure.
   */
  private Optional<SQLException> run(Connection connection, List<String> statements)
      throws SQLException {
    List<SQLException> failures = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        boolean createsTokens =
            each.matches("CREATE .*TABLE (IF NOT EXISTS )?" + sql.table + " .*");
        if (createsTokens && !failures.isEmpty() && !ChangeCounter.isReadable(connection, sql)) {
          break;
        }
        try {
          statement.execute(each);
        } catch (SQLException failure) {
          failures.add(failure);
        }
      }
    }
    return failures.stream().findFirst();
  }

  private List<String> problems() {
    return transactions.read("check its schema", validator::problems);
  }

  private TableMetadata found() {
    return transactions.read("find its table", connection -> SchemaReader.read(connection, sql));
  }

  private <T> T locked(Supplier<T> work) {
    if (!ONE_AT_A_TIME.contains(sql.dialect)) {
      return work.get();
    }
    LOCK.lock();
    try {
      return work.get();
    } finally {
      LOCK.unlock();
    }
  }

  private static void reject(List<String> problems, @Nullable Throwable cause) {
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems), cause);
    }
  }
}

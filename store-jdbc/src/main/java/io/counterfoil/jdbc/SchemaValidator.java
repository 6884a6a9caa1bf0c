package io.counterfoil.jdbc;

import io.counterfoil.jdbc.TableMetadata.Column;
import io.counterfoil.jdbc.TableMetadata.Index;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the problems of a table and its database, each with its fix.
 *
 * @param acceptsUnsafeSettings whether unsafe settings of the database are only worth a warning
 */
record SchemaValidator(
    Statements sql,
    SchemaScript script,
    List<String> versionColumns,
    boolean acceptsUnsafeSettings) {
  /**
   * Texts that loose comparisons do not distinguish. They differ in case, accents, leading or trailing spaces, width, ligatures,
   * composition, or (in older collations of MariaDB) emoji. They are escaped because editors may normalize Unicode.
   */
  private static final List<String> SIMILAR_TEXTS =
      List.of("a;A;a ; a;\u00e1;a\u0301;\uff41;ss;\u00df;i;\u0131;\ud83d\udd11;\ud83d\udd12;"
          .split(";", -1));

  /** MySQL's and MariaDB's error codes for texts that the encoding of a column cannot hold. */
  private static final Set<Integer> WRONG_ENCODING = Set.of(1267, 1271, 3854, 3988);

  private static final Pattern SIZE = Pattern.compile("\\w+\\((\\d+).*");

  /** Returns the problems that prevent a store from using the table. */
  List<String> problems(Connection connection) throws SQLException {
    TableMetadata found = SchemaReader.read(connection, sql);
    List<String> problems = databaseProblems(connection, found);
    List<String> missing = missingMigrations(found);
    if (!found.exists() && problems.isEmpty()) {
      problems.add(missingTable(sql.table));
    } else if (found.exists() && !missing.isEmpty()) {
      problems.add(problem(
          "its schema has version " + version(found) + ", not " + (1 + versionColumns.size()),
          "JdbcTokenStore.migrateSchema, or " + String.join("; ", missing)));
    } else if (found.exists()) {
      for (String column : TableMetadata.EXPECTED_COLUMNS) {
        addColumnProblem(problems, connection, found.columns().get(column), column);
      }
      TableMetadata.expectedIndexes(sql.dialect, sql.table).stream()
          .filter(expected -> found.indexes().stream().noneMatch(each -> each.covers(expected)))
          .forEach(missingIndex -> problems.add(indexProblem(found, missingIndex)));
      keysProblem(connection).ifPresent(problems::add);
    }
    return problems;
  }

  /** Does not check how the table of keys compares texts: no collation confuses two keys. */
  private Optional<String> keysProblem(Connection connection) throws SQLException {
    String table = sql.onceTable;
    TableMetadata found = SchemaReader.read(connection, sql, table);
    Column column = found.columns().get(TableMetadata.ONCE_KEY);
    String definition = script.definition(TableMetadata.ONCE_KEY);
    Index key = TableMetadata.expectedIndexOfKeys(table);
    if (!found.exists()) {
      return Optional.of(missingTable(table));
    } else if (column == null) {
      return Optional.of(
          problem(table, "there is no column " + TableMetadata.ONCE_KEY, recreate()));
    } else if (!isTypeOf(definition, column, TableMetadata.ONCE_KEY)) {
      return Optional.of(wrongType(table, TableMetadata.ONCE_KEY, definition));
    } else if (found.indexes().stream().noneMatch(each -> each.covers(key))) {
      return Optional.of(problem(
          table,
          "there is no unique key (" + TableMetadata.ONCE_KEY + ')',
          Statements.createIndex(table, key)));
    }
    return Optional.empty();
  }

  private int version(TableMetadata found) {
    return 1
        + (int) versionColumns.stream().takeWhile(found.columns()::containsKey).count();
  }

  /** Returns the statements that bring the table to the current version. */
  List<String> missingMigrations(TableMetadata found) {
    return IntStream.rangeClosed(version(found), versionColumns.size())
        .mapToObj(old -> SchemaScript.migration(sql.dialect, sql.table, old + 1))
        .flatMap(migration -> migration.statements().stream())
        .toList();
  }

  /** Returns the problems that prevent even the creation of the table. */
  List<String> databaseProblems(Connection connection, TableMetadata found) throws SQLException {
    List<String> problems = new ArrayList<>();
    if (!acceptsUnsafeSettings) {
      problems.addAll(wrong(connection, DatabaseSetting.unsafe(sql.dialect)));
    }
    if (!found.exists() && isInOtherSchema(connection)) { // a new table would hide its tokens
      problems.add(problem(
          "it is not in the schema of the connections, but in another one",
          "set the schema of the connections to that one"));
    }
    return problems;
  }

  /** Returns the problems that do not prevent a store from using the table. */
  List<String> warnings(Connection connection) throws SQLException {
    List<String> warnings = wrong(connection, DatabaseSetting.risky(sql.dialect));
    if (acceptsUnsafeSettings) {
      warnings.addAll(wrong(connection, DatabaseSetting.unsafe(sql.dialect)));
    }
    return warnings;
  }

  private List<String> wrong(Connection connection, List<DatabaseSetting> settings)
      throws SQLException {
    List<String> problems = new ArrayList<>();
    for (DatabaseSetting setting : settings) {
      if (setting.isWrong(connection)) {
        problems.add(problem(setting.problem(), setting.fix()));
      }
    }
    return problems;
  }

  private boolean isInOtherSchema(Connection connection) throws SQLException {
    SchemaReader reader = new SchemaReader(connection, sql);
    try {
      // Another node may have just created the table.
      return !reader.columns(sql.table).isEmpty()
          && reader.storedName(sql.table).isEmpty();
    } catch (SQLException absent) {
      Transactions.recover(connection);
      return false;
    }
  }

  private void addColumnProblem(
      List<String> problems, Connection connection, @Nullable Column column, String name)
      throws SQLException {
    String definition = script.definition(name);
    String recreate = recreate();
    if (column == null) {
      boolean isRequired = definition.contains("NOT NULL"); // then it cannot be added to old rows
      String add = "ALTER TABLE " + sql.table + " ADD " + name + ' ' + definition;
      problems.add(problem("there is no column " + name, isRequired ? recreate : add));
    } else if (!isTypeOf(definition, column, name)) {
      problems.add(wrongType(sql.table, name, definition));
    } else if (name.equals("id") && !column.isNumbered() && sql.dialect != Dialect.ORACLE) {
      problems.add(problem("the database does not generate column id", recreate));
    } else if ((name.equals("owner") || name.equals("name")) && !isExact(connection, name)) {
      Optional<DatabaseSetting> setting = DatabaseSetting.looseComparison(sql.dialect);
      boolean isFixedThere = setting.isPresent() && setting.get().isWrong(connection);
      problems.add(problem(
          "column " + name + ' ' + DatabaseSetting.LOOSE,
          isFixedThere ? setting.get().fix() : changeColumn(sql.table, name, definition)));
    }
  }

  private boolean isTypeOf(String definition, Column column, String name) {
    Matcher size = SIZE.matcher(definition);
    boolean isTooSmall = size.matches() && column.size() < Integer.parseInt(size.group(1));
    return column.hasTypeOf(name, sql.dialect) && !isTooSmall;
  }

  private String wrongType(String table, String column, String definition) {
    return problem(
        table,
        "column " + column + " has the wrong type or is too small",
        changeColumn(table, column, definition));
  }

  private String changeColumn(String table, String column, String definition) {
    return sql.changeColumn(table, column, definition).orElse(recreate());
  }

  private String recreate() {
    return "recreate the table with " + script.name() + " of the jar";
  }

  private String missingTable(String table) {
    String fix = "JdbcTokenStore.createSchema, or " + script.name() + " of the jar";
    return problem(table, "there is no such table", fix);
  }

  /** Lets the database remove duplicates by the rules of the column. SQLState class 22 is "data exception". */
  private boolean isExact(Connection connection, String column) throws SQLException {
    try {
      return Queries.number(connection, sql.countDistinct(column, SIMILAR_TEXTS))
          == SIMILAR_TEXTS.size();
    } catch (SQLException failure) {
      boolean isDataException = String.valueOf(failure.getSQLState()).startsWith("22");
      if (!isDataException && !WRONG_ENCODING.contains(failure.getErrorCode())) {
        throw failure;
      }
      Transactions.recover(connection);
      return false;
    }
  }

  private String indexProblem(TableMetadata found, Index missing) {
    String kind = missing.isUnique() ? "unique key" : "index";
    boolean isNameTaken = found.indexes().stream()
        .anyMatch(index -> !index.isComplete() && index.name().equals(missing.name()));
    return problem(
        "there is no " + kind + " (" + String.join(", ", missing.columns()) + ')',
        (isNameTaken ? "DROP INDEX " + missing.name() + "; " : "")
            + Statements.createIndex(sql.table, missing));
  }

  private String problem(String description, String fix) {
    return problem(sql.table, description, fix);
  }

  private static String problem(String table, String description, String fix) {
    return "table " + table + ": " + description + " (fix: " + fix + ')';
  }
}

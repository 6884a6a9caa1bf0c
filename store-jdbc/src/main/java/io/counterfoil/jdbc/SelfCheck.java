package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a table and its database, each in a sentence with the cure. */
final class SelfCheck {
  /**
   * Texts that careless comparison takes for one another: case, accents, blanks at the end, width, ligatures, composition,
   * dotless i, and the emoji that MariaDB's older collations do not tell apart. Escapes, for editors normalise.
   */
  private static final List<String> LOOK_ALIKES = List.of(
      "a",
      "A",
      "a ",
      " a",
      "\u00e1",
      "a\u0301",
      "\uff41",
      "ss",
      "\u00df",
      "i",
      "\u0131",
      "\ud83d\udd11",
      "\ud83d\udd12",
      "");

  private static final String DATA_EXCEPTION = "22";
  private static final String GENERAL_ERROR = "HY000";

  /** MySQL's and MariaDB's codes of texts for which the encoding of a column has no room: a mix of collations, a failed conversion. */
  private static final Set<Integer> OTHER_ENCODING = Set.of(1267, 1271, 3854, 3988);

  private final Statements sql;
  private final Script schema;
  private final List<Script> migrations;

  SelfCheck(Statements sql, Script schema, List<Script> migrations) {
    this.sql = sql;
    this.schema = schema;
    this.migrations = migrations;
  }

  /** Returns all that is wrong; nothing, if a store may use the table. */
  List<String> complaints(Connection connection) throws SQLException {
    Found found = Found.of(connection, sql);
    List<String> complaints = obstacles(connection, found);
    if (!found.exists()) {
      if (complaints.isEmpty()) {
        complaints.add(complaint(
            "there is no such table",
            "JdbcTokenStore.createSchema, or " + schema.name + " of the jar"));
      }
      return complaints;
    }
    Set<String> younger = addVersion(complaints, found);
    schema
        .parts()
        .filter(part -> !part.isIn(found) && !younger.contains(part.subject()))
        .forEach(part -> complaints.add(complaint(part.complaint(found), cure(part, found))));
    addStrangers(complaints, found);
    for (Part.Column column : schema.exactColumns()) {
      if (found.columns().containsKey(column.name()) && !isExact(connection, column.name())) {
        complaints.add(complaint(
            "column " + column.name() + " takes different texts for one, or has no room for some",
            sharpening(connection, column)));
      }
    }
    return complaints;
  }

  /** Adds that the table is of an older version, if it is; returns what younger versions have and it has not. */
  private Set<String> addVersion(List<String> complaints, Found found) {
    List<Script> missing =
        migrations.stream().filter(migration -> !migration.isMade(found)).toList();
    if (missing.stream().allMatch(Script::isOptional)) {
      return Set.of();
    }
    int version = 1 + migrations.indexOf(missing.get(0));
    String statements = missing.stream()
        .flatMap(migration -> migration.steps.stream())
        .map(Script.Step::sql)
        .collect(joining("; "));
    complaints.add(complaint(
        "its schema is of version " + version + ", not " + Script.VERSION,
        "JdbcTokenStore.migrateSchema, or " + statements));
    return missing.stream().flatMap(Script::parts).map(Part::subject).collect(toSet());
  }

  /** Adds the columns that are not of the script, if no row can be without them. */
  private void addStrangers(List<String> complaints, Found found) {
    Set<String> known = schema.parts().map(Part::subject).collect(toSet());
    found.columns().forEach((name, column) -> {
      if (column.isRequired() && !known.contains(name)) {
        complaints.add(complaint(
            "column " + name + " must be filled, and no insert of a token does it",
            "a default for it, or ALTER TABLE " + sql.table + " DROP COLUMN " + name));
      }
    });
  }

  /** Returns why there must be no table here. */
  List<String> obstacles(Connection connection, Found found) throws SQLException {
    List<String> obstacles = new ArrayList<>(losses(connection));
    if (!found.exists() && isElsewhere(connection)) {
      // One made here would hide it, and every token in it be unknown.
      obstacles.add(complaint(
          "it is not in the schema that connections are set to, but found in another",
          "the schema of connections set to that one"));
    }
    return obstacles;
  }

  private boolean isElsewhere(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql.findById)) {
      query.setLong(1, -1);
      query.executeQuery().close();
      return !Found.of(connection, sql).exists(); // or another node has made it just now
    } catch (SQLException notThere) {
      Transactions.forget(connection);
      return false;
    }
  }

  /** Returns why the database would lose what it has acknowledged when its process is killed. */
  private List<String> losses(Connection connection) throws SQLException {
    Optional<Statements.Setting> delay = sql.writeDelay();
    return delay.isPresent() && isWrong(connection, delay.get())
        ? List.of(complaint(
            "its database loses what it has acknowledged when it is killed",
            delay.get().cure()))
        : List.of();
  }

  private static boolean isWrong(Connection connection, Statements.Setting setting)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(setting.query());
        ResultSet results = query.executeQuery()) {
      return results.next() && results.getInt(1) > 0;
    }
  }

  /** Lets the database remove duplicates by the rules of the column. */
  private boolean isExact(Connection connection, String column) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql.distinct(column, LOOK_ALIKES));
        ResultSet results = query.executeQuery()) {
      return results.next() && results.getInt(1) == LOOK_ALIKES.size();
    } catch (SQLException failure) {
      if (hasNoRoom(failure)) {
        Transactions.forget(connection);
        return false;
      }
      throw failure;
    }
  }

  private static boolean hasNoRoom(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith(DATA_EXCEPTION)
        || (state.equals(GENERAL_ERROR) && OTHER_ENCODING.contains(failure.getErrorCode()));
  }

  private String sharpening(Connection connection, Part.Column column) throws SQLException {
    Optional<Statements.Setting> blur = sql.blur();
    return blur.isPresent() && isWrong(connection, blur.get())
        ? blur.get().cure()
        : sql.dialect.sharpening(sql.table, column);
  }

  private String cure(Part part, Found found) {
    if (!(part instanceof Part.Column column)) {
      return found.useless().stream()
              .filter(
                  name -> part.cure().contains(' ' + name + ' ')) // which the cure would find taken
              .map(name -> "DROP INDEX " + name + "; ")
              .collect(joining())
          + part.cure();
    }
    String anew = "a table made anew by " + schema.name + " of the jar";
    if (column.fits(found)) {
      return sql.dialect.numbering(sql.table, column).orElse(anew);
    }
    if (column.isThere(found)) {
      return sql.dialect.alteration(sql.table, column);
    }
    // Rows that are there have nothing to put in.
    return column.definition().contains("NOT NULL") ? anew : column.cure();
  }

  private String complaint(String wrong, String cure) {
    return "table " + sql.table + ": " + wrong + " (cure: " + cure + ')';
  }
}

package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.counterfoil.jdbc.TableMetadata.Index;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Creates tables that differ from those of the schema script, and reads the problems that the validator reports. */
final class CorruptSchema {
  private CorruptSchema() {}

  /** Changes the statements of the schema script about the table of tokens, and runs it. */
  static void createChanged(DataSource pool, Database database, UnaryOperator<String> change) {
    String changes = Statements.changesTable(Statements.DEFAULT_TABLE);
    String once = Statements.onceTable(Statements.DEFAULT_TABLE);
    Sql.run(
        pool,
        SchemaScript.schema(database.dialect(), Statements.DEFAULT_TABLE),
        sql -> sql.contains(changes) || sql.contains(once) ? sql : change.apply(sql));
  }

  /** Returns the expected index on columns that are separated by commas. */
  static Index index(Database database, String columns) {
    return TableMetadata.expectedIndexes(database.dialect(), Statements.DEFAULT_TABLE).stream()
        .filter(index -> String.join(", ", index.columns()).equals(columns))
        .findFirst()
        .orElseThrow();
  }

  /** Removes an index from a statement of a schema script: a constraint of the table, or the whole statement. */
  static String without(Index index, String sql) {
    return sql.contains("INDEX " + index.name() + " ON")
            || sql.contains("EXISTS " + index.name() + " ON")
        ? ""
        : sql.replaceFirst("CONSTRAINT " + index.name() + " [^(]*\\([^)]*\\), ", "");
  }

  static String replaceFirst(String text, String old, String replacement) {
    return text.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(replacement));
  }

  static String problem(Index index) {
    return (index.isUnique() ? "there is no unique key (" : "there is no index (")
        + String.join(", ", index.columns())
        + ')';
  }

  /** Asserts that the table of tokens has this problem, that there is no other, and returns the fix. */
  static String fix(DataSource pool, String problem) {
    return fix(pool, Statements.DEFAULT_TABLE, problem);
  }

  static String fix(DataSource pool, String table, String problem) {
    IllegalStateException exception =
        catchThrowableOfType(IllegalStateException.class, () -> new JdbcTokenStore(pool));
    assertThat(exception).isNotNull();
    String message = exception.getMessage();
    String start = "table " + table + ": " + problem + " (fix: ";
    assertThat(message).startsWith(start).endsWith(")");
    assertThat(message.split("table counterfoil_tokens[_a-z]*: ", -1)).hasSize(2);
    return message.substring(start.length(), message.length() - 1);
  }
}

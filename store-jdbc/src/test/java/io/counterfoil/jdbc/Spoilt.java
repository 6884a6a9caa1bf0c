package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Tables that are not as they must be, and what is said of them. */
final class Spoilt {
  private Spoilt() {}

  /** Runs the script of a database, statement by statement, each changed that is about tokens. */
  static void createChanged(DataSource pool, Database database, UnaryOperator<String> change) {
    String stamp = Statements.stampTable(Statements.DEFAULT_TABLE);
    Sql.run(
        pool,
        Script.schema(database.dialect(), Statements.DEFAULT_TABLE),
        sql -> sql.contains(stamp) ? sql : change.apply(sql));
  }

  /** Returns the key or the index of a script that is on some columns. */
  static Part key(Database database, String subject) {
    return Script.schema(database.dialect(), Statements.DEFAULT_TABLE)
        .parts()
        .filter(part -> part instanceof Part.Key && part.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  /** Leaves a key or an index out of a statement. */
  static String without(Part key, String sql) {
    if (sql.equals(key.cure())) {
      return "";
    }
    return sql.replace(
        key.cure().replaceFirst("ALTER TABLE counterfoil_tokens ADD (.*)", "$1, "), "");
  }

  static String replaceFirst(String text, String old, String replacement) {
    return text.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(replacement));
  }

  /** Asserts that nothing else is wrong, and returns the cure. */
  static String refusal(DataSource pool, String wrong) {
    IllegalStateException refusal =
        catchThrowableOfType(IllegalStateException.class, () -> new JdbcTokenStore(pool));
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage())
        .startsWith("table counterfoil_tokens: " + wrong + " (cure: ")
        .doesNotContain("; table");
    assertThat(refusal.getMessage().split("table counterfoil_tokens: ", -1)).hasSize(2);
    int start = refusal.getMessage().indexOf("(cure: ") + "(cure: ".length();
    return refusal.getMessage().substring(start, refusal.getMessage().length() - 1);
  }
}

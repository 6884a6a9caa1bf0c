package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of a SQL script in the jar, for one table. */
record SchemaScript(String name, List<String> statements) {

  static SchemaScript schema(Dialect dialect, String table) {
    return read("schema-" + dialect.script() + ".sql", table);
  }

  /** Returns the script that migrates a table from the previous version to this one. */
  static SchemaScript migration(Dialect dialect, String table, int version) {
    return read("migrate-" + dialect.script() + '-' + version + ".sql", table);
  }

  private static SchemaScript read(String name, String table) {
    try (InputStream in = SchemaScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      String text = new String(in.readAllBytes(), UTF_8).replaceAll("--.*", "");
      List<String> statements = Arrays.stream(Statements.on(table, text).split(";"))
          .map(sql -> sql.strip().replaceAll("\\s+", " "))
          .filter(sql -> !sql.isEmpty())
          .toList();
      return new SchemaScript(name, statements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text from the name of a column to the next comma, in the last table that has the column. */
  String definition(String column) {
    Pattern definition = Pattern.compile("[(,] " + column + " ((?:[^,(]|\\([^)]*\\))*),");
    return statements.stream()
        .map(definition::matcher)
        .filter(Matcher::find)
        .reduce((first, last) -> last)
        .orElseThrow(() -> new IllegalStateException(name + " has no column " + column))
        .group(1);
  }
}

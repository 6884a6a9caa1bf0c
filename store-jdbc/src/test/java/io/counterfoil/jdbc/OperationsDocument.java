package io.counterfoil.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of docs/operations.md, which operators copy. */
final class OperationsDocument {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Path FILE = Path.of("..", "docs", "operations.md");

  private OperationsDocument() {}

  /** Returns the blocks with this tag, such as {@code sql}, in their order. */
  static List<String> blocks(String tag) {
    return BLOCK
        .matcher(text())
        .results()
        .filter(block -> block.group(1).equals(tag))
        .map(block -> block.group(2).strip())
        .toList();
  }

  /** Returns the SQL statements of the page for a database, in their order. */
  static List<String> statements(Database database) {
    return blocks("sql").stream()
        .filter(block -> isFor(block, database))
        .flatMap(OperationsDocument::statementsOf)
        .toList();
  }

  /** Returns the only statement for a database that begins with this text. */
  static String statement(Database database, String start) {
    List<String> found = statements(database).stream()
        .filter(statement -> statement.startsWith(start))
        .toList();
    if (found.size() != 1) {
      throw new AssertionError(start + ": " + found.size() + " statements (expected: 1)");
    }
    return found.get(0);
  }

  /** A comment in the first line names the databases of a block. SQLite alone knows VACUUM INTO. */
  private static boolean isFor(String block, Database database) {
    String first = block.lines().findFirst().orElseThrow().toUpperCase(Locale.ROOT);
    return first.startsWith("--")
        ? Stream.of(first.substring(2).split(","))
            .map(String::strip)
            .anyMatch(database.name()::equals)
        : !first.startsWith("VACUUM") || database == Database.SQLITE;
  }

  private static Stream<String> statementsOf(String block) {
    String sql = block.replaceFirst("^--.*\n", "");
    return Stream.of(sql.split(";")).map(String::strip).filter(statement -> !statement.isEmpty());
  }

  private static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

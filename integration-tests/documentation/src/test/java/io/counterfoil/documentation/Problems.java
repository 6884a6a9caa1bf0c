package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Table.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The problems that a check has found, all of them, each with its file and line. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(Page page, int line, String problem) {
    found.add(page.at(line) + ": " + problem);
  }

  /** Compares what a row says with what the code says. */
  void compare(Row row, Object said, Object expected) {
    if (!said.equals(expected)) {
      found.add(row.place() + ": " + said + " (expected: " + expected + ')');
    }
  }

  /** Compares the first column of a table with the names in the code, in any order. */
  void compareNames(Table table, Collection<String> expected) {
    Set<String> missing = new TreeSet<>(expected);
    for (Row row : table.rows()) {
      if (!missing.remove(row.text(0))) {
        found.add(
            row.place() + ": " + row.text(0) + " is listed twice, or the code does not have it");
      }
    }
    missing.forEach(name -> found.add(table.place() + ": there is no row for " + name));
  }

  void assertNone() {
    assertThat(String.join("\n", found)).isEmpty();
  }
}

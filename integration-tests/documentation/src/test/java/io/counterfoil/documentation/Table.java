package io.counterfoil.documentation;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * A table of a document.
 *
 * @param columns the titles of the columns
 * @param place the file and line at which it begins
 */
record Table(List<String> columns, List<Row> rows, String place) {

  /** A row, with the place at which it is. */
  record Row(List<TableCell> cells, String place) {
    /** Returns the text of a cell without markup. */
    String text(int column) {
      return Texts.of(cells.get(column));
    }

    /** Returns each piece of code in a cell. */
    List<String> code(int column) {
      return Texts.code(cells.get(column));
    }
  }

  /** Returns the first table after a heading and before the next one. */
  static Table after(Node heading, Page page) {
    Node node = heading.getNext();
    while (node != null && !(node instanceof TableBlock) && !(node instanceof Heading)) {
      node = node.getNext();
    }
    if (!(node instanceof TableBlock)) {
      throw new AssertionError(page.at(Page.line(heading)) + ": no table follows the heading");
    }
    List<String> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (Node each : Texts.descendants(node)) {
      if (each instanceof TableRow row) {
        List<TableCell> cells = cells(row);
        if (row.getParent() instanceof TableHead) {
          cells.forEach(cell -> columns.add(Texts.of(cell)));
        } else {
          rows.add(new Row(cells, page.at(Page.line(row))));
        }
      }
    }
    return new Table(columns, rows, page.at(Page.line(node)));
  }

  private static List<TableCell> cells(TableRow row) {
    return Texts.descendants(row).stream()
        .filter(TableCell.class::isInstance)
        .map(TableCell.class::cast)
        .toList();
  }

  /** Returns the texts of a column. */
  List<String> texts(int column) {
    return rows.stream().map(row -> row.text(column)).toList();
  }

  /** Returns whether there is a row whose first cell has this text. */
  boolean has(String name) {
    return texts(0).contains(name);
  }

  /** Returns the row whose first cell has this text. */
  Row row(String name) {
    return rows.stream()
        .filter(row -> row.text(0).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(place + ": there is no row for " + name));
  }
}

package io.counterfoil.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rows of a CSV file (RFC 4180) one after the other, so that a file may be larger than the memory. */
final class CsvReader {
  /** A longer row has a quotation mark that is not closed, or is no row of tokens. */
  static final int MAX_CHARACTERS = 1 << 16;

  private static final int END = -1;

  private final BufferedReader reader;
  private int line = 1;

  CsvReader(Reader reader) {
    this.reader = new BufferedReader(reader);
  }

  /**
   * A row.
   *
   * @param line the number of its first line
   */
  record Row(int line, List<String> cells) {
    /** Does not contain the cells, which may contain secrets. */
    @Override
    public String toString() {
      return "line " + line;
    }
  }

  /** Returns the next row that is not blank; empty at the end of the file. */
  Optional<Row> next() throws IOException, CliException {
    while (peek() != END) {
      Row row = row();
      if (row.cells().size() > 1 || !row.cells().get(0).isBlank()) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  private Row row() throws IOException, CliException {
    int first = line;
    List<String> cells = new ArrayList<>();
    int length = 0;
    while (true) {
      String cell = peek() == '"' ? quoted(first) : plain(first);
      cells.add(cell);
      length += cell.length() + 1;
      requireShort(length, first);
      int next = read();
      if (next != ',') {
        if (next == '\r' && peek() == '\n') {
          next = read();
        }
        if (next != END && next != '\n' && next != '\r') {
          throw malformed(first, "text after a quotation mark", "a comma or the end of the line");
        }
        return new Row(first, cells);
      }
    }
  }

  private String plain(int first) throws IOException, CliException {
    StringBuilder cell = new StringBuilder();
    int next = peek();
    while (next != END && next != ',' && next != '\n' && next != '\r') {
      cell.append((char) read());
      requireShort(cell.length(), first);
      next = peek();
    }
    return cell.toString();
  }

  private String quoted(int first) throws IOException, CliException {
    StringBuilder cell = new StringBuilder();
    read();
    while (true) {
      int next = read();
      if (next == END) {
        throw malformed(first, "a quotation mark that is not closed", "another one");
      }
      if (next == '"') {
        if (peek() != '"') {
          return cell.toString();
        }
        read();
      }
      cell.append((char) next);
      requireShort(cell.length(), first);
    }
  }

  private static void requireShort(int length, int line) throws CliException {
    if (length > MAX_CHARACTERS) {
      throw malformed(
          line, "a row that does not end", "at most " + MAX_CHARACTERS + " characters in a row");
    }
  }

  private static CliException malformed(int line, String found, String expected) {
    return CliException.failed("line " + line + ": " + found + " (expected: " + expected
        + "); the rows before it were read");
  }

  private int read() throws IOException {
    int next = reader.read();
    if (next == '\n') {
      line++;
    }
    return next;
  }

  private int peek() throws IOException {
    reader.mark(1);
    int next = reader.read();
    reader.reset();
    return next;
  }
}

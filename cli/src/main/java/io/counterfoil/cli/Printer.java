package io.counterfoil.cli;

import io.counterfoil.Token;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints tokens and results as a table or as lines of JSON. */
final class Printer {
  private static final List<String> HEADER = List.of(
      "ID", "OWNER", "NAME", "STATE", "SCOPES", "CREATED", "EXPIRES", "LAST USED", "ADDRESSES");

  /** The columns are as wide as the first rows need. Further rows are printed as they are read. */
  private static final int MEASURED_ROWS = 500;

  private static final int MAX_WIDTH = 64;

  private final Output output;
  private final PrintStream stream;

  Printer(Output output, PrintStream stream) {
    this.output = output;
    this.stream = stream;
  }

  /** Prints tokens; nothing if there are none. */
  void tokens(Stream<Token> tokens) {
    Iterator<Token> all = tokens.iterator();
    if (output == Output.JSON) {
      all.forEachRemaining(token -> stream.println(json(token)));
    } else if (all.hasNext()) {
      table(all);
    }
  }

  private void table(Iterator<Token> tokens) {
    Iterator<List<String>> rows = rows(tokens);
    List<List<String>> first = Stream.concat(
            Stream.of(HEADER),
            Stream.generate(() -> rows.hasNext() ? Optional.of(rows.next()) : none())
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .limit(MEASURED_ROWS))
        .toList();
    int[] widths = new int[HEADER.size()];
    for (List<String> row : first) {
      Arrays.setAll(widths, i -> Math.max(widths[i], Math.min(length(row.get(i)), MAX_WIDTH)));
    }
    first.forEach(row -> row(row, widths));
    rows.forEachRemaining(row -> row(row, widths));
  }

  private static Optional<List<String>> none() {
    return Optional.empty();
  }

  private static Iterator<List<String>> rows(Iterator<Token> tokens) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return tokens.hasNext();
      }

      @Override
      public List<String> next() {
        return cells(tokens.next());
      }
    };
  }

  private void row(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(Math.max(0, widths[i] - length(cells.get(i)))));
      line.append("  ");
    }
    stream.println(line.toString().stripTrailing());
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static List<String> cells(Token token) {
    return Stream.of(
            Long.toString(token.id()),
            token.owner(),
            token.name(),
            state(token),
            String.join(" ", token.scopes()),
            token.createdAt().toString(),
            time(token.expiresAt(), "never"),
            time(token.lastUsedAt(), ""),
            String.join(" ", token.allowedAddresses()))
        .map(cell -> cell.isEmpty() ? "-" : SafeText.cell(cell))
        .toList();
  }

  private static String state(Token token) {
    String state = token.enabled() ? "enabled" : "disabled";
    return token.leaked() ? state + ", leaked" : state;
  }

  private static String time(Optional<Instant> time, String otherwise) {
    return time.map(Instant::toString).orElse(otherwise);
  }

  /** Has the members and the units of the management API. */
  private static Json json(Token token) {
    Json json = new Json().number("id", token.id()).text("name", token.name());
    if (!token.description().isEmpty()) {
      json.text("description", token.description());
    }
    json.flag("enabled", token.enabled());
    if (token.leaked()) {
      json.flag("leaked", true);
    }
    json.number("createdAt", token.createdAt().getEpochSecond());
    token.expiresAt().ifPresent(at -> json.number("expiresAt", at.getEpochSecond()));
    token.lastUsedAt().ifPresent(at -> json.number("lastUsedAt", at.getEpochSecond()));
    token.lastUsedFrom().ifPresent(address -> json.text("lastUsedFrom", address));
    if (!token.owner().isEmpty()) {
      json.text("owner", token.owner());
    }
    return json.texts("scopes", token.scopes()).texts("allowedAddresses", token.allowedAddresses());
  }

  /** Prints what has happened to a token. */
  void outcome(String outcome, long id) {
    stream.println(
        output == Output.JSON
            ? new Json().text("outcome", outcome).number("id", id)
            : outcome + ": " + id);
  }

  /** Prints what has happened to several tokens. */
  void count(String outcome, long count) {
    stream.println(
        output == Output.JSON
            ? new Json().text("outcome", outcome).number("count", count)
            : outcome + ": " + count + (count == 1 ? " token" : " tokens"));
  }

  /** Prints a line that is not about a token. */
  void line(String outcome, String details) {
    stream.println(
        output == Output.JSON
            ? new Json().text("outcome", outcome).text("details", details)
            : outcome + ": " + details);
  }

  /** Prints a line of JSON or, in a table, a text. */
  void line(Json json, String text) {
    stream.println(output == Output.JSON ? json : text);
  }
}

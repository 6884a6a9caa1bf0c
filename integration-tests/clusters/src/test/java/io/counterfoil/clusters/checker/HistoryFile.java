package io.counterfoil.clusters.checker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes histories to text files, and reads them.
 *
 * <p>Each line is a call, a fault or a staleness bound. Its first word says which, and the other words are its fields, in the order
 * of the record. Values are encoded as in URLs, so they contain no spaces; the empty text is {@code -}. Times are nanoseconds.
 */
public final class HistoryFile {
  private static final String EMPTY = "-";
  private static final int ROW_FIELDS = 5;

  private HistoryFile() {}

  /** Writes a history, calls in the order of their begins. Creates the folder if needed. */
  public static void write(History history, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    List<String> lines = new ArrayList<>();
    new TreeMap<>(history.stalenessBounds())
        .forEach((application, bound) -> lines.add(line("bound", application, bound.toNanos())));
    for (FaultPeriod fault : history.faults()) {
      String application = fault.application().orElse("");
      lines.add(line("fault", fault.name(), fault.begin(), fault.end(), application));
    }
    history.calls().stream()
        .sorted((a, b) -> Long.compare(a.begin(), b.begin()))
        .forEach(call -> lines.add(line(call)));
    Files.write(file, lines);
  }

  /**
   * Reads a history that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the file has another form
   */
  public static History read(Path file) throws IOException {
    List<Call> calls = new ArrayList<>();
    List<FaultPeriod> faults = new ArrayList<>();
    Map<String, Duration> bounds = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      Words words = new Words(line);
      String type = words.text();
      switch (type) {
        case "bound" -> bounds.put(words.text(), Duration.ofNanos(words.number()));
        case "fault" -> faults.add(fault(words));
        case "call" -> calls.add(call(words));
        default -> throw new IllegalArgumentException("line: " + line);
      }
    }
    return new History(calls, faults, bounds);
  }

  /** Returns the line of a call, as in the file. */
  static String line(Call call) {
    Operation operation = call.operation();
    Stream<Object> fields = Stream.of(
        call.application(),
        call.begin(),
        call.end(),
        operation.kind(),
        operation.token(),
        operation.plaintext(),
        operation.name(),
        operation.key(),
        operation.version(),
        operation.overlap().toNanos(),
        call.outcome(),
        call.result().detail());
    Stream<Object> rows = call.result().rows().stream()
        .flatMap(
            row -> Stream.of(row.id(), row.name(), row.enabled(), row.description(), row.scopes()));
    return line("call", Stream.concat(fields, rows).toArray());
  }

  private static String line(String type, Object... fields) {
    StringBuilder line = new StringBuilder(type);
    for (Object field : fields) {
      line.append(' ').append(encoded(field.toString()));
    }
    return line.toString();
  }

  private static String encoded(String text) {
    return switch (text) {
      case "" -> EMPTY;
      case EMPTY -> "%2D";
      default -> URLEncoder.encode(text, UTF_8).replace("%2F", "/").replace("%2C", ",");
    };
  }

  private static FaultPeriod fault(Words words) {
    return new FaultPeriod(
        words.text(),
        words.number(),
        words.number(),
        Optional.of(words.text()).filter(text -> !text.isEmpty()));
  }

  private static Call call(Words words) {
    String application = words.text();
    long begin = words.number();
    long end = words.number();
    Operation operation = new Operation(
        Kind.valueOf(words.text()),
        words.text(),
        words.text(),
        words.text(),
        words.text(),
        words.text(),
        Duration.ofNanos(words.number()));
    return new Call(application, operation, begin, end, result(words));
  }

  private static Result result(Words words) {
    Outcome outcome = Outcome.valueOf(words.text());
    String detail = words.text();
    List<Row> rows = new ArrayList<>();
    while (words.remaining() >= ROW_FIELDS) {
      rows.add(new Row(
          words.number(),
          words.text(),
          Boolean.parseBoolean(words.text()),
          words.text(),
          words.text()));
    }
    return new Result(outcome, rows, detail);
  }

  /** The words of a line, in order. */
  private static final class Words {
    private final String line;
    private final String[] words;
    private int next;

    Words(String line) {
      this.line = line;
      this.words = line.split(" ");
    }

    String text() {
      if (next == words.length) {
        throw new IllegalArgumentException("too short: " + line);
      }
      String word = words[next++];
      return word.equals(EMPTY) ? "" : URLDecoder.decode(word, UTF_8);
    }

    long number() {
      return Long.parseLong(text());
    }

    int remaining() {
      return words.length - next;
    }
  }
}

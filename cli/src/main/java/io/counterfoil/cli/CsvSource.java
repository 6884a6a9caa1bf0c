package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A CSV file in UTF-8 with a header and a hash in each row. */
final class CsvSource implements ForeignSource {
  private static final List<String> REQUIRED = List.of("name", "sha256");
  private static final List<String> ALL = List.of(
      "name",
      "sha256",
      "owner",
      "description",
      "scopes",
      "allowed_addresses",
      "enabled",
      "created_at",
      "expires_at");

  private final Path file;

  CsvSource(Path file) throws CliException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw CliException.invalid("FILE: " + SafeText.name(file.toString()), "a readable file");
    }
    this.file = file;
  }

  @Override
  public void read(RowConsumer consumer) throws CliException {
    // Characters that are not UTF-8 become U+FFFD, so that only their row is rejected.
    try (InputStreamReader text = new InputStreamReader(Files.newInputStream(file), UTF_8)) {
      CsvReader reader = new CsvReader(text);
      List<String> columns = columns(reader.next());
      Optional<CsvReader.Row> row = reader.next();
      while (row.isPresent()) {
        consumer.accept(new CsvRow(columns, row.get()));
        row = reader.next();
      }
    } catch (IOException e) {
      throw CliException.failed("FILE: " + SafeText.causes(e));
    }
  }

  /** The message does not quote the header: without one, the first line has a hash. */
  private static List<String> columns(Optional<CsvReader.Row> header) throws CliException {
    List<String> columns = header.map(CsvReader.Row::cells).orElse(List.of()).stream()
        .map(cell -> cell.strip().replaceFirst("^\ufeff", ""))
        .toList();
    boolean isKnown = ALL.containsAll(columns) && columns.containsAll(REQUIRED);
    if (!isKnown || new HashSet<>(columns).size() < columns.size()) {
      throw CliException.invalid(
          "FILE: the first line is not a header",
          "name and sha256, and any of " + String.join(", ", ALL.subList(2, ALL.size()))
              + ", each once, with commas between them");
    }
    return columns;
  }
}

package io.counterfoil.cli;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.counterfoil.NewToken;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A row of a CSV file. No message contains a cell, except the name of a token whose hash is in the right column. */
final class CsvRow implements ForeignRow {
  private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");

  private final List<String> columns;
  private final CsvReader.Row row;

  CsvRow(List<String> columns, CsvReader.Row row) {
    this.columns = columns;
    this.row = row;
  }

  /** If the hash is not in its column, the columns may be mixed up, and the name may be a plaintext. */
  @Override
  public String label() {
    boolean isInOrder =
        row.cells().size() == columns.size() && HASH.matcher(cell("sha256")).matches();
    return isInOrder ? row + " " + SafeText.name(cell("name")) : row.toString();
  }

  @Override
  public ForeignToken token() {
    if (row.cells().size() != columns.size()) {
      throw ForeignRow.invalid(
          row.cells().size() + " cells", columns.size() + ", as in the header");
    }
    if (row.cells().stream().anyMatch(cell -> cell.indexOf('\ufffd') >= 0)) {
      throw ForeignRow.invalid("a character that is not UTF-8", "a file in UTF-8");
    }
    String sha256 = sha256();
    NewToken newToken =
        NewToken.named(cell("name")).owner(cell("owner")).description(cell("description"));
    List<String> scopes = words("scopes");
    newToken = scopes.isEmpty() ? newToken : newToken.scopes(scopes);
    List<String> addresses = words("allowed_addresses");
    newToken = addresses.isEmpty() ? newToken : newToken.allowedAddresses(addresses);
    newToken = time("expires_at").map(newToken::expiresAt).orElse(newToken);
    return new ForeignToken(
        newToken,
        sha256,
        enabled(),
        time("created_at").orElseGet(() -> Instant.now().truncatedTo(SECONDS)));
  }

  private String sha256() {
    String text = cell("sha256");
    if (!HASH.matcher(text).matches()) {
      throw ForeignRow.invalid(
          "sha256: " + text.length() + " characters that are not a hash",
          "64 hexadecimal digits, the SHA-256 of the plaintext; never the plaintext itself");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private boolean enabled() {
    return switch (cell("enabled")) {
      case "", "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw ForeignRow.invalid("enabled: another text", "true or false");
    };
  }

  private Optional<Instant> time(String column) {
    String text = cell(column);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      throw ForeignRow.invalid(
          column + ": not an instant", "a time in UTC, such as 2027-01-31T00:00:00Z");
    }
  }

  private List<String> words(String column) {
    String text = cell(column);
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
  }

  private String cell(String column) {
    int index = columns.indexOf(column);
    return index < 0 ? "" : row.cells().get(index);
  }
}

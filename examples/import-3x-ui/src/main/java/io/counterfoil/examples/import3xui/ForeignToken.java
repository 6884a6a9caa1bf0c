package io.counterfoil.examples.import3xui;

import io.counterfoil.NewToken;
import io.counterfoil.TokenHash;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token of 3x-ui, as far as it means the same here and there. What 3x-ui itself would not accept or not understand is
 * refused: an {@link IllegalArgumentException} says why, and is what tells the operator.
 *
 * @param sha256 the hash of its plaintext in hexadecimal digits
 * @param scopes none where 3x-ui had no scopes yet: such tokens might do everything there too
 */
record ForeignToken(
    String name,
    String sha256,
    boolean enabled,
    Instant createdAt,
    List<String> scopes,
    Optional<Instant> expiresAt) {

  /**
   * Where 3x-ui itself draws the line: less are seconds, up to the year 5138; so much and more are milliseconds, from March
   * 1973 on.
   */
  private static final long FIRST_MILLISECONDS = 100_000_000_000L;

  /** 3x-ui compares hashes as texts: it takes no other case, and so nothing else works in the field. */
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private static final Pattern BETWEEN_SCOPES = Pattern.compile("[ ,]+");

  static ForeignToken of(Row row) {
    return new ForeignToken(
        row.text("name"), sha256(row), enabled(row), createdAt(row), scopes(row), expiresAt(row));
  }

  private static String sha256(Row row) {
    String text = row.text("token");
    if (!HASH.matcher(text).matches()) {
      throw Row.refused(
          "token",
          "64 of 0-9, a-f; the plaintexts of old versions become hashes when a newer 3x-ui starts");
    }
    return text;
  }

  private static boolean enabled(Row row) {
    long flag = row.whole("enabled");
    if (flag != 0 && flag != 1) {
      throw Row.refused("enabled", "0 or 1");
    }
    return flag == 1;
  }

  /** Zero would be 1970, which is a lie; a time to come is refused by the manager. */
  private static Instant createdAt(Row row) {
    long time = row.whole("created_at");
    if (time <= 0) {
      throw Row.refused("created_at", "seconds or milliseconds since 1970, more than 0");
    }
    return time < FIRST_MILLISECONDS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time);
  }

  /** Keeps the empty texts between two separators, which are refused: a restricted token must not end without a scope. */
  private static List<String> scopes(Row row) {
    return row.has("scope") ? List.of(BETWEEN_SCOPES.split(row.text("scope"), -1)) : List.of();
  }

  private static Optional<Instant> expiresAt(Row row) {
    long time = row.has("expires_at") ? row.whole("expires_at") : 0;
    if (time < 0) {
      throw Row.refused("expires_at", "milliseconds since 1970, or 0 for never");
    }
    return time == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
  }

  NewToken wish(String owner) {
    NewToken wish = NewToken.named(name).owner(owner).scopes(scopes.toArray(String[]::new));
    return expiresAt.map(wish::expiresAt).orElse(wish);
  }

  TokenHash hash() {
    return TokenHash.of("sha256", HexFormat.of().parseHex(sha256));
  }

  /** Shows no hash. */
  @Override
  public String toString() {
    return (enabled ? "enabled" : "disabled") + ", created " + createdAt
        + expiresAt.map(at -> ", expires " + at).orElse(", never expires")
        + (scopes.isEmpty() ? ", unrestricted" : ", scopes " + String.join(" ", scopes));
  }
}

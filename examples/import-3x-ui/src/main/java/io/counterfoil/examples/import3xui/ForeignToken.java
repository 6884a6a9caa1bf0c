package io.counterfoil.examples.import3xui;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenHash;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token of 3x-ui with the properties that have the same meaning in Counterfoil. A row that 3x-ui itself would not accept is
 * rejected with an {@link IllegalArgumentException}, whose message the operator sees.
 *
 * @param sha256 the hash of the plaintext in hexadecimal digits
 * @param scopes {@code *} alone if the token may do everything in 3x-ui
 */
record ForeignToken(
    String name,
    String sha256,
    boolean enabled,
    Instant createdAt,
    List<String> scopes,
    Optional<Instant> expiresAt) {

  /**
   * The same limit as in 3x-ui. Smaller values are seconds (up to the year 5138). This value and larger ones are milliseconds
   * (from March 1973 on).
   */
  private static final long FIRST_MILLISECONDS = 100_000_000_000L;

  /** 3x-ui compares hashes as strings, so a hash in upper case never worked there. */
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private static final String ADMIN = "admin";
  private static final Pattern BETWEEN_SCOPES = Pattern.compile("[ ,]+");

  static ForeignToken of(Row row) {
    return new ForeignToken(
        row.text("name"), sha256(row), enabled(row), createdAt(row), scopes(row), expiresAt(row));
  }

  private static String sha256(Row row) {
    String text = row.text("token");
    if (!HASH.matcher(text).matches()) {
      throw Row.invalid(
          "token",
          "64 of 0-9, a-f; the plaintexts of old versions become hashes when a newer 3x-ui starts");
    }
    return text;
  }

  private static boolean enabled(Row row) {
    long flag = row.whole("enabled");
    if (flag != 0 && flag != 1) {
      throw Row.invalid("enabled", "0 or 1");
    }
    return flag == 1;
  }

  /** Rejects 0, which would mean 1970. The manager rejects times in the future. */
  private static Instant createdAt(Row row) {
    long time = row.whole("created_at");
    if (time <= 0) {
      throw Row.invalid("created_at", "seconds or milliseconds since 1970, more than 0");
    }
    return time < FIRST_MILLISECONDS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time);
  }

  /**
   * In 3x-ui, {@code admin} may do everything, and so may every token of a version without scopes. A scope {@code *} means
   * nothing there, so it must not become one that means everything. Empty strings are kept, and the manager rejects them:
   * 3x-ui rejects such a token, too.
   */
  private static List<String> scopes(Row row) {
    List<String> scopes =
        row.has("scope") ? List.of(BETWEEN_SCOPES.split(row.text("scope"), -1)) : List.of(ADMIN);
    if (scopes.equals(List.of(ADMIN))) {
      return List.of(Token.UNRESTRICTED);
    }
    if (scopes.contains(ADMIN) || scopes.contains(Token.UNRESTRICTED)) {
      throw Row.invalid("scope", "admin alone, or scopes other than admin and *");
    }
    return scopes;
  }

  private static Optional<Instant> expiresAt(Row row) {
    long time = row.has("expires_at") ? row.whole("expires_at") : 0;
    if (time < 0) {
      throw Row.invalid("expires_at", "milliseconds since 1970, or 0 for never");
    }
    return time == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
  }

  NewToken newToken(String owner) {
    NewToken newToken = NewToken.named(name).owner(owner).scopes(scopes);
    return expiresAt.map(newToken::expiresAt).orElse(newToken);
  }

  TokenHash hash() {
    return TokenHash.of("sha256", HexFormat.of().parseHex(sha256));
  }

  /** Does not contain the hash. */
  @Override
  public String toString() {
    return (enabled ? "enabled" : "disabled") + ", created " + createdAt
        + expiresAt.map(at -> ", expires " + at).orElse(", never expires")
        + (scopes.equals(List.of(Token.UNRESTRICTED))
            ? ", unrestricted"
            : ", scopes " + String.join(" ", scopes));
  }
}

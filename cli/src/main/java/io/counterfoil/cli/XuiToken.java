package io.counterfoil.cli;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a token of 3x-ui with the properties that have the same meaning in Counterfoil. A row that 3x-ui itself would not accept is
 * rejected with an {@link IllegalArgumentException}, whose message the operator sees.
 */
final class XuiToken {
  /**
   * The same limit as in 3x-ui. Smaller values are seconds (up to the year 5138). This value and larger ones are milliseconds
   * (from March 1973 on).
   */
  private static final long FIRST_MILLISECONDS = 100_000_000_000L;

  /** 3x-ui compares hashes as strings, so a hash in upper case never worked there. */
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private static final String ADMIN = "admin";
  private static final Pattern BETWEEN_SCOPES = Pattern.compile("[ ,]+");

  private XuiToken() {}

  static ForeignToken of(XuiRow row, String owner) {
    String name = row.text("name");
    String sha256 = sha256(row);
    boolean enabled = enabled(row);
    Instant createdAt = createdAt(row);
    NewToken newToken = NewToken.named(name).owner(owner).scopes(scopes(row));
    NewToken expiring = expiresAt(row).map(newToken::expiresAt).orElse(newToken);
    return new ForeignToken(expiring, sha256, enabled, createdAt);
  }

  private static String sha256(XuiRow row) {
    String text = row.text("token");
    if (!HASH.matcher(text).matches()) {
      throw XuiRow.invalid(
          "token",
          "64 of 0-9, a-f; the plaintexts of old versions become hashes when a newer 3x-ui starts");
    }
    return text;
  }

  private static boolean enabled(XuiRow row) {
    long flag = row.whole("enabled");
    if (flag != 0 && flag != 1) {
      throw XuiRow.invalid("enabled", "0 or 1");
    }
    return flag == 1;
  }

  /** Rejects 0, which would mean 1970. The manager rejects times in the future. */
  private static Instant createdAt(XuiRow row) {
    long time = row.whole("created_at");
    if (time <= 0) {
      throw XuiRow.invalid("created_at", "seconds or milliseconds since 1970, more than 0");
    }
    return time < FIRST_MILLISECONDS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time);
  }

  /**
   * In 3x-ui, {@code admin} may do everything, and so may every token of a version without scopes. A scope {@code *} means
   * nothing there, so it must not become one that means everything. Empty strings are kept, and the manager rejects them:
   * 3x-ui rejects such a token, too.
   */
  private static List<String> scopes(XuiRow row) {
    List<String> scopes =
        row.has("scope") ? List.of(BETWEEN_SCOPES.split(row.text("scope"), -1)) : List.of(ADMIN);
    if (scopes.equals(List.of(ADMIN))) {
      return List.of(Token.UNRESTRICTED);
    }
    if (scopes.contains(ADMIN) || scopes.contains(Token.UNRESTRICTED)) {
      throw XuiRow.invalid("scope", "admin alone, or scopes other than admin and *");
    }
    return scopes;
  }

  private static Optional<Instant> expiresAt(XuiRow row) {
    long time = row.has("expires_at") ? row.whole("expires_at") : 0;
    if (time < 0) {
      throw XuiRow.invalid("expires_at", "milliseconds since 1970, or 0 for never");
    }
    return time == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
  }
}

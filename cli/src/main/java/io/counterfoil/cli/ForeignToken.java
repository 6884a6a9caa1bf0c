package io.counterfoil.cli;

import io.counterfoil.NewToken;
import io.counterfoil.TokenHash;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/**
 * A token of another system.
 *
 * @param sha256 the hash of the plaintext in 64 hexadecimal digits
 */
record ForeignToken(NewToken newToken, String sha256, boolean enabled, Instant createdAt) {
  TokenHash hash() {
    return TokenHash.of("sha256", HexFormat.of().parseHex(sha256));
  }

  /** Does not contain the hash. */
  @Override
  public String toString() {
    Set<String> scopes = newToken.scopes();
    return (enabled ? "enabled" : "disabled") + ", created " + createdAt
        + newToken.expiresAt().map(at -> ", expires " + at).orElse(", never expires")
        + (scopes.isEmpty() ? ", no scopes" : ", scopes " + String.join(" ", scopes));
  }
}

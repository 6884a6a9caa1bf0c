package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Sample rows. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private Samples() {}

  /** Returns a row without NULLs. */
  static StoredToken token(String name) {
    return token("owner of " + name, name);
  }

  /** Returns a store that announces each change before the call returns, so that tests need not wait. */
  static JdbcTokenStore announcingAtOnce(DataSource pool) {
    return new JdbcTokenStore(new Schema(pool, Statements.DEFAULT_TABLE), Runnable::run);
  }

  /** Returns a store that never announces a change. */
  static JdbcTokenStore silent(DataSource pool) {
    return new JdbcTokenStore(new Schema(pool, Statements.DEFAULT_TABLE), announcement -> {});
  }

  static StoredToken token(String owner, String name) {
    return token(owner, name, name);
  }

  /** Returns a row without NULLs, with the hashes of a text. */
  static StoredToken token(String owner, String name, String hashed) {
    return StoredToken.builder()
        .enabled(true)
        .owner(owner)
        .name(name)
        .description("description of " + name)
        .hash(hash(hashed))
        .previous(new StoredToken.Previous(hash("previous " + hashed), NOW.plusSeconds(60)))
        .scopes(Set.of("read", "write:all"))
        .allowedAddresses(Set.of("192.0.2.0/24", "2001:db8::/32"))
        .createdAt(NOW)
        .expiresAt(NOW.plusSeconds(3600))
        .trackedSince(NOW.minusSeconds(1))
        .lastUsedAt(NOW.plusSeconds(1))
        .lastUsedFrom("192.0.2.7")
        .renewedAt(NOW.plusSeconds(2))
        .noticeAfter(NOW.plusSeconds(1800))
        .build();
  }

  /** Returns a use some seconds after {@link #NOW}. */
  static StoredToken.Use use(int seconds) {
    return new StoredToken.Use(NOW.plusSeconds(seconds), Optional.of("2001:db8::" + seconds));
  }

  /** Enables a token by an update. */
  static boolean enable(TokenStore store, long id) {
    return store.update(
        store.findById(id).orElseThrow().toBuilder().enabled(true).build());
  }

  static TokenHash hash(String text) {
    return TokenHash.of("sha256", sha256(text));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

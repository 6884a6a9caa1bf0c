package io.counterfoil.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tokens for tests. All have the same owner, were rotated once, and expire one hour after {@link #NOW}. */
final class SampleTokens {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  static final Instant EXPIRY = NOW.plusSeconds(3600);
  static final String OWNER = "owner";

  private SampleTokens() {}

  /** Adds a token to a store and returns its row. */
  static StoredToken put(TokenStore store, String name) {
    StoredToken row = row(name);
    return row.withId(store.insert(row));
  }

  static StoredToken row(String name) {
    return new StoredToken(
        StoredToken.UNSAVED,
        OWNER,
        name,
        hash(name),
        Optional.of(new StoredToken.Previous(hash("previous " + name), EXPIRY)),
        true,
        Set.of(),
        Set.of(),
        NOW,
        Optional.of(EXPIRY),
        Optional.empty(),
        Optional.empty());
  }

  static TokenHash hash(String text) {
    try {
      return TokenHash.of(
          "sha256", MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Optional<StoredToken> find(TokenStore store, TokenHash hash) {
    return store.findByHash(List.of(hash));
  }
}

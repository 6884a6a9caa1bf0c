package io.counterfoil.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    return StoredToken.builder()
        .enabled(true)
        .owner(OWNER)
        .name(name)
        .hash(hash(name))
        .previous(new StoredToken.Previous(hash("previous " + name), EXPIRY))
        .createdAt(NOW)
        .expiresAt(EXPIRY)
        .build();
  }

  /** Returns a row after a rotation. */
  static StoredToken rotated(StoredToken row, TokenHash hash) {
    return row.withHashes(hash, Optional.of(new StoredToken.Previous(row.hash(), EXPIRY)));
  }

  /** Enables a token of a store and returns its row. */
  static StoredToken enable(TokenStore store, long id) {
    StoredToken row = store.findById(id).orElseThrow();
    return update(store, row.toBuilder().enabled(true).build());
  }

  /** Updates a row of a store and returns it as it is stored then. */
  static StoredToken update(TokenStore store, StoredToken changed) {
    StoredToken before = store.findById(changed.id()).orElseThrow();
    assertThat(store.update(changed)).isTrue();
    return before.updated(changed);
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

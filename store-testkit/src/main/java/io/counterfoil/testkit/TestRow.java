package io.counterfoil.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A builder of rows for tests. The hash is computed from owner and name unless one is set. */
final class TestRow {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private final StoredToken.Builder row = StoredToken.builder().enabled(true).createdAt(NOW);
  private final String name;
  private String owner = "";
  private boolean hasHash;

  private TestRow(String name) {
    this.name = name;
    row.name(name);
  }

  /** Starts a row that has only the required values. */
  static TestRow named(String name) {
    return new TestRow(name);
  }

  /** Starts a row that has a value in every column, so that a change of any column is noticed. */
  static TestRow full(String name) {
    return new TestRow(name)
        .owner("owner of " + name)
        .previous(hash("previous " + name), NOW.plusSeconds(60))
        .scopes(Set.of("read", "write:all"))
        .addresses(Set.of("192.0.2.0/24", "2001:db8::/32"))
        .expiresAt(NOW.plusSeconds(3600))
        .trackedSince(NOW.minusSeconds(1))
        .lastUsedAt(NOW.plusSeconds(1));
  }

  /** Returns a row after a rotation: the present hash becomes the previous one. */
  static StoredToken rotated(StoredToken row, TokenHash hash, Instant previousUntil) {
    return row.withHashes(hash, Optional.of(new StoredToken.Previous(row.hash(), previousUntil)));
  }

  /** Returns a row whose last use was at that time. */
  static StoredToken used(StoredToken row, Instant at) {
    return row.toBuilder().lastUsedAt(at).build();
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

  TestRow owner(String text) {
    owner = text;
    row.owner(text);
    return this;
  }

  TestRow hash(TokenHash newHash) {
    hasHash = true;
    row.hash(newHash);
    return this;
  }

  TestRow previous(TokenHash oldHash, Instant until) {
    row.previous(new StoredToken.Previous(oldHash, until));
    return this;
  }

  TestRow enabled(boolean on) {
    row.enabled(on);
    return this;
  }

  TestRow scopes(Set<String> texts) {
    row.scopes(texts);
    return this;
  }

  TestRow addresses(Set<String> texts) {
    row.allowedAddresses(texts);
    return this;
  }

  TestRow createdAt(Instant instant) {
    row.createdAt(instant);
    return this;
  }

  TestRow expiresAt(Instant instant) {
    row.expiresAt(instant);
    return this;
  }

  TestRow trackedSince(Instant instant) {
    row.trackedSince(instant);
    return this;
  }

  TestRow lastUsedAt(Instant instant) {
    row.lastUsedAt(instant);
    return this;
  }

  StoredToken build() {
    return (hasHash ? row : row.hash(hash(owner + '\n' + name))).build();
  }
}

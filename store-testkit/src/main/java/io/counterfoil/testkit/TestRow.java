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

  private final String name;
  private String owner = "";
  private Optional<TokenHash> hash = Optional.empty();
  private Optional<StoredToken.Previous> previous = Optional.empty();
  private boolean enabled = true;
  private Set<String> scopes = Set.of();
  private Set<String> addresses = Set.of();
  private Instant createdAt = NOW;
  private Optional<Instant> expiresAt = Optional.empty();
  private Optional<Instant> trackedSince = Optional.empty();
  private Optional<Instant> lastUsedAt = Optional.empty();

  private TestRow(String name) {
    this.name = name;
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
    return this;
  }

  TestRow hash(TokenHash newHash) {
    hash = Optional.of(newHash);
    return this;
  }

  TestRow previous(TokenHash oldHash, Instant until) {
    previous = Optional.of(new StoredToken.Previous(oldHash, until));
    return this;
  }

  TestRow enabled(boolean on) {
    enabled = on;
    return this;
  }

  TestRow scopes(Set<String> texts) {
    scopes = texts;
    return this;
  }

  TestRow addresses(Set<String> texts) {
    addresses = texts;
    return this;
  }

  TestRow createdAt(Instant instant) {
    createdAt = instant;
    return this;
  }

  TestRow expiresAt(Instant instant) {
    expiresAt = Optional.of(instant);
    return this;
  }

  TestRow trackedSince(Instant instant) {
    trackedSince = Optional.of(instant);
    return this;
  }

  TestRow lastUsedAt(Instant instant) {
    lastUsedAt = Optional.of(instant);
    return this;
  }

  StoredToken build() {
    return new StoredToken(
        StoredToken.UNSAVED,
        owner,
        name,
        hash.orElseGet(() -> hash(owner + '\n' + name)),
        previous,
        enabled,
        scopes,
        addresses,
        createdAt,
        expiresAt,
        trackedSince,
        lastUsedAt);
  }
}

package io.counterfoil.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A builder of rows for tests, which can also clear a column. The hash is computed from owner and name unless one is set. The time
 * of renewal is the time of creation unless one is set.
 */
final class TestRow {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private String name;
  private long id = StoredToken.UNSAVED;
  private String owner = "";
  private String description = "";
  private Optional<TokenHash> hash = Optional.empty();
  private Optional<Previous> previous = Optional.empty();
  private boolean enabled = true;
  private Set<String> scopes = Set.of();
  private Set<String> addresses = Set.of();
  private Instant createdAt = NOW;
  private Optional<Instant> expiresAt = Optional.empty();
  private Optional<Instant> trackedSince = Optional.empty();
  private Optional<Instant> lastUsedAt = Optional.empty();
  private Optional<String> lastUsedFrom = Optional.empty();
  private long revision;
  private Optional<Instant> renewedAt = Optional.empty();
  private Optional<Instant> noticeAfter = Optional.empty();

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
        .description("description of " + name)
        .previous(hash("previous " + name), NOW.plusSeconds(60))
        .scopes(Set.of("read", "write:all"))
        .addresses(Set.of("192.0.2.0/24", "2001:db8::/32"))
        .expiresAt(NOW.plusSeconds(3600))
        .trackedSince(NOW.minusSeconds(1))
        .lastUsedAt(NOW.plusSeconds(1))
        .lastUsedFrom(Optional.of("192.0.2.7"))
        .revision(3)
        .renewedAt(NOW.plusMillis(500))
        .noticeAfter(Optional.of(NOW.plusSeconds(1800)));
  }

  /** Starts a row with the columns of another one. */
  static TestRow of(StoredToken row) {
    TestRow copy = new TestRow(row.name());
    copy.id = row.id();
    copy.owner = row.owner();
    copy.description = row.description();
    copy.hash = Optional.of(row.hash());
    copy.previous = row.previous();
    copy.enabled = row.enabled();
    copy.scopes = row.scopes();
    copy.addresses = row.allowedAddresses();
    copy.createdAt = row.createdAt();
    copy.expiresAt = row.expiresAt();
    copy.trackedSince = row.trackedSince();
    copy.lastUsedAt = row.lastUsedAt();
    copy.lastUsedFrom = row.lastUsedFrom();
    copy.revision = row.revision();
    copy.renewedAt = Optional.of(row.renewedAt());
    copy.noticeAfter = row.noticeAfter();
    return copy;
  }

  /** Returns a row that is to replace another one in a rotation: the present hash becomes the previous one. */
  static StoredToken rotated(StoredToken row, TokenHash hash, Instant previousUntil) {
    return row.withHashes(hash, Optional.of(new Previous(row.hash(), previousUntil)));
  }

  /** Returns a row whose last use was at that time, from an address that is not recorded. */
  static StoredToken used(StoredToken row, Instant at) {
    return of(row).lastUsedAt(at).lastUsedFrom(Optional.empty()).build();
  }

  /** Returns a row after one more change: its revision is one higher. */
  static StoredToken raised(StoredToken row) {
    return withRevision(row, row.revision() + 1);
  }

  /** Returns a row after an enabled token was disabled. */
  static StoredToken disabled(StoredToken row) {
    return raised(of(row).enabled(false).build());
  }

  static StoredToken withRevision(StoredToken row, long revision) {
    return of(row).revision(revision).build();
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

  TestRow name(String text) {
    name = text;
    return this;
  }

  TestRow owner(String text) {
    owner = text;
    return this;
  }

  TestRow description(String text) {
    description = text;
    return this;
  }

  TestRow hash(TokenHash newHash) {
    hash = Optional.of(newHash);
    return this;
  }

  TestRow previous(TokenHash oldHash, Instant until) {
    return previous(Optional.of(new Previous(oldHash, until)));
  }

  TestRow previous(Optional<Previous> old) {
    previous = old;
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
    return expiresAt(Optional.of(instant));
  }

  TestRow expiresAt(Optional<Instant> instant) {
    expiresAt = instant;
    return this;
  }

  TestRow trackedSince(Instant instant) {
    return trackedSince(Optional.of(instant));
  }

  TestRow trackedSince(Optional<Instant> instant) {
    trackedSince = instant;
    return this;
  }

  TestRow lastUsedAt(Instant instant) {
    return lastUsedAt(Optional.of(instant));
  }

  TestRow lastUsedAt(Optional<Instant> instant) {
    lastUsedAt = instant;
    return this;
  }

  TestRow lastUsedFrom(Optional<String> address) {
    lastUsedFrom = address;
    return this;
  }

  TestRow revision(long number) {
    revision = number;
    return this;
  }

  TestRow renewedAt(Instant instant) {
    renewedAt = Optional.of(instant);
    return this;
  }

  TestRow noticeAfter(Optional<Instant> instant) {
    noticeAfter = instant;
    return this;
  }

  StoredToken build() {
    StoredToken.Builder row = StoredToken.builder()
        .id(id)
        .owner(owner)
        .name(name)
        .description(description)
        .hash(hash.orElseGet(() -> hash(owner + '\n' + name)))
        .enabled(enabled)
        .scopes(scopes)
        .allowedAddresses(addresses)
        .createdAt(createdAt)
        .revision(revision)
        .renewedAt(renewedAt.orElse(createdAt));
    previous.ifPresent(row::previous);
    expiresAt.ifPresent(row::expiresAt);
    trackedSince.ifPresent(row::trackedSince);
    lastUsedAt.ifPresent(row::lastUsedAt);
    lastUsedFrom.ifPresent(row::lastUsedFrom);
    noticeAfter.ifPresent(row::noticeAfter);
    return row.build();
  }
}

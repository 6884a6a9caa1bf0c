package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Creates tokens, and new plaintexts for existing ones. */
final class Issuer {
  /** Each try fails only if another change came first. A store that never replaces the hash is broken. */
  private static final int TRIES = 10;

  private final TokenStore store;
  private final Settings settings;

  Issuer(TokenStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  CreatedToken create(NewToken newToken) {
    Instant now = settings.clock().instant();
    Optional<Instant> expiry = settings.lifetimes().expiry(newToken, now);
    LifetimePolicy.requireFuture(expiry, now);
    String plaintext = newPlaintext();
    TokenHash hash = settings.hasher().hash(plaintext);
    return new CreatedToken(insert(newToken, expiry, hash, true, now, now), plaintext);
  }

  Token importHashed(NewToken newToken, String sha256, boolean enabled, Instant createdAt) {
    Instant now = settings.clock().instant();
    Optional<Instant> expiry = settings.lifetimes().expiry(newToken, now);
    if (createdAt.isAfter(now) || createdAt.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "createdAt: " + createdAt + " (expected: from 1970 to now)");
    }
    if (expiry.isPresent() && expiry.get().isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "expiresAt: " + expiry.get() + " (expected: at least 1970)");
    }
    TokenHash hash = plainHash(sha256);
    if (!settings.hasher().isAccepted(hash, settings.clock())) {
      throw new IllegalArgumentException(
          "sha256: is no longer accepted (expected: a manager that accepts plain hashes)");
    }
    requireNoPreviousHash(newToken, hash);
    return insert(newToken, expiry, hash, enabled, createdAt, now);
  }

  /**
   * A plaintext that a rotation has replaced must not return as another token. A store only compares a hash with the present
   * hashes of other tokens. The token is read again by id, because a cache may still have a deleted one.
   */
  private void requireNoPreviousHash(NewToken newToken, TokenHash hash) {
    boolean isPrevious = store
        .findByHash(List.of(hash))
        .flatMap(row -> store.findById(row.id()))
        .flatMap(StoredToken::previous)
        .filter(old -> old.hash().hasSameBytes(hash))
        .isPresent();
    if (isPrevious) {
      throw store.findByName(newToken.owner(), newToken.name()).isPresent()
          ? new DuplicateTokenNameException()
          : new DuplicateTokenHashException();
    }
  }

  private Token insert(
      NewToken newToken,
      Optional<Instant> expiry,
      TokenHash hash,
      boolean enabled,
      Instant createdAt,
      Instant now) {
    StoredToken.Builder columns = StoredToken.builder()
        .owner(newToken.owner())
        .name(newToken.name())
        .hash(hash)
        .enabled(enabled)
        .scopes(newToken.scopes())
        .allowedAddresses(newToken.allowedAddresses())
        .createdAt(createdAt);
    expiry.ifPresent(columns::expiresAt);
    settings.useInterval().ifPresent(interval -> columns.trackedSince(now));
    StoredToken row = columns.build();
    return row.withId(store.insert(row)).token();
  }

  /**
   * Rotates a token. If only a rehash, a reported leak or the end of an overlap came first, this method tries again.
   *
   * @return empty if the token was deleted meanwhile
   * @throws ConcurrentRotationException if another rotation came first
   */
  Optional<CreatedToken> rotate(StoredToken row, Duration overlap) {
    StoredToken known = row;
    for (int i = 0; i < TRIES; i++) {
      Optional<CreatedToken> rotated = tryToRotate(known, overlap);
      Optional<StoredToken> found =
          rotated.isPresent() ? Optional.empty() : store.findById(row.id());
      if (found.isEmpty()) {
        return rotated;
      }
      if (RowHashes.isRotated(known, found.get())) {
        throw new ConcurrentRotationException();
      }
      known = found.get();
    }
    throw new TokenStoreException("a token was not rotated, because it changed again and again");
  }

  private Optional<CreatedToken> tryToRotate(StoredToken row, Duration overlap) {
    Instant now = settings.clock().instant();
    LifetimePolicy.requireFuture(row.expiresAt(), now);
    settings.lifetimes().require(row.expiresAt(), now);
    String plaintext = newPlaintext();
    TokenHash replacement = settings.hasher().hash(plaintext);
    StoredToken rotated = row.withHashes(replacement, Optional.of(previous(row, now, overlap)));
    return store.replaceHashes(row, replacement, rotated.previous())
        ? Optional.of(new CreatedToken(rotated.token(), plaintext))
        : Optional.empty();
  }

  private static StoredToken.Previous previous(StoredToken row, Instant now, Duration overlap) {
    return new StoredToken.Previous(
        row.hash(), overlap.isZero() ? RowHashes.LONG_AGO : overlapEnd(row, now, overlap));
  }

  private static Instant overlapEnd(StoredToken row, Instant now, Duration overlap) {
    Instant wanted = LifetimePolicy.after(now, overlap);
    return row.expiresAt().filter(wanted::isAfter).orElse(wanted);
  }

  private String newPlaintext() {
    return TokenFormat.generate(
        settings.prefix(), settings.random(), settings.syntax().checksums());
  }

  private static TokenHash plainHash(String sha256) {
    try {
      return TokenHash.of(Pepper.SHA256, HexFormat.of().parseHex(sha256));
    } catch (IllegalArgumentException hidden) { // its message quotes the hash
      throw new IllegalArgumentException(
          "sha256: (expected: " + 2 * TokenHash.LENGTH + " hexadecimal digits)");
    }
  }
}

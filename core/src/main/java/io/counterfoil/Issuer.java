package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Creates tokens, and new plaintexts for existing ones. */
final class Issuer {
  private final TokenStore store;
  private final Settings settings;

  Issuer(TokenStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  CreatedToken create(NewToken newToken) {
    Instant now = settings.clock().instant();
    LifetimePolicy.requireFuture(newToken.expiresAt(), now);
    settings.lifetimes().require(newToken, now);
    String plaintext = newPlaintext();
    TokenHash hash = settings.hasher().hash(plaintext);
    return new CreatedToken(insert(newToken, hash, true, now, now), plaintext);
  }

  Token importHashed(NewToken newToken, String sha256, boolean enabled, Instant createdAt) {
    Instant now = settings.clock().instant();
    settings.lifetimes().require(newToken, now);
    if (createdAt.isAfter(now) || createdAt.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "createdAt: " + createdAt + " (expected: from 1970 to now)");
    }
    if (newToken.expiresAt().isPresent() && newToken.expiresAt().get().isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "expiresAt: " + newToken.expiresAt().get() + " (expected: at least 1970)");
    }
    TokenHash hash = plainHash(sha256);
    if (!settings.hasher().isAccepted(hash, settings.clock())) {
      throw new IllegalArgumentException(
          "sha256: is no longer accepted (expected: a manager that accepts plain hashes)");
    }
    return insert(newToken, hash, enabled, createdAt, now);
  }

  private Token insert(
      NewToken newToken, TokenHash hash, boolean enabled, Instant createdAt, Instant now) {
    StoredToken row = new StoredToken(
        StoredToken.UNSAVED,
        newToken.owner(),
        newToken.name(),
        hash,
        Optional.empty(),
        enabled,
        newToken.scopes(),
        newToken.allowedAddresses(),
        createdAt,
        newToken.expiresAt(),
        settings.useInterval().isPresent() ? Optional.of(now) : Optional.empty(),
        Optional.empty());
    return row.withId(store.insert(row)).token();
  }

  /** Rotates a token. Returns empty if another rotation came first. If only a rehash came first, this method tries again. */
  Optional<CreatedToken> rotate(StoredToken row, Duration overlap) {
    Instant now = settings.clock().instant();
    LifetimePolicy.requireFuture(row.expiresAt(), now);
    settings.lifetimes().require(row.expiresAt(), now);
    String plaintext = newPlaintext();
    TokenHash replacement = settings.hasher().hash(plaintext);
    Instant end = overlap.isZero() ? StoredToken.LONG_AGO : overlapEnd(row, now, overlap);
    return store.rotate(row.id(), row.hash(), replacement, end)
        ? Optional.of(new CreatedToken(row.rotated(replacement, end).token(), plaintext))
        : store
            .findById(row.id())
            .filter(found -> isRehashed(row, found))
            .flatMap(found -> rotate(found, overlap));
  }

  private static Instant overlapEnd(StoredToken row, Instant now, Duration overlap) {
    Instant wanted = LifetimePolicy.after(now, overlap);
    return row.expiresAt().filter(wanted::isAfter).orElse(wanted);
  }

  /** Returns whether only a rehash happened. A rotation would have changed the previous hash, too. */
  private static boolean isRehashed(StoredToken before, StoredToken after) {
    return !after.hash().equals(before.hash())
        && after
            .previous()
            .map(StoredToken.Previous::hash)
            .equals(before.previous().map(StoredToken.Previous::hash));
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

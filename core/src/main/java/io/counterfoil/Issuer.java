package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes tokens, and new plaintexts for those that are there. */
final class Issuer {
  private final TokenStore store;
  private final String prefix;
  private final Clock clock;
  private final Hasher hasher;
  private final Checksums checksums;
  private final Lifetimes lifetimes;
  private final boolean scopesRequired;
  private final boolean usesRecorded;

  /** Made with the first token, for a process that only judges opens none. Which of two counts that are made at once is all one. */
  private volatile @Nullable SecureRandom random;

  Issuer(TokenManager.Builder builder, Hasher hasher, Checksums checksums) {
    this.store = builder.store;
    this.prefix = builder.prefix;
    this.random = builder.random.orElse(null);
    this.clock = builder.clock;
    this.hasher = hasher;
    this.checksums = checksums;
    this.lifetimes = new Lifetimes(builder.maxLifetime);
    this.scopesRequired = builder.scopesRequired;
    this.usesRecorded = builder.useInterval.isPresent();
  }

  CreatedToken create(NewToken wish) {
    Instant now = clock.instant();
    requireScopes(wish);
    Lifetimes.requireFuture(wish.expiresAt, now);
    lifetimes.require(wish, now);
    String plaintext = TokenFormat.generate(prefix, random(), checksums);
    // As a row keeps it, so that all of its times are one object.
    Instant kept = now.truncatedTo(MILLIS);
    return new CreatedToken(insert(wish, hasher.hash(plaintext), true, kept, kept), plaintext);
  }

  private SecureRandom random() {
    SecureRandom made = random;
    if (made == null) {
      made = new SecureRandom();
      random = made;
    }
    return made;
  }

  Token importHashed(NewToken wish, String sha256, boolean enabled, Instant createdAt) {
    Instant now = clock.instant();
    requireScopes(wish);
    lifetimes.require(wish, now);
    if (createdAt.isAfter(now) || createdAt.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "createdAt: " + createdAt + " (expected: from 1970 to now)");
    }
    if (wish.expiresAt.isPresent() && wish.expiresAt.get().isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "expiresAt: " + wish.expiresAt.get() + " (expected: at least 1970)");
    }
    TokenHash hash = parsed(sha256);
    if (!hasher.isLiving(hash, new Moment(clock))) {
      throw new IllegalArgumentException(
          "sha256: opens nothing any more (expected: a manager that accepts plain hashes)");
    }
    return insert(wish, hash, enabled, createdAt, now);
  }

  private Token insert(
      NewToken wish, TokenHash hash, boolean enabled, Instant createdAt, Instant now) {
    StoredToken row = new StoredToken(
        StoredToken.UNSAVED,
        wish.owner,
        wish.name,
        hash,
        Optional.empty(),
        enabled,
        wish.scopes,
        wish.allowedAddresses,
        createdAt,
        wish.expiresAt,
        usesRecorded ? Optional.of(now) : Optional.empty(),
        Optional.empty());
    return row.withId(store.insert(row)).token();
  }

  /** Empty where another rotation came first. What only has another hash of the same plaintext by now is tried again. */
  Optional<CreatedToken> rotate(StoredToken row, Duration overlap) {
    Instant now = clock.instant();
    Lifetimes.requireFuture(row.expiresAt(), now);
    lifetimes.require(row.expiresAt(), now);
    String plaintext = TokenFormat.generate(prefix, random(), checksums);
    TokenHash replacement = hasher.hash(plaintext);
    Instant end = overlap.isZero() ? StoredToken.LONG_AGO : end(row, now, overlap);
    return store.rotate(row.id(), row.hash(), replacement, end)
        ? Optional.of(new CreatedToken(row.rotated(replacement, end).token(), plaintext))
        : store
            .findById(row.id())
            .filter(found -> isRehashed(row, found))
            .flatMap(found -> rotate(found, overlap));
  }

  private static Instant end(StoredToken row, Instant now, Duration overlap) {
    Instant wanted = Lifetimes.after(now, overlap);
    return row.expiresAt().filter(wanted::isAfter).orElse(wanted);
  }

  /** A rotation changes the previous hash too. */
  private static boolean isRehashed(StoredToken before, StoredToken after) {
    return !after.hash().equals(before.hash())
        && after
            .previous()
            .map(StoredToken.Previous::hash)
            .equals(before.previous().map(StoredToken.Previous::hash));
  }

  private void requireScopes(NewToken wish) {
    if (scopesRequired && wish.scopes.isEmpty()) {
      throw new IllegalArgumentException("scopes: none (expected: at least one)");
    }
  }

  private static TokenHash parsed(String sha256) {
    try {
      return TokenHash.of(Workbench.SHA256, HexFormat.of().parseHex(sha256));
    } catch (IllegalArgumentException hidden) { // its message quotes the hash
      throw new IllegalArgumentException(
          "sha256: (expected: " + 2 * TokenHash.LENGTH + " hexadecimal digits)");
    }
  }
}

package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates tokens, and new plaintexts for existing ones. */
final class Issuer {
  private final TokenStore store;
  private final Settings settings;

  Issuer(TokenStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** Inserts a row; returns its id, or empty if nothing was inserted because of an earlier call. */
  @FunctionalInterface
  private interface Insert {
    OptionalLong run(StoredToken row);
  }

  CreatedToken create(NewToken newToken) {
    return create(newToken, this::insert).orElseThrow();
  }

  Optional<CreatedToken> createOnce(String key, Supplier<NewToken> newToken) {
    return once("create:" + key, insert -> create(newToken.get(), insert));
  }

  private Optional<CreatedToken> create(NewToken newToken, Insert insert) {
    Instant now = settings.clock().instant();
    Optional<Instant> expiry = settings.lifetimes().expiry(newToken.expiry(), now);
    LifetimePolicy.requireFuture(expiry, now);
    requireAllowed(newToken);
    String plaintext = newPlaintext();
    StoredToken row =
        columns(newToken, expiry, now).hash(settings.hasher().hash(plaintext)).build();
    return inserted(row, insert).map(token -> new CreatedToken(token, plaintext));
  }

  Token importHashed(NewToken newToken, String sha256, boolean enabled, Instant createdAt) {
    StoredToken row = imported(newToken, plainHash(sha256), enabled, createdAt);
    return inserted(row, this::insert).orElseThrow();
  }

  Optional<Token> importOnce(NewToken newToken, String sha256) {
    return importOnce(
        sha256, hash -> imported(newToken, hash, settings.clock().instant()).build());
  }

  Optional<Token> importOnce(NewToken newToken, String sha256, boolean enabled, Instant createdAt) {
    return importOnce(sha256, hash -> imported(newToken, hash, enabled, createdAt));
  }

  private Optional<Token> importOnce(String sha256, Function<TokenHash, StoredToken> row) {
    TokenHash hash = plainHash(sha256);
    // Hashed again: a copy of the hash would be outside the columns that are meant for hashes.
    String key = "import:" + HexFormat.of().formatHex(TokenHasher.sha256(hash.bytes()));
    return once(key, insert -> inserted(row.apply(hash), insert));
  }

  private StoredToken imported(
      NewToken newToken, TokenHash hash, boolean enabled, Instant createdAt) {
    Instant now = settings.clock().instant();
    if (createdAt.isAfter(now) || createdAt.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "createdAt: " + createdAt + " (expected: from 1970 to now)");
    }
    return imported(newToken, hash, now).enabled(enabled).createdAt(createdAt).build();
  }

  private StoredToken.Builder imported(NewToken newToken, TokenHash hash, Instant now) {
    Optional<Instant> expiry = settings.lifetimes().expiry(newToken.expiry(), now);
    if (expiry.isPresent() && expiry.get().isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "expiresAt: " + expiry.get() + " (expected: at least 1970)");
    }
    if (!settings.hasher().isAccepted(hash, settings.clock())) {
      throw new IllegalArgumentException(
          "sha256: is no longer accepted (expected: a manager that accepts plain hashes)");
    }
    requireAllowed(newToken);
    requireNoPreviousHash(newToken, hash);
    return columns(newToken, expiry, now).hash(hash);
  }

  /**
   * Looks for the key before any rule is applied: a rule that has become stricter must not make an operation fail that is done.
   * And again after a refusal: if another node has done the operation meanwhile, its token may be the cause.
   */
  private <T> Optional<T> once(String key, Function<Insert, Optional<T>> operation) {
    if (store.isRecorded(key)) {
      return Optional.empty();
    }
    try {
      return operation.apply(row -> store.insertOnce(key, row));
    } catch (DuplicateTokenNameException
        | DuplicateTokenHashException
        | TokenLimitException refused) {
      if (store.isRecorded(key)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private OptionalLong insert(StoredToken row) {
    return OptionalLong.of(store.insert(row));
  }

  private Optional<Token> inserted(StoredToken row, Insert insert) {
    OptionalLong id = insert.run(row);
    return id.isPresent()
        ? Optional.of(settings.scopes().effective(row.withId(id.getAsLong()).token()))
        : Optional.empty();
  }

  /** The tokens are counted before the insert, so concurrent calls may exceed the limit: each by one token. */
  private void requireAllowed(NewToken newToken) {
    settings.scopes().require(newToken.scopes());
    OptionalInt limit = settings.maxTokensPerOwner();
    if (limit.isPresent()
        && store.count(TokenQuery.all().owner(newToken.owner())) >= limit.getAsInt()) {
      throw new TokenLimitException(limit.getAsInt());
    }
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

  /** Returns the columns of an enabled token that is created now, without its hash. */
  private StoredToken.Builder columns(NewToken newToken, Optional<Instant> expiry, Instant now) {
    StoredToken.Builder columns = StoredToken.builder()
        .owner(newToken.owner())
        .name(newToken.name())
        .description(newToken.description())
        .enabled(true)
        .scopes(newToken.scopes())
        .allowedAddresses(newToken.allowedAddresses())
        .createdAt(now)
        .renewedAt(now);
    expiry.ifPresent(columns::expiresAt);
    settings.useInterval().ifPresent(interval -> columns.trackedSince(now));
    return columns;
  }

  /**
   * Rotates a token. If another change than a rotation came first, this method tries again.
   *
   * @param judge called with the present row before each try. If it throws, nothing is changed
   * @return empty if the token was deleted meanwhile
   * @throws ConcurrentRotationException if another rotation came first
   */
  Optional<CreatedToken> rotate(StoredToken row, Duration overlap, Consumer<StoredToken> judge) {
    StoredToken known = row;
    for (int i = 0; i < RowEditor.TRIES; i++) {
      judge.accept(known);
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
    StoredToken rotated =
        row.withHashes(replacement, Optional.of(previous(row, now, overlap))).toBuilder()
            .renewedAt(now)
            .build();
    return store.update(rotated)
        ? Optional.of(
            new CreatedToken(settings.scopes().effective(row.updated(rotated).token()), plaintext))
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

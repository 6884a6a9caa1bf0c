package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link TokenStore}: all that is kept of a token.
 *
 * <p>Instants are cut to whole milliseconds, so that every store keeps the same; they lie in the years 0 to 9999. Owner and
 * name may hold any character, line breaks and blanks at an end too, but neither U+0000 nor an unpaired surrogate. A store
 * writes and reads rows as they are; it judges none of them. Immutable.
 *
 * @param token what may be shown of it, under the id that the store gave the row; {@link #UNSAVED} before {@link
 *     TokenStore#insert}
 * @param hash the hash of the plaintext; unique
 * @param previous after a rotation, the hash of the plaintext before it; unique
 */
public record StoredToken(Token token, TokenHash hash, Optional<Previous> previous) {

  /** The end of a previous hash that was ended by hand: however clocks differ, it is over. */
  static final Instant LONG_AGO = Instant.EPOCH;

  /** The id of a row that no store has numbered yet. */
  public static final long UNSAVED = 0;

  /**
   * The hash that a rotation replaced.
   *
   * @param hash the hash of the plaintext before the rotation
   * @param until from when on that plaintext is rejected
   */
  public record Previous(TokenHash hash, Instant until) {
    /** Makes the part of a row that outlives a rotation. */
    public Previous {
      until = until.truncatedTo(MILLIS);
    }
  }

  /**
   * Makes a row of its parts.
   *
   * @param id the number that the store gave the row; {@link #UNSAVED} before {@link TokenStore#insert}
   * @param owner whose token it is; at most 64 code points, may be empty
   * @param name 1 to 64 code points; with the owner, unique
   * @param hash the hash of the plaintext; unique
   * @param previous after a rotation, the hash of the plaintext before it; unique
   * @param enabled whether the token is switched on
   * @param scopes the rights that it carries; each without blanks and not empty, at most 1000 characters when joined by blanks;
   *     may be none
   * @param allowedAddresses the addresses from which it may be used; each without blanks and not empty, at most 1000 characters
   *     when joined by blanks; none if it may be used from anywhere
   * @param createdAt when it was created
   * @param expiresAt from when on it is rejected; empty if it does not expire
   * @param trackedSince since when its uses are recorded; empty if they were not when it was created, so that what was never
   *     used and what was never watched can be told apart. No method changes it
   * @param lastUsedAt when it was last accepted, as far as uses are recorded
   */
  public StoredToken(
      long id,
      String owner,
      String name,
      TokenHash hash,
      Optional<Previous> previous,
      boolean enabled,
      Set<String> scopes,
      Set<String> allowedAddresses,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> trackedSince,
      Optional<Instant> lastUsedAt) {
    this(
        new Token(
            id,
            owner,
            name,
            enabled,
            createdAt,
            expiresAt,
            scopes,
            allowedAddresses,
            trackedSince,
            lastUsedAt),
        hash,
        previous);
  }

  /** Returns the number that the store gave the row; {@link #UNSAVED} before that. */
  public long id() {
    return token.id();
  }

  /** Returns whose token it is. */
  public String owner() {
    return token.owner();
  }

  /** Returns the name. */
  public String name() {
    return token.name();
  }

  /** Says whether the token is switched on. */
  public boolean enabled() {
    return token.enabled();
  }

  /** Returns the rights that it carries. */
  public Set<String> scopes() {
    return token.scopes();
  }

  /** Returns the addresses from which it may be used. */
  public Set<String> allowedAddresses() {
    return token.allowedAddresses();
  }

  /** Returns when it was created. */
  public Instant createdAt() {
    return token.createdAt();
  }

  /** Returns from when on it is rejected. */
  public Optional<Instant> expiresAt() {
    return token.expiresAt();
  }

  /** Returns since when its uses are recorded. */
  public Optional<Instant> trackedSince() {
    return token.trackedSince();
  }

  /** Returns when it was last accepted, as far as uses are recorded. */
  public Optional<Instant> lastUsedAt() {
    return token.lastUsedAt();
  }

  /**
   * Returns this row as a text of printable ASCII, for stores that have no columns: later versions of the library read it too,
   * and what they add to a row they add to the text. There is a hash in it: keep it as you would keep the row.
   */
  public String text() {
    return RowText.of(this);
  }

  /**
   * Returns the row of a {@link #text}.
   *
   * @throws IllegalArgumentException if it is none; the message does not quote it
   */
  public static StoredToken ofText(String text) {
    return RowText.parsed(text);
  }

  /** Returns this row under that id. */
  public StoredToken withId(long newId) {
    return of(token.with(newId, token.enabled(), token.lastUsedAt()));
  }

  /** Returns this row switched on or off. */
  public StoredToken withEnabled(boolean on) {
    return of(token.with(token.id(), on, token.lastUsedAt()));
  }

  /** Returns this row with a use noted; the later time wins. */
  public StoredToken used(Instant at) {
    Instant later = lastUsedAt().filter(known -> known.isAfter(at)).orElse(at);
    return of(token.with(token.id(), token.enabled(), Optional.of(later)));
  }

  private StoredToken of(Token newToken) {
    return new StoredToken(newToken, hash, previous);
  }

  /** Returns this row with a new hash, its present one living on as the previous one until that instant. */
  public StoredToken rotated(TokenHash newHash, Instant previousUntil) {
    return new StoredToken(token, newHash, Optional.of(new Previous(hash, previousUntil)));
  }

  /** Returns this row with another hash of the same plaintext. */
  public StoredToken rehashed(TokenHash newHash) {
    return new StoredToken(token, newHash, previous);
  }

  /** Returns this row with an earlier end of its previous hash. */
  public StoredToken endingPrevious(Instant until) {
    return new StoredToken(token, hash, previous.map(old -> new Previous(old.hash(), until)));
  }

  /** Returns the one of these hashes whose plaintext opens this row, the present one or the previous one before its end, or null. */
  @Nullable
  TokenHash openedBy(List<TokenHash> candidates, Moment moment) {
    for (TokenHash candidate : candidates) {
      if (hash.equals(candidate) || isLivingPrevious(candidate, moment)) {
        return candidate;
      }
    }
    return null;
  }

  private boolean isLivingPrevious(TokenHash candidate, Moment moment) {
    return previous.isPresent()
        && previous.get().hash().equals(candidate)
        && !moment.reaches(previous.get().until());
  }

  /** Returns the hash of the plaintext before the last rotation, if that plaintext still counts. */
  Optional<TokenHash> livingPrevious(Moment moment) {
    return previous.map(Previous::hash).filter(old -> isLivingPrevious(old, moment));
  }

  /** Says whether these are hashes of a plaintext that opens this row, or did before the last rotation. */
  boolean knows(List<TokenHash> candidates) {
    return candidates.contains(hash)
        || previous.map(Previous::hash).filter(candidates::contains).isPresent();
  }

  boolean isExpired(Moment moment) {
    return token.expiresAt().isPresent() && moment.reaches(token.expiresAt().get());
  }
}

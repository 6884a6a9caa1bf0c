package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a {@link TokenStore}: everything that is stored about a token.
 *
 * <p>Instants are in the years 0 to 9999. They are truncated to whole milliseconds, so that every store keeps the same value.
 * Owner and name may contain any character except U+0000 and unpaired surrogates. For example, they may contain line breaks, or
 * spaces at either end. A store writes and reads rows as they are and does not validate them. Immutable.
 *
 * @param token the part that may be shown. Its id is the one that the store gave the row, or {@link #UNSAVED} before {@link
 *     TokenStore#insert}
 * @param hash the hash of the plaintext; unique
 * @param previous after a rotation, the hash of the plaintext before it; unique
 */
public record StoredToken(Token token, TokenHash hash, Optional<Previous> previous) {

  /** The end of an overlap that is over at once, even if the clocks of nodes differ. */
  static final Instant LONG_AGO = Instant.EPOCH;

  /** The id of a row that has not been inserted yet. */
  public static final long UNSAVED = 0;

  /**
   * The hash that a rotation replaced.
   *
   * @param hash the hash of the plaintext before the rotation
   * @param until the end of the overlap. From that instant on, the plaintext is rejected
   */
  public record Previous(TokenHash hash, Instant until) {
    /** Creates a previous hash. */
    public Previous {
      until = until.truncatedTo(MILLIS);
    }
  }

  /**
   * Creates a row from its columns.
   *
   * @param id the id that the store gave the row; {@link #UNSAVED} before {@link TokenStore#insert}
   * @param owner the owner, at most 64 code points; may be empty
   * @param name the name, 1 to 64 code points; unique for the owner
   * @param hash the hash of the plaintext; unique
   * @param previous after a rotation, the hash of the plaintext before it; unique
   * @param enabled whether the token is enabled
   * @param scopes the scopes; may be empty. Each scope is not empty and contains no spaces. Joined by spaces, they have at most
   *     1000 characters
   * @param allowedAddresses the ranges from which the token may be used; empty if it may be used from anywhere. Each range is not
   *     empty and contains no spaces. Joined by spaces, they have at most 1000 characters
   * @param createdAt when the token was created
   * @param expiresAt when the token expires; empty if it does not
   * @param trackedSince the time from which uses are recorded; empty if uses were not recorded when the token was created. It
   *     distinguishes a token that was never used from a token whose uses were never recorded. No method changes it
   * @param lastUsedAt when the token was last accepted, if uses are recorded
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

  /** Returns the id that the store gave the row; {@link #UNSAVED} before that. */
  public long id() {
    return token.id();
  }

  /** Returns the owner. */
  public String owner() {
    return token.owner();
  }

  /** Returns the name. */
  public String name() {
    return token.name();
  }

  /** Returns whether the token is enabled. */
  public boolean enabled() {
    return token.enabled();
  }

  /** Returns the scopes. */
  public Set<String> scopes() {
    return token.scopes();
  }

  /** Returns the ranges from which the token may be used. */
  public Set<String> allowedAddresses() {
    return token.allowedAddresses();
  }

  /** Returns when the token was created. */
  public Instant createdAt() {
    return token.createdAt();
  }

  /** Returns when the token expires. */
  public Optional<Instant> expiresAt() {
    return token.expiresAt();
  }

  /** Returns the time from which uses are recorded. */
  public Optional<Instant> trackedSince() {
    return token.trackedSince();
  }

  /** Returns when the token was last accepted, if uses are recorded. */
  public Optional<Instant> lastUsedAt() {
    return token.lastUsedAt();
  }

  /**
   * Returns this row as printable ASCII, for stores without columns. Later versions of the library can read this text. If they
   * add columns, their text contains these, too. The text contains a hash: protect it as you would protect the row.
   */
  public String text() {
    return StoredTokenCodec.encode(this);
  }

  /**
   * Returns the row that a {@link #text} represents.
   *
   * @throws IllegalArgumentException if the text is not such a row; the message does not quote it
   */
  public static StoredToken ofText(String text) {
    return StoredTokenCodec.decode(text);
  }

  /** Returns this row with that id. */
  public StoredToken withId(long newId) {
    return withToken(token.with(newId, token.enabled(), token.lastUsedAt()));
  }

  /** Returns this row enabled or disabled. */
  public StoredToken withEnabled(boolean newEnabled) {
    return withToken(token.with(token.id(), newEnabled, token.lastUsedAt()));
  }

  /** Returns this row with a use recorded. Of two times of use, the later one is kept. */
  public StoredToken used(Instant at) {
    Instant later = lastUsedAt().filter(known -> known.isAfter(at)).orElse(at);
    return withToken(token.with(token.id(), token.enabled(), Optional.of(later)));
  }

  private StoredToken withToken(Token newToken) {
    return new StoredToken(newToken, hash, previous);
  }

  /** Returns this row with a new hash. The present hash becomes the previous hash, and its overlap ends at that instant. */
  public StoredToken rotated(TokenHash newHash, Instant previousUntil) {
    return new StoredToken(token, newHash, Optional.of(new Previous(hash, previousUntil)));
  }

  /** Returns this row with another hash of the same plaintext. */
  public StoredToken rehashed(TokenHash newHash) {
    return new StoredToken(token, newHash, previous);
  }

  /** Returns this row with another end of the overlap. */
  public StoredToken endingPrevious(Instant until) {
    return new StoredToken(token, hash, previous.map(old -> new Previous(old.hash(), until)));
  }

  /** Returns the candidate that authenticates this row now: the present hash, or during the overlap the previous hash. */
  Optional<TokenHash> matching(List<TokenHash> candidates, Instant now) {
    if (candidates.contains(hash)) {
      return Optional.of(hash);
    }
    return activePrevious(now).filter(candidates::contains);
  }

  /** Returns the previous hash, if the overlap is not over. */
  Optional<TokenHash> activePrevious(Instant now) {
    return previous.filter(old -> now.isBefore(old.until())).map(Previous::hash);
  }

  /** Returns whether the present or the previous hash is one of the candidates, even if the overlap is over. */
  boolean matchesAny(List<TokenHash> candidates) {
    return candidates.contains(hash)
        || previous.map(Previous::hash).filter(candidates::contains).isPresent();
  }

  boolean isExpired(Instant now) {
    return token.expiresAt().isPresent() && !now.isBefore(token.expiresAt().get());
  }
}

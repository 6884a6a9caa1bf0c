package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link TokenStore}: everything that is stored about a token.
 *
 * <p>Instants are in the years 0 to 9999. They are truncated to whole milliseconds, so that every store keeps the same value.
 * Owner and name may contain any character except U+0000 and unpaired surrogates. For example, they may contain line breaks, or
 * spaces at either end. A store writes and reads rows as they are and does not validate them. Two rows are equal if all their
 * columns are. {@code toString} shows no hash. Immutable.
 */
public final class StoredToken {

  /** The id of a row that has not been inserted yet. */
  public static final long UNSAVED = 0;

  private final Token token;
  private final TokenHash hash;
  private final Optional<Previous> previous;

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

  private StoredToken(Token token, TokenHash hash, Optional<Previous> previous) {
    this.token = token;
    this.hash = hash;
    this.previous = previous;
  }

  /** Returns a builder for a row. Name, hash and time of creation are required; every other column has a default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with the columns of this row. */
  public Builder toBuilder() {
    Builder builder = builder();
    builder.id = token.id();
    builder.owner = token.owner();
    builder.name = token.name();
    builder.hash = hash;
    builder.previous = previous;
    builder.enabled = token.enabled();
    builder.scopes = token.scopes();
    builder.allowedAddresses = token.allowedAddresses();
    builder.createdAt = token.createdAt();
    builder.expiresAt = token.expiresAt();
    builder.trackedSince = token.trackedSince();
    builder.lastUsedAt = token.lastUsedAt();
    return builder;
  }

  /**
   * Returns the part of this row that may be shown. Its id is the one that the store gave the row, or {@link #UNSAVED} before
   * {@link TokenStore#insert}.
   */
  public Token token() {
    return token;
  }

  /** Returns the hash of the plaintext; unique. */
  public TokenHash hash() {
    return hash;
  }

  /** Returns, after a rotation, the hash of the plaintext before it. */
  public Optional<Previous> previous() {
    return previous;
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
  public StoredToken withId(long id) {
    return toBuilder().id(id).build();
  }

  /** Returns this row enabled or disabled. */
  public StoredToken withEnabled(boolean enabled) {
    return toBuilder().enabled(enabled).build();
  }

  /** Returns this row with that hash and that previous hash. */
  public StoredToken withHashes(TokenHash newHash, Optional<Previous> newPrevious) {
    Builder builder = toBuilder().hash(newHash);
    builder.previous = newPrevious;
    return builder.build();
  }

  /**
   * Returns this row with a use recorded. Of two times of use, the later one is kept. A known time after the latest plausible one
   * is replaced: see {@link TokenStore#recordUses}.
   */
  public StoredToken used(Instant at, Instant latestPlausible) {
    Instant kept = lastUsedAt()
        .filter(known -> known.isAfter(at) && !known.isAfter(latestPlausible))
        .orElse(at);
    return toBuilder().lastUsedAt(kept).build();
  }

  /**
   * Returns whether another row has the same hash and previous hash, each with the same tag, and the same end of the overlap. A
   * store compares rows in this way in {@link TokenStore#replaceHashes}.
   */
  public boolean hasSameHashes(StoredToken other) {
    return hash.equals(other.hash) && previous.equals(other.previous);
  }

  boolean isExpired(Instant now) {
    return token.expiresAt().isPresent() && !now.isBefore(token.expiresAt().get());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredToken that && token.equals(that.token) && hasSameHashes(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(token, hash, previous);
  }

  @Override
  public String toString() {
    return "StoredToken[token=" + token + ", hash=" + hash + ", previous=" + previous + ']';
  }

  /** Builds a row, column by column. A store calls it for each row that it reads. */
  public static final class Builder {
    long id = UNSAVED;
    String owner = "";

    @Nullable
    String name;

    @Nullable
    TokenHash hash;

    Optional<Previous> previous = Optional.empty();
    boolean enabled;
    Collection<String> scopes = Set.of();
    Collection<String> allowedAddresses = Set.of();

    @Nullable
    Instant createdAt;

    Optional<Instant> expiresAt = Optional.empty();
    Optional<Instant> trackedSince = Optional.empty();
    Optional<Instant> lastUsedAt = Optional.empty();

    private Builder() {}

    /** Sets the id that the store gave the row. The default is {@link #UNSAVED}. */
    public Builder id(long newId) {
      id = newId;
      return this;
    }

    /** Sets the owner, at most 255 code points. The default is the empty owner. */
    public Builder owner(String newOwner) {
      owner = newOwner;
      return this;
    }

    /** Sets the name, 1 to 64 code points. It is unique for the owner. Required. */
    public Builder name(String newName) {
      name = newName;
      return this;
    }

    /** Sets the hash of the plaintext. It is unique. Required. */
    public Builder hash(TokenHash newHash) {
      hash = newHash;
      return this;
    }

    /** Sets the hash of the plaintext before the last rotation. The default is none. */
    public Builder previous(Previous newPrevious) {
      previous = Optional.of(newPrevious);
      return this;
    }

    /** Sets whether the token is enabled. The default is false, so that a store that forgets it accepts no token. */
    public Builder enabled(boolean newEnabled) {
      enabled = newEnabled;
      return this;
    }

    /**
     * Sets the scopes. The default is none. Each scope is not empty and contains no spaces. Joined by spaces, they have at most
     * 1000 characters.
     */
    public Builder scopes(Collection<String> newScopes) {
      scopes = newScopes;
      return this;
    }

    /**
     * Sets the ranges from which the token may be used. The default is none: it may be used from anywhere. Each range is not
     * empty and contains no spaces. Joined by spaces, they have at most 1000 characters.
     */
    public Builder allowedAddresses(Collection<String> ranges) {
      allowedAddresses = ranges;
      return this;
    }

    /** Sets when the token was created. Required. */
    public Builder createdAt(Instant instant) {
      createdAt = instant;
      return this;
    }

    /** Sets when the token expires. By default, it does not. */
    public Builder expiresAt(Instant instant) {
      expiresAt = Optional.of(instant);
      return this;
    }

    /**
     * Sets the time from which uses are recorded. By default, uses were not recorded when the token was created. It distinguishes
     * a token that was never used from a token whose uses were never recorded. No method of a store changes it.
     */
    public Builder trackedSince(Instant instant) {
      trackedSince = Optional.of(instant);
      return this;
    }

    /** Sets when the token was last accepted. By default, no use is known. */
    public Builder lastUsedAt(Instant instant) {
      lastUsedAt = Optional.of(instant);
      return this;
    }

    /**
     * Returns the row.
     *
     * @throws IllegalStateException if the name, the hash or the time of creation is missing
     */
    public StoredToken build() {
      return new StoredToken(new Token(this), required("hash", hash), previous);
    }

    static <T> T required(String column, @Nullable T value) {
      if (value == null) {
        throw new IllegalStateException(column + ": missing (expected: each row has one)");
      }
      return value;
    }
  }
}

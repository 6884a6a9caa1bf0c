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
 * Owner, name and description may contain any character except U+0000 and unpaired surrogates. For example, they may contain
 * line breaks, or spaces at either end. A store writes and reads rows as they are and does not validate them. Two rows are
 * equal if all their columns are. {@code toString} shows no hash. Immutable.
 */
public final class StoredToken {

  /** The id of a row that has not been inserted yet. */
  public static final long UNSAVED = 0;

  private final Token token;
  private final TokenHash hash;
  private final Optional<Previous> previous;
  private final Optional<Instant> noticeAfter;

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
   * A use of a token.
   *
   * @param at when the token was accepted
   * @param from the address of the caller, at most 45 characters; empty if it is not to be recorded
   */
  public record Use(Instant at, Optional<String> from) {
    /** Creates a use. */
    public Use {
      at = at.truncatedTo(MILLIS);
    }
  }

  private StoredToken(Builder row) {
    this.hash = Builder.required("hash", row.hash);
    this.token = new Token(row, hash.isLeaked());
    this.previous = row.previous;
    this.noticeAfter = row.noticeAfter.map(at -> at.truncatedTo(MILLIS));
  }

  /** Returns a builder for a row. Name, hash and time of creation are required; every other column has a default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with the columns of this row. */
  public Builder toBuilder() {
    Builder builder = columnsOf(token);
    builder.hash = hash;
    builder.previous = previous;
    builder.noticeAfter = noticeAfter;
    return builder;
  }

  /** Returns a builder with the columns of a row that may be shown. */
  static Builder columnsOf(Token token) {
    Builder builder = builder();
    builder.id = token.id();
    builder.owner = token.owner();
    builder.name = token.name();
    builder.description = token.description();
    builder.enabled = token.enabled();
    builder.scopes = token.scopes();
    builder.allowedAddresses = token.allowedAddresses();
    builder.createdAt = token.createdAt();
    builder.expiresAt = token.expiresAt();
    builder.trackedSince = token.trackedSince();
    builder.lastUsedAt = token.lastUsedAt();
    builder.lastUsedFrom = token.lastUsedFrom();
    builder.revision = token.revision();
    builder.renewedAt = Optional.of(token.renewedAt());
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

  /**
   * Returns the name in the form in which a list is searched for it: each code point is converted to upper case and then to lower
   * case, as {@link String#equalsIgnoreCase} does. It has as many code points as the name.
   */
  public String foldedName() {
    return NameRules.folded(token.name());
  }

  /** Returns the description; may be empty. */
  public String description() {
    return token.description();
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

  /** Returns the address from which the token was last accepted, if addresses are recorded. */
  public Optional<String> lastUsedFrom() {
    return token.lastUsedFrom();
  }

  /** Returns the number of changes of the row: 0 for a new row, and one more after each change except a recorded use. */
  public long revision() {
    return token.revision();
  }

  /** Returns when the token was last created, imported, updated, rotated or enabled. Idle time is counted from it. */
  public Instant renewedAt() {
    return token.renewedAt();
  }

  /** Returns the time before which no notice about the expiry of the token is due; empty if one may be due now. */
  public Optional<Instant> noticeAfter() {
    return noticeAfter;
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

  /**
   * Returns this row as {@link TokenStore#update} leaves it: with the columns of the changed row, except that the id, the owner,
   * the time of creation and the columns of uses are those of this row, and that the revision is one higher.
   */
  public StoredToken updated(StoredToken changed) {
    Builder row = changed.toBuilder().id(id()).owner(owner()).createdAt(createdAt());
    row.trackedSince = trackedSince();
    row.lastUsedAt = lastUsedAt();
    row.lastUsedFrom = lastUsedFrom();
    return row.revision(revision() + 1).build();
  }

  /** Returns this row as {@link TokenStore#disable} leaves it: disabled, and with a revision that is one higher. */
  public StoredToken disabled() {
    return toBuilder().enabled(false).revision(revision() + 1).build();
  }

  /**
   * Returns this row as {@link TokenStore#recordUses} leaves it. Of two uses, the later one is kept. A known use after the latest
   * plausible time is replaced.
   */
  public StoredToken used(Use use, Instant latestPlausible) {
    if (lastUsedAt()
        .filter(known -> !known.isBefore(use.at()) && !known.isAfter(latestPlausible))
        .isPresent()) {
      return this;
    }
    Builder row = toBuilder().lastUsedAt(use.at());
    row.lastUsedFrom = use.from();
    return row.build();
  }

  /** Returns this row with that hash and that previous hash. */
  public StoredToken withHashes(TokenHash newHash, Optional<Previous> newPrevious) {
    Builder builder = toBuilder().hash(newHash);
    builder.previous = newPrevious;
    return builder.build();
  }

  StoredToken withNoticeAfter(Optional<Instant> instant) {
    Builder builder = toBuilder();
    builder.noticeAfter = instant;
    return builder.build();
  }

  boolean isExpired(Instant now) {
    return token.expiresAt().isPresent() && !now.isBefore(token.expiresAt().get());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredToken that
        && token.equals(that.token)
        && hash.equals(that.hash)
        && previous.equals(that.previous)
        && noticeAfter.equals(that.noticeAfter)
        && revision() == that.revision()
        && renewedAt().equals(that.renewedAt());
  }

  @Override
  public int hashCode() {
    return Objects.hash(token, hash, previous);
  }

  @Override
  public String toString() {
    return "StoredToken[token=" + token + ", hash=" + hash + ", previous=" + previous
        + ", revision=" + revision() + ", renewedAt=" + renewedAt() + ", noticeAfter="
        + noticeAfter + ']';
  }

  /** Builds a row, column by column. A store calls it for each row that it reads. */
  public static final class Builder {
    long id = UNSAVED;
    String owner = "";

    @Nullable
    String name;

    @Nullable
    TokenHash hash;

    String description = "";
    Optional<Previous> previous = Optional.empty();
    boolean enabled;
    Collection<String> scopes = Set.of();
    Collection<String> allowedAddresses = Set.of();

    @Nullable
    Instant createdAt;

    Optional<Instant> expiresAt = Optional.empty();
    Optional<Instant> trackedSince = Optional.empty();
    Optional<Instant> lastUsedAt = Optional.empty();
    Optional<String> lastUsedFrom = Optional.empty();
    long revision;
    Optional<Instant> renewedAt = Optional.empty();
    Optional<Instant> noticeAfter = Optional.empty();

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

    /** Sets the description, at most 200 code points. The default is the empty text. */
    public Builder description(String newDescription) {
      description = newDescription;
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

    /** Sets the address from which the token was last accepted, at most 45 characters of ASCII. By default, it is not known. */
    public Builder lastUsedFrom(String address) {
      lastUsedFrom = Optional.of(address);
      return this;
    }

    /** Sets the number of changes of the row. The default is 0. */
    public Builder revision(long newRevision) {
      revision = newRevision;
      return this;
    }

    /** Sets when the token was last created, imported, updated, rotated or enabled. The default is the time of creation. */
    public Builder renewedAt(Instant instant) {
      renewedAt = Optional.of(instant);
      return this;
    }

    /** Sets the time before which no notice about the expiry is due. By default, one may be due. */
    public Builder noticeAfter(Instant instant) {
      noticeAfter = Optional.of(instant);
      return this;
    }

    /**
     * Returns the row.
     *
     * @throws IllegalStateException if the name, the hash or the time of creation is missing
     */
    public StoredToken build() {
      return new StoredToken(this);
    }

    static <T> T required(String column, @Nullable T value) {
      if (value == null) {
        throw new IllegalStateException(column + ": missing (expected: each row has one)");
      }
      return value;
    }
  }
}

package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about a token except its plaintext. Safe to log and to list.
 *
 * <p>Immutable: a snapshot from the time when the store was queried. Two tokens are equal if all their properties are. A test
 * that needs a token creates a {@link StoredToken#builder row} for it.
 */
public final class Token {
  /** The scope of tokens that have every right. It is written {@code *}. */
  public static final String UNRESTRICTED = "*";

  private final long id;
  private final String owner;
  private final String name;
  private final String description;
  private final boolean enabled;
  private final boolean leaked;
  private final Instant createdAt;
  private final Optional<Instant> expiresAt;
  private final Set<String> scopes;
  private final Set<String> effectiveScopes;
  private final Set<String> allowedAddresses;
  private final Optional<Instant> trackedSince;
  private final Optional<Instant> lastUsedAt;
  private final Optional<String> lastUsedFrom;
  private final long revision;
  private final Instant renewedAt;
  private final int rotation;

  Token(StoredToken.Builder row, boolean leaked) {
    this(row, leaked, row.scopes, rotation(row));
  }

  private Token(
      StoredToken.Builder row, boolean leaked, Collection<String> effective, int rotation) {
    id = row.id;
    owner = row.owner;
    name = StoredToken.Builder.required("name", row.name);
    description = row.description;
    enabled = row.enabled;
    this.leaked = leaked;
    createdAt = StoredToken.Builder.required("createdAt", row.createdAt).truncatedTo(MILLIS);
    expiresAt = row.expiresAt.map(at -> at.truncatedTo(MILLIS));
    scopes = sorted(row.scopes);
    effectiveScopes = sorted(effective);
    allowedAddresses = sorted(row.allowedAddresses);
    trackedSince = row.trackedSince.map(at -> at.truncatedTo(MILLIS));
    lastUsedAt = row.lastUsedAt.map(at -> at.truncatedTo(MILLIS));
    lastUsedFrom = row.lastUsedFrom;
    revision = row.revision;
    renewedAt = row.renewedAt.map(at -> at.truncatedTo(MILLIS)).orElse(createdAt);
    this.rotation = rotation;
  }

  private static int rotation(StoredToken.Builder row) {
    return row.previous.map(old -> old.hash().hashCode()).orElse(0);
  }

  /** Returns this token with the columns of a builder. */
  Token with(StoredToken.Builder columns) {
    return new Token(columns, leaked, columns.scopes, rotation);
  }

  /** Returns this token with its scopes and those that they imply. */
  Token withEffectiveScopes(Set<String> effective) {
    return effective.equals(effectiveScopes)
        ? this
        : new Token(StoredToken.columnsOf(this), leaked, effective, rotation);
  }

  private static Set<String> sorted(Collection<String> texts) {
    return texts.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(texts));
  }

  /** Returns the id that the store gave the token; positive and never reused. */
  public long id() {
    return id;
  }

  /** Returns the owner, at most 255 code points; empty in a host without users. */
  public String owner() {
    return owner;
  }

  /** Returns the name, unique among the tokens of the owner and compared code point by code point. */
  public String name() {
    return name;
  }

  /**
   * Returns the description: plain text for people, at most 200 code points; empty if there is none. It is shown in lists, and
   * {@code toString} contains it, so it must not contain a secret.
   */
  public String description() {
    return description;
  }

  /** Returns whether the token is enabled. */
  public boolean enabled() {
    return enabled;
  }

  /**
   * Returns whether the present plaintext has {@linkplain TokenManager#reportLeak leaked}. It is never accepted again, even if
   * the token is enabled: the token needs a {@linkplain TokenManager#rotate(long, java.time.Duration) rotation}.
   */
  public boolean leaked() {
    return leaked;
  }

  /** Returns when the token was created, in whole milliseconds. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Returns when the token expires; empty if it does not expire. From that instant on, the token is rejected. */
  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  /** Returns the scopes in alphabetical order; empty if the token has no right that needs a scope. */
  public Set<String> scopes() {
    return scopes;
  }

  /**
   * Returns the scopes and those that they imply, in alphabetical order. It differs from {@link #scopes} only if the manager that
   * returned this token knows scopes that {@linkplain KnownScopes imply} others. The scope {@link #UNRESTRICTED} implies none.
   */
  public Set<String> effectiveScopes() {
    return effectiveScopes;
  }

  /** Returns the ranges from which the token may be used; empty if it may be used from anywhere. */
  public Set<String> allowedAddresses() {
    return allowedAddresses;
  }

  /**
   * Returns the time from which uses of the token are recorded; empty if uses were not recorded when it was created. If only
   * {@link #lastUsedAt} is empty, the token was never used. If both are empty, it is not known whether the token was used.
   */
  public Optional<Instant> trackedSince() {
    return trackedSince;
  }

  /**
   * Returns when the token was last accepted, to about a second. It may be late by the interval at which uses are recorded; empty
   * if no use is known.
   */
  public Optional<Instant> lastUsedAt() {
    return lastUsedAt;
  }

  /**
   * Returns the address from which the token was used at {@link #lastUsedAt}, such as {@code 192.0.2.1} or {@code 2001:db8::1};
   * empty if it is not known, or if the manager does not {@linkplain TokenManager.Builder#recordAddresses record addresses}.
   */
  public Optional<String> lastUsedFrom() {
    return lastUsedFrom;
  }

  /** Returns the number of changes of the token, except recorded uses. */
  long revision() {
    return revision;
  }

  /** Returns whether another state of the token has the same previous plaintext, so that no rotation came between them. */
  boolean hasSameRotation(Token other) {
    return rotation == other.rotation;
  }

  /** Returns when the token was last created, imported, updated, rotated or enabled. */
  Instant renewedAt() {
    return renewedAt;
  }

  /**
   * Returns the user name of a request with this token: the owner, or {@code token:} and the id if the token has no owner. It is
   * never the name of the token, because every owner may choose names freely, including the name of another user.
   */
  public String userName() {
    return owner.isEmpty() ? "token:" + id : owner;
  }

  /** Returns whether the token has that scope, a scope that implies it, or the scope {@link #UNRESTRICTED}. */
  public boolean permits(String scope) {
    return effectiveScopes.contains(scope) || scopes.contains(UNRESTRICTED);
  }

  /** Returns whether the token is known to be unused since that instant. Returns false for newer and untracked tokens. */
  boolean isUnusedSince(Instant since) {
    return lastUsedAt.or(() -> trackedSince).filter(at -> at.isBefore(since)).isPresent();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Token that
        && id == that.id
        && enabled == that.enabled
        && leaked == that.leaked
        && owner.equals(that.owner)
        && name.equals(that.name)
        && description.equals(that.description)
        && createdAt.equals(that.createdAt)
        && expiresAt.equals(that.expiresAt)
        && scopes.equals(that.scopes)
        && effectiveScopes.equals(that.effectiveScopes)
        && allowedAddresses.equals(that.allowedAddresses)
        && trackedSince.equals(that.trackedSince)
        && lastUsedAt.equals(that.lastUsedAt)
        && lastUsedFrom.equals(that.lastUsedFrom);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, owner, name);
  }

  @Override
  public String toString() {
    return "Token[id=" + id + ", owner=" + owner + ", name=" + name + ", description="
        + description + ", enabled=" + enabled
        + ", leaked=" + leaked + ", createdAt=" + createdAt + ", expiresAt=" + expiresAt
        + ", scopes=" + scopes + ", allowedAddresses=" + allowedAddresses + ", trackedSince="
        + trackedSince + ", lastUsedAt=" + lastUsedAt + ", lastUsedFrom=" + lastUsedFrom + ']';
  }
}

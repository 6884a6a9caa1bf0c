package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything known about a token except its plaintext. Safe to log and to list.
 *
 * <p>Immutable: a snapshot from the time when the store was queried.
 *
 * @param id the id that the store gave the token; positive and never reused
 * @param owner the owner; empty in a host without users
 * @param name the name, unique among the tokens of the owner and compared code point by code point
 * @param enabled whether the token is enabled
 * @param createdAt when the token was created, in whole milliseconds
 * @param expiresAt when the token expires; empty if it does not expire. From that instant on, the token is rejected
 * @param scopes the scopes in alphabetical order; empty if the token has no right that needs a scope
 * @param allowedAddresses the ranges from which the token may be used; empty if it may be used from anywhere
 * @param trackedSince the time from which uses of the token are recorded; empty if uses were not recorded when it was created. If
 *     only {@code lastUsedAt} is empty, the token was never used. If both are empty, it is not known whether the token was used
 * @param lastUsedAt when the token was last accepted, to about a second. It may be late by the interval at which uses are
 *     recorded; empty if no use is known
 */
public record Token(
    long id,
    String owner,
    String name,
    boolean enabled,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Set<String> scopes,
    Set<String> allowedAddresses,
    Optional<Instant> trackedSince,
    Optional<Instant> lastUsedAt) {

  /** The scope of tokens that have every right. It is written {@code *}. */
  public static final String UNRESTRICTED = "*";

  /** Creates a token. Called by the library; a host does not need to call it. */
  public Token {
    scopes = sorted(scopes);
    allowedAddresses = sorted(allowedAddresses);
    createdAt = createdAt.truncatedTo(MILLIS);
    expiresAt = expiresAt.map(at -> at.truncatedTo(MILLIS));
    trackedSince = trackedSince.map(at -> at.truncatedTo(MILLIS));
    lastUsedAt = lastUsedAt.map(at -> at.truncatedTo(MILLIS));
  }

  private static Set<String> sorted(Set<String> texts) {
    return texts.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(texts));
  }

  /**
   * Returns the user name of a request with this token: the owner, or {@code token:} and the id if the token has no owner. It is
   * never the name of the token, because every owner may choose names freely, including the name of another user.
   */
  public String userName() {
    return owner.isEmpty() ? "token:" + id : owner;
  }

  /** Returns whether the token has that scope or the scope {@link #UNRESTRICTED}. */
  public boolean permits(String scope) {
    return scopes.contains(scope) || scopes.contains(UNRESTRICTED);
  }

  /** Returns a copy with new values for all properties that can change. */
  Token with(long newId, boolean newEnabled, Optional<Instant> newLastUsedAt) {
    return new Token(
        newId,
        owner,
        name,
        newEnabled,
        createdAt,
        expiresAt,
        scopes,
        allowedAddresses,
        trackedSince,
        newLastUsedAt);
  }

  /** Returns whether the token is known to be unused since that instant. Returns false for newer and untracked tokens. */
  boolean isUnusedSince(Instant since) {
    return lastUsedAt.or(() -> trackedSince).filter(at -> at.isBefore(since)).isPresent();
  }
}

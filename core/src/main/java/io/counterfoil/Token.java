package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a token, except its plaintext: safe to log and to list.
 *
 * <p>Immutable; a snapshot of the moment at which the store was asked.
 *
 * @param id the number that the store gave the token; positive, never used twice
 * @param owner whose token it is; empty where the host has no users
 * @param name unique among the tokens of the owner, compared code point for code point
 * @param enabled whether the token is switched on
 * @param createdAt when it was created, in whole milliseconds
 * @param expiresAt from when on it is rejected; empty if it does not expire. {@code Optional} here, although a record makes
 *     it a parameter too: a token is read by many and made by the manager alone
 * @param scopes the rights that it carries, in alphabetical order; empty if it is unrestricted
 * @param allowedAddresses the addresses from which it may be used, as ranges; empty if from anywhere
 * @param trackedSince since when its uses are recorded; empty if they were not when it was created. With {@code lastUsedAt}
 *     empty too, nobody knows whether it was ever used; without, it never was
 * @param lastUsedAt when it was last accepted, to about a second, late by the interval in which uses are recorded; empty
 *     if no use is known
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

  /** Makes a token; a host has no need to. */
  public Token {
    scopes = Texts.of(scopes);
    allowedAddresses = Texts.of(allowedAddresses);
    createdAt = createdAt.truncatedTo(MILLIS);
    expiresAt = toMillis(expiresAt);
    trackedSince = toMillis(trackedSince);
    lastUsedAt = toMillis(lastUsedAt);
  }

  private static Optional<Instant> toMillis(Optional<Instant> time) {
    return time.isPresent() ? Optional.of(time.get().truncatedTo(MILLIS)) : time;
  }

  /** Says whether the token may do what this scope names: it has that scope, or is unrestricted because it has none. */
  public boolean permits(String scope) {
    return scopes.isEmpty() || scopes.contains(scope);
  }

  /** What can change of a token at all. */
  Token with(long newId, boolean on, Optional<Instant> newLastUsedAt) {
    return new Token(
        newId,
        owner,
        name,
        on,
        createdAt,
        expiresAt,
        scopes,
        allowedAddresses,
        trackedSince,
        newLastUsedAt);
  }

  /** Says whether it is known that the token was not used since then: younger ones, and ones never tracked, are not. */
  boolean isUnusedSince(Instant since) {
    return lastUsedAt.or(() -> trackedSince).filter(at -> at.isBefore(since)).isPresent();
  }
}

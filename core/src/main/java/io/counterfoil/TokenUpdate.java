package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes to be made to a token: of its name, description, scopes, allowed addresses and expiry. A property that is not set keeps
 * its value.
 *
 * <p>Immutable: each method returns a new object. A value that no store could keep is rejected with an {@link
 * IllegalArgumentException}. Its message says what was expected.
 */
@CheckReturnValue
public final class TokenUpdate {
  private static final TokenUpdate NOTHING = new TokenUpdate(
      Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final Optional<String> name;
  private final Optional<String> description;
  private final Optional<Set<String>> scopes;
  private final Optional<Set<String>> allowedAddresses;
  private final Optional<RequestedExpiry> expiry;

  private TokenUpdate(
      Optional<String> name,
      Optional<String> description,
      Optional<Set<String>> scopes,
      Optional<Set<String>> allowedAddresses,
      Optional<RequestedExpiry> expiry) {
    this.name = name;
    this.description = description;
    this.scopes = scopes;
    this.allowedAddresses = allowedAddresses;
    this.expiry = expiry;
  }

  /** Returns an update that changes nothing yet. */
  public static TokenUpdate of() {
    return NOTHING;
  }

  /**
   * Changes the name.
   *
   * @throws IllegalArgumentException under the same conditions as {@link NewToken#named}
   */
  public TokenUpdate name(String newName) {
    Optional<String> checked = Optional.of(NameRules.checkedName(newName));
    return new TokenUpdate(checked, description, scopes, allowedAddresses, expiry);
  }

  /**
   * Changes the description. The empty text removes it.
   *
   * @throws IllegalArgumentException under the same conditions as {@link NewToken#description}
   */
  public TokenUpdate description(String text) {
    Optional<String> checked = Optional.of(NameRules.checkedDescription(text));
    return new TokenUpdate(name, checked, scopes, allowedAddresses, expiry);
  }

  /** Replaces the scopes like {@link #scopes(Collection)}. */
  public TokenUpdate scopes(String... newScopes) {
    return scopes(List.of(newScopes));
  }

  /**
   * Replaces the scopes.
   *
   * @throws IllegalArgumentException under the same conditions as {@link NewToken#scopes(Collection)}. To remove all scopes, call
   *     {@link #noScopes}
   */
  public TokenUpdate scopes(Collection<String> newScopes) {
    return withScopes(TokenProperties.checkedScopes(newScopes));
  }

  /** Makes the token unrestricted: its only scope will be {@link Token#UNRESTRICTED}. */
  public TokenUpdate unrestricted() {
    return scopes(Token.UNRESTRICTED);
  }

  /** Removes all scopes: the token will have no right that needs a scope. */
  public TokenUpdate noScopes() {
    return withScopes(Set.of());
  }

  private TokenUpdate withScopes(Set<String> newScopes) {
    return new TokenUpdate(name, description, Optional.of(newScopes), allowedAddresses, expiry);
  }

  /** Replaces the addresses from which the token may be used, like {@link #allowedAddresses(Collection)}. */
  public TokenUpdate allowedAddresses(String... ranges) {
    return allowedAddresses(List.of(ranges));
  }

  /**
   * Replaces the addresses from which the token may be used.
   *
   * @throws IllegalArgumentException under the same conditions as {@link NewToken#allowedAddresses(Collection)}. To allow every
   *     address, call {@link #everyAddress}
   */
  public TokenUpdate allowedAddresses(Collection<String> ranges) {
    return withAddresses(TokenProperties.checkedAddresses(ranges));
  }

  /** Allows every address. */
  public TokenUpdate everyAddress() {
    return withAddresses(Set.of());
  }

  private TokenUpdate withAddresses(Set<String> ranges) {
    return new TokenUpdate(name, description, scopes, Optional.of(ranges), expiry);
  }

  /**
   * Changes the expiry. An expired token is valid again, if nothing else forbids it.
   *
   * @throws IllegalArgumentException if it is after the year 9999. {@link TokenManager#update} also rejects an expiry that is not
   *     in the future
   */
  public TokenUpdate expiresAt(Instant instant) {
    return withExpiry(RequestedExpiry.at(instant));
  }

  /**
   * Changes the expiry to the end of a lifetime that begins when the token is updated, by the clock of the manager.
   *
   * @param lifetime more than zero, and at most 36,500 days
   * @throws IllegalArgumentException if the lifetime is out of range
   */
  public TokenUpdate expiresIn(Duration lifetime) {
    return withExpiry(RequestedExpiry.in(lifetime));
  }

  /** Removes the expiry, even if the manager has a {@link TokenManager.Builder#maxLifetime maximum lifetime}. */
  public TokenUpdate neverExpires() {
    return withExpiry(RequestedExpiry.NEVER);
  }

  private TokenUpdate withExpiry(RequestedExpiry newExpiry) {
    return new TokenUpdate(name, description, scopes, allowedAddresses, Optional.of(newExpiry));
  }

  /** Returns the new name; empty if it does not change. */
  public Optional<String> name() {
    return name;
  }

  /** Returns the new description; empty if it does not change. */
  public Optional<String> description() {
    return description;
  }

  /** Returns the new scopes in alphabetical order; empty if they do not change. */
  public Optional<Set<String>> scopes() {
    return scopes;
  }

  /** Returns the new ranges of addresses; empty if they do not change. */
  public Optional<Set<String>> allowedAddresses() {
    return allowedAddresses;
  }

  Optional<RequestedExpiry> expiry() {
    return expiry;
  }

  /** Returns whether no property is set. */
  public boolean isEmpty() {
    return name.isEmpty()
        && description.isEmpty()
        && scopes.isEmpty()
        && allowedAddresses.isEmpty()
        && expiry.isEmpty();
  }
}

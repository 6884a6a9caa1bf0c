package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of a token to be created: a name, and optionally owner, description, scopes, allowed addresses and expiry.
 *
 * <p>Immutable: each method returns a new object. A value that no store could keep is rejected with an {@link
 * IllegalArgumentException}. Its message says what was expected.
 */
@CheckReturnValue
public final class NewToken {
  private final String name;
  private final String owner;
  private final String description;
  private final Set<String> scopes;
  private final Set<String> allowedAddresses;
  private final RequestedExpiry expiry;

  private NewToken(
      String name,
      String owner,
      String description,
      Set<String> scopes,
      Set<String> allowedAddresses,
      RequestedExpiry expiry) {
    this.name = name;
    this.owner = owner;
    this.description = description;
    this.scopes = scopes;
    this.allowedAddresses = allowedAddresses;
    this.expiry = expiry;
  }

  /**
   * Returns the properties of a token with that name, with the empty owner, without scopes and without expiry.
   *
   * <p>The name is kept exactly as given: it is never trimmed, case-folded or normalised.
   *
   * @param name 1 to 64 code points
   * @throws IllegalArgumentException if the name is empty or longer than 64 code points, has white space at either end, or
   *     contains a control, line-breaking, bidi-control or invisible character or an unpaired surrogate. Invisible are the code
   *     points that Unicode ignores by default, such as U+200B and U+3164, and blanks that are not white space, such as U+2800.
   *     So an emoji sequence with a joiner or variation selector is refused, too
   */
  public static NewToken named(String name) {
    return new NewToken(
        NameRules.checkedName(name), "", "", Set.of(), Set.of(), RequestedExpiry.UNSPECIFIED);
  }

  /**
   * Sets the owner. The default is the empty owner, for hosts without users.
   *
   * @param newOwner at most 255 code points; may be empty
   * @throws IllegalArgumentException under the same conditions as {@link #named}, except that an owner may be empty, may have 255
   *     code points, and may contain invisible characters, but must not begin with {@code token:} in upper or lower case
   */
  public NewToken owner(String newOwner) {
    return new NewToken(
        name, NameRules.checkedOwner(newOwner), description, scopes, allowedAddresses, expiry);
  }

  /**
   * Sets the description, plain text for people. The default is the empty text. It is shown in lists and logs: it must not contain
   * a secret.
   *
   * @param text at most 200 code points; may be empty
   * @throws IllegalArgumentException under the same conditions as {@link #named}, except that a description may be empty, may have
   *     200 code points, and may contain invisible characters
   */
  public NewToken description(String text) {
    return new NewToken(
        name, owner, NameRules.checkedDescription(text), scopes, allowedAddresses, expiry);
  }

  /**
   * Sets the scopes, and replaces those that were set before. The default is no scopes: the token can be authenticated, but
   * has no right that needs a scope.
   *
   * @throws IllegalArgumentException if there are none, if one of them is not a scope-token of RFC 6749 section 3.3, or if they
   *     have more than 1000 characters in total when joined by spaces
   */
  public NewToken scopes(String... newScopes) {
    return scopes(List.of(newScopes));
  }

  /** Sets the scopes like {@link #scopes(String...)}. */
  public NewToken scopes(Collection<String> newScopes) {
    return new NewToken(
        name,
        owner,
        description,
        TokenProperties.checkedScopes(newScopes),
        allowedAddresses,
        expiry);
  }

  /**
   * Makes the token unrestricted: its only scope is {@link Token#UNRESTRICTED}, and it has every right that any scope gives.
   * Create such a token only for a caller that you trust with all of them.
   */
  public NewToken unrestricted() {
    return scopes(Token.UNRESTRICTED);
  }

  /**
   * Sets the addresses from which the token may be used, and replaces those that were set before. The token is rejected if it
   * comes from another address, or if the address is not known. The default is no addresses, which allows every address.
   *
   * @param ranges addresses and ranges in the forms of {@link AddressRange#parse}
   * @throws IllegalArgumentException if there are none, if one of them is neither an address nor a range, or if they have more
   *     than 1000 characters in total when joined by spaces
   */
  public NewToken allowedAddresses(String... ranges) {
    return allowedAddresses(List.of(ranges));
  }

  /** Sets the addresses from which the token may be used, like {@link #allowedAddresses(String...)}. */
  public NewToken allowedAddresses(Collection<String> ranges) {
    return new NewToken(
        name, owner, description, scopes, TokenProperties.checkedAddresses(ranges), expiry);
  }

  /**
   * Sets the expiry: from that instant on, the token is rejected. It is stored in whole milliseconds. Replaces a lifetime that
   * was set before. The clock of the machine that has chosen the instant may differ from that of the manager: if a lifetime is
   * meant, use {@link #expiresIn(Duration)}.
   *
   * @throws IllegalArgumentException if it is after the year 9999. {@link TokenManager#create} also rejects an expiry that is not
   *     in the future
   */
  public NewToken expiresAt(Instant instant) {
    return expiry(RequestedExpiry.at(instant));
  }

  /**
   * Sets the lifetime. It begins when the token is created, by the clock of the manager. Replaces an expiry that was set before.
   *
   * @param lifetime more than zero, and at most 36,500 days
   * @throws IllegalArgumentException if the lifetime is out of range
   */
  public NewToken expiresIn(Duration lifetime) {
    return expiry(RequestedExpiry.in(lifetime));
  }

  /**
   * Removes the expiry. A token for which this method was called can be created even if the manager has a {@link
   * TokenManager.Builder#maxLifetime maximum lifetime}.
   */
  public NewToken neverExpires() {
    return expiry(RequestedExpiry.NEVER);
  }

  private NewToken expiry(RequestedExpiry newExpiry) {
    return new NewToken(name, owner, description, scopes, allowedAddresses, newExpiry);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the owner; empty if none was set. */
  public String owner() {
    return owner;
  }

  /** Returns the description; empty if none was set. */
  public String description() {
    return description;
  }

  /** Returns the scopes in alphabetical order; empty if none were set. */
  public Set<String> scopes() {
    return scopes;
  }

  /** Returns the addresses from which the token may be used; empty if none were set. */
  public Set<String> allowedAddresses() {
    return allowedAddresses;
  }

  /** Returns the expiry; empty if none was set, or only a lifetime. */
  public Optional<Instant> expiresAt() {
    return expiry.at();
  }

  /** Returns the lifetime; empty if none was set. */
  public Optional<Duration> expiresIn() {
    return expiry.in();
  }

  RequestedExpiry expiry() {
    return expiry;
  }
}

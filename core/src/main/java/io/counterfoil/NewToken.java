package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The properties of a token to be created: a name, and optionally owner, scopes, allowed addresses and expiry.
 *
 * <p>Immutable: each method returns a new object. A value that no store could keep is rejected with an {@link
 * IllegalArgumentException}. Its message says what was expected.
 */
@CheckReturnValue
public final class NewToken {
  /**
   * The last second whose year has four digits. A later expiry is a mistake, such as milliseconds passed as seconds.
   */
  static final Instant LAST_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

  /** About 100 years. A longer lifetime is a mistake, such as milliseconds passed as seconds. */
  static final Duration LONGEST_LIFETIME = Duration.ofDays(36_500);

  private final String name;
  private final String owner;
  private final Set<String> scopes;
  private final Set<String> allowedAddresses;
  private final Optional<Instant> expiresAt;
  private final Optional<Duration> expiresIn;
  private final boolean neverExpires;

  private NewToken(
      String name,
      String owner,
      Set<String> scopes,
      Set<String> allowedAddresses,
      Optional<Instant> expiresAt,
      Optional<Duration> expiresIn,
      boolean neverExpires) {
    this.name = name;
    this.owner = owner;
    this.scopes = Collections.unmodifiableSet(scopes);
    this.allowedAddresses = Collections.unmodifiableSet(allowedAddresses);
    this.expiresAt = expiresAt;
    this.expiresIn = expiresIn;
    this.neverExpires = neverExpires;
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
        NameRules.checkedName(name),
        "",
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        false);
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
        name,
        NameRules.checkedOwner(newOwner),
        scopes,
        allowedAddresses,
        expiresAt,
        expiresIn,
        neverExpires);
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
    Set<String> checked = new TreeSet<>();
    newScopes.stream().map(NameRules::checkedScope).forEach(checked::add);
    requireSome("scopes", checked, "a token without scopes");
    int length = String.join(" ", checked).length();
    if (length > NameRules.MAX_SCOPES_TEXT) {
      throw new IllegalArgumentException("scopes: " + length + " characters (expected: at most "
          + NameRules.MAX_SCOPES_TEXT + ", including the spaces between them)");
    }
    return new NewToken(name, owner, checked, allowedAddresses, expiresAt, expiresIn, neverExpires);
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
    Set<String> checked = new TreeSet<>();
    ranges.stream().map(range -> AddressRange.parse(range).toString()).forEach(checked::add);
    requireSome("allowedAddresses", checked, "a token that may be used from every address");
    int length = String.join(" ", checked).length();
    if (length > NameRules.MAX_ADDRESSES_TEXT) {
      throw new IllegalArgumentException("allowedAddresses: " + length
          + " characters (expected: at most " + NameRules.MAX_ADDRESSES_TEXT + ')');
    }
    return new NewToken(name, owner, scopes, checked, expiresAt, expiresIn, neverExpires);
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
    if (instant.isAfter(LAST_EXPIRY)) {
      throw new IllegalArgumentException(
          "expiresAt: " + instant + " (expected: at most " + LAST_EXPIRY + ')');
    }
    return new NewToken(
        name, owner, scopes, allowedAddresses, Optional.of(instant), Optional.empty(), false);
  }

  /**
   * Sets the lifetime. It begins when the token is created, by the clock of the manager. Replaces an expiry that was set before.
   *
   * @param lifetime more than zero, and at most 36,500 days
   * @throws IllegalArgumentException if the lifetime is out of range
   */
  public NewToken expiresIn(Duration lifetime) {
    if (lifetime.isZero() || lifetime.isNegative() || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
      throw new IllegalArgumentException("expiresIn: " + lifetime
          + " (expected: more than zero, at most " + LONGEST_LIFETIME + ')');
    }
    return new NewToken(
        name, owner, scopes, allowedAddresses, Optional.empty(), Optional.of(lifetime), false);
  }

  /**
   * Removes the expiry. A token for which this method was called can be created even if the manager has a {@link
   * TokenManager.Builder#maxLifetime maximum lifetime}.
   */
  public NewToken neverExpires() {
    return new NewToken(
        name, owner, scopes, allowedAddresses, Optional.empty(), Optional.empty(), true);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the owner; empty if none was set. */
  public String owner() {
    return owner;
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
    return expiresAt;
  }

  /** Returns the lifetime; empty if none was set. */
  public Optional<Duration> expiresIn() {
    return expiresIn;
  }

  boolean isNeverExpiring() {
    return neverExpires;
  }

  /** An empty list is probably a mistake, such as a missing setting. */
  private static void requireSome(String property, Set<String> values, String alternative) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(property + ": none (expected: at least one; for "
          + alternative + ", do not call this method)");
    }
  }
}

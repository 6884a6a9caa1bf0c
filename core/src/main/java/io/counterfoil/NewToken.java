package io.counterfoil;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A wish for a token: name, and if wanted owner, scopes and expiry.
 *
 * <p>Immutable: each method returns a new wish. What no store could keep is refused here, with an {@link
 * IllegalArgumentException} that says what was expected.
 */
public final class NewToken {
  /**
   * The last second that has four digits of year, 9999-12-31T23:59:59Z; beyond it lie mistakes, such as milliseconds taken for
   * seconds. As a number: what reads dates has some seventy classes, for which a process that starts would wait.
   */
  static final Instant LAST_EXPIRY = Instant.ofEpochSecond(253_402_300_799L);

  final String name;
  final String owner;
  final Set<String> scopes;
  final Set<String> allowedAddresses;
  final Optional<Instant> expiresAt;
  final boolean neverExpires;

  private NewToken(
      String name,
      String owner,
      Set<String> scopes,
      Set<String> allowedAddresses,
      Optional<Instant> expiresAt,
      boolean neverExpires) {
    this.name = name;
    this.owner = owner;
    this.scopes = scopes;
    this.allowedAddresses = allowedAddresses;
    this.expiresAt = expiresAt;
    this.neverExpires = neverExpires;
  }

  /**
   * Returns a wish for a token of that name, with the empty owner, unrestricted, without expiry.
   *
   * <p>The name is kept exactly as given: never trimmed, folded or normalised.
   *
   * @throws IllegalArgumentException if the name is empty, has more than 64 code points, white space at either end, a control,
   *     line-breaking or bidi-control character, or an unpaired surrogate
   */
  public static NewToken named(String name) {
    return new NewToken(Names.checkedName(name), "", Set.of(), Set.of(), Optional.empty(), false);
  }

  /**
   * Returns this wish with that owner; empty, the default, where the host has no users.
   *
   * @throws IllegalArgumentException for what {@link #named} refuses too; an owner may be empty
   */
  public NewToken owner(String newOwner) {
    return new NewToken(
        name, Names.checkedOwner(newOwner), scopes, allowedAddresses, expiresAt, neverExpires);
  }

  /**
   * Returns this wish with those scopes instead of the ones before. None, the default, makes an unrestricted token.
   *
   * @throws IllegalArgumentException if one is not a scope-token of RFC 6749 section 3.3, or they take more than 1000
   *     characters when joined by blanks
   */
  public NewToken scopes(String... newScopes) {
    Set<String> checked = new TreeSet<>();
    Arrays.stream(newScopes).map(Names::checkedScope).forEach(checked::add);
    int length = String.join(" ", checked).length();
    if (length > Names.MAX_SCOPES_TEXT) {
      throw new IllegalArgumentException("scopes: " + length + " characters (expected: at most "
          + Names.MAX_SCOPES_TEXT + ", blanks between them counted)");
    }
    return new NewToken(name, owner, Texts.of(checked), allowedAddresses, expiresAt, neverExpires);
  }

  /**
   * Returns this wish with those addresses instead of the ones before: from others, and where none is known, the token is
   * rejected. None, the default, makes a token that may be used from anywhere.
   *
   * @param ranges as {@link AddressRange#parse} reads them
   * @throws IllegalArgumentException if one is no address and no range, or they take more than 1000 characters when joined by
   *     blanks
   */
  public NewToken allowedAddresses(String... ranges) {
    Set<String> checked = new TreeSet<>();
    Arrays.stream(ranges).map(range -> AddressRange.parse(range).toString()).forEach(checked::add);
    int length = String.join(" ", checked).length();
    if (length > Names.MAX_ADDRESSES_TEXT) {
      throw new IllegalArgumentException("allowedAddresses: " + length
          + " characters (expected: at most " + Names.MAX_ADDRESSES_TEXT + ')');
    }
    return new NewToken(name, owner, scopes, Texts.of(checked), expiresAt, neverExpires);
  }

  /**
   * Returns this wish with an expiry: from that instant on, the token is rejected. Kept in whole milliseconds.
   *
   * @throws IllegalArgumentException if it lies after the year 9999; {@link TokenManager#create} also refuses one that is
   *     not in the future
   */
  public NewToken expiresAt(Instant instant) {
    if (instant.isAfter(LAST_EXPIRY)) {
      throw new IllegalArgumentException(
          "expiresAt: " + instant + " (expected: at most " + LAST_EXPIRY + ')');
    }
    return new NewToken(name, owner, scopes, allowedAddresses, Optional.of(instant), false);
  }

  /**
   * Returns this wish without expiry, on purpose: also where the manager has a {@link TokenManager.Builder#maxLifetime
   * longest lifetime}.
   */
  public NewToken neverExpires() {
    return new NewToken(name, owner, scopes, allowedAddresses, Optional.empty(), true);
  }
}

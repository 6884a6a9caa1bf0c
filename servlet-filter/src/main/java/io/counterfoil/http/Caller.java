package io.counterfoil.http;

import io.counterfoil.AddressRange;
import io.counterfoil.CheckReturnValue;
import io.counterfoil.KnownScopes;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The caller of the management API: the owner whose tokens it manages, and its rights.
 *
 * <p>A caller sees only the tokens of its owner, unless it manages the tokens of {@linkplain #ofAllOwners all owners}.
 * It cannot create, update, enable, disable, rotate or delete a token with a scope or an address that the caller does not
 * have. It cannot create, update, enable or rotate a token that expires later than the caller; an update may give such a
 * token an earlier expiry. Every caller may manage tokens without scopes. A scope that {@linkplain KnownScopes implies}
 * others includes their rights. Immutable: each method returns a new object.
 */
@CheckReturnValue
public final class Caller {
  private final String owner;
  private final Set<String> scopes;
  private final Optional<Verdict.Accepted> proof;
  private final boolean managesAll;

  private Caller(
      String owner, Set<String> scopes, Optional<Verdict.Accepted> proof, boolean managesAll) {
    this.owner = owner;
    this.scopes = Set.copyOf(scopes);
    this.proof = proof;
    this.managesAll = managesAll;
  }

  /**
   * Returns a caller that manages the tokens of this token's owner. It has the scopes, including {@linkplain
   * Token#effectiveScopes implied} ones, the addresses and the expiry of this token.
   */
  public static Caller token(Verdict.Accepted accepted) {
    Token token = accepted.token();
    return new Caller(token.owner(), token.effectiveScopes(), Optional.of(accepted), false);
  }

  /**
   * Returns a caller that manages the tokens of a user that the host itself has logged in. The user is the owner of the
   * tokens. The caller may not grant any scope: call {@link #scopes(Collection)} with the scopes that the user may
   * grant, or {@link #unrestricted}. It sees its tokens that have other scopes, but cannot change, disable or delete
   * them.
   *
   * @param name the name of the user: 1 to 255 code points
   * @throws IllegalArgumentException if this is not a valid owner, or is empty. If this method throws inside a {@link
   *     ManagementPolicy}, the response is 403 with the message, which does not quote the name. Any other exception of
   *     a policy, or of its methods, is answered 503
   */
  public static Caller user(String name) {
    return new Caller(UserNameException.checked(name), Set.of(), Optional.empty(), false);
  }

  /**
   * Returns a caller that manages the tokens without an owner, for a host without users. It may not grant any scope,
   * like {@link #user}.
   */
  public static Caller withoutOwner() {
    return new Caller("", Set.of(), Optional.empty(), false);
  }

  /** Sets the scopes that the caller may grant, like {@link #scopes(Collection)}. */
  public Caller scopes(String... newScopes) {
    return scopes(List.of(newScopes));
  }

  /**
   * Sets the scopes that the caller may grant, and replaces those that it had before. The caller can also manage tokens
   * that have only these scopes.
   *
   * @param newScopes the scopes, in any number and of any total length. If there are none, the caller may not grant any
   *     scope: a user without roles is not an error. A text that no token can have as a scope, such as the role {@code
   *     Domain Admins}, gives no right and is ignored
   */
  public Caller scopes(Collection<String> newScopes) {
    return new Caller(owner, Set.copyOf(newScopes), proof, managesAll);
  }

  /** Returns a copy of this caller that may grant every scope, including {@link Token#UNRESTRICTED}. */
  public Caller unrestricted() {
    return scopes(Token.UNRESTRICTED);
  }

  /**
   * Returns a copy of this caller that also sees, updates, enables, disables, rotates and deletes tokens of every other
   * owner, within its rights. Tokens that it creates still belong to its own owner. If the row of a token cannot be read, its
   * owner and rights are unknown: only an {@linkplain #unrestricted unrestricted} caller of all owners, not bound to
   * addresses, can disable and delete it.
   */
  public Caller ofAllOwners() {
    return new Caller(owner, scopes, proof, true);
  }

  /**
   * Returns a copy of this caller that has no scope, address or lifetime that the token of the request lacks. A caller that
   * the policy has named for a user does not manage the tokens of other owners with it.
   */
  Caller limitedTo(Verdict.Accepted accepted) {
    Set<String> own = accepted.token().effectiveScopes();
    Set<String> common = scopes.contains(Token.UNRESTRICTED)
        ? own
        : scopes.stream().filter(accepted.token()::permits).collect(Collectors.toSet());
    return new Caller(owner, common, Optional.of(accepted), managesAll && proof.isPresent());
  }

  /** Returns a copy of this caller that also has the scopes that its scopes imply. */
  Caller withImplied(KnownScopes known) {
    return new Caller(owner, known.effective(scopes), proof, managesAll);
  }

  String owner() {
    return owner;
  }

  Optional<Instant> expiresAt() {
    return proof.flatMap(accepted -> accepted.token().expiresAt());
  }

  /** Returns the proof for the token that the policy has named; empty for a user, and for a host without users. */
  Optional<Verdict.Accepted> proof() {
    return proof;
  }

  boolean managesAll() {
    return managesAll;
  }

  /** Returns whether the caller manages every token of every owner, whatever its scopes and addresses. */
  boolean hasAllRights() {
    return managesAll && covers(Set.of(Token.UNRESTRICTED), Set.of());
  }

  boolean manages(Token token) {
    return managesOwner(token.owner());
  }

  boolean managesOwner(String other) {
    return managesAll || other.equals(owner);
  }

  /**
   * Returns whether a token with these scopes and addresses has no more rights than the caller. No addresses mean no
   * limit, for the token and for the caller: a caller that is bound to addresses never covers a token that is not.
   */
  boolean covers(Set<String> tokenScopes, Set<String> tokenAddresses) {
    boolean inScopes = scopes.contains(Token.UNRESTRICTED) || scopes.containsAll(tokenScopes);
    Set<String> own = proof.map(accepted -> accepted.token().allowedAddresses()).orElse(Set.of());
    boolean inAddresses = own.isEmpty()
        || (!tokenAddresses.isEmpty()
            && tokenAddresses.stream().allMatch(range -> allows(own, range)));
    return inScopes && inAddresses;
  }

  /** Returns whether a token with this expiry ends with the caller or earlier. A token without expiry never ends. */
  boolean coversExpiry(Optional<Instant> tokenExpiry) {
    return endsNoLater(tokenExpiry, expiresAt());
  }

  /** Returns whether a token with this expiry ends with another one or earlier. A token without expiry never ends. */
  static boolean endsNoLater(Optional<Instant> expiry, Optional<Instant> other) {
    return other.isEmpty() || expiry.filter(at -> !at.isAfter(other.get())).isPresent();
  }

  /** A range that this version cannot parse exceeds the caller's rights. A newer version may have written it. */
  private static boolean allows(Set<String> ownRanges, String range) {
    try {
      AddressRange wanted = AddressRange.parse(range);
      return ownRanges.stream().anyMatch(own -> AddressRange.parse(own).contains(wanted));
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }
}

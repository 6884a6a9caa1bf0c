package io.counterfoil.http;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.util.Set;

/**
 * The caller of the management API: the owner whose tokens it manages, and its rights.
 *
 * <p>A caller sees only the tokens of its owner, unless it manages the tokens of {@linkplain #ofAllOwners all owners}.
 * It cannot create, enable, disable, rotate or delete a token that has more rights than the caller. Immutable.
 */
public final class Caller {
  private final String owner;
  private final Set<String> scopes;
  private final Set<String> allowedAddresses;
  private final boolean managesAll;

  private Caller(
      String owner, Set<String> scopes, Set<String> allowedAddresses, boolean managesAll) {
    this.owner = owner;
    this.scopes = scopes;
    this.allowedAddresses = allowedAddresses;
    this.managesAll = managesAll;
  }

  /** Returns a caller that manages the tokens of this token's owner, with the rights of this token. */
  public static Caller token(Verdict.Accepted accepted) {
    Token token = accepted.token();
    return new Caller(token.owner(), token.scopes(), token.allowedAddresses(), false);
  }

  /**
   * Returns a caller with all rights over the tokens of an owner. Intended for a user that the host itself has logged
   * in.
   *
   * @throws IllegalArgumentException if this is not a valid owner
   */
  public static Caller unrestricted(String owner) {
    // NewToken checks the owner. An invalid one is reported here, not when the first token is
    // created.
    NewToken.named("any").owner(owner);
    return new Caller(owner, Set.of(Token.UNRESTRICTED), Set.of(), false);
  }

  /**
   * Returns a copy of this caller that also sees, enables, disables, rotates and deletes tokens of every other owner,
   * within its rights. Tokens that it creates still belong to its own owner.
   */
  public Caller ofAllOwners() {
    return new Caller(owner, scopes, allowedAddresses, true);
  }

  String owner() {
    return owner;
  }

  boolean managesAll() {
    return managesAll;
  }

  boolean manages(Token token) {
    return managesAll || token.owner().equals(owner);
  }

  /**
   * Returns whether a token with these scopes and addresses has no more rights than the caller. An empty set means no
   * limit, for the token and for the caller. So a caller with scopes never covers a token without scopes, and a caller
   * that is bound to addresses never covers a token that is not.
   */
  boolean covers(Set<String> tokenScopes, Set<String> tokenAddresses) {
    boolean inScopes = scopes.contains(Token.UNRESTRICTED) || scopes.containsAll(tokenScopes);
    boolean inAddresses = allowedAddresses.isEmpty()
        || (!tokenAddresses.isEmpty() && tokenAddresses.stream().allMatch(this::allowsRange));
    return inScopes && inAddresses;
  }

  /** A range that this version cannot parse exceeds the caller's rights. A newer version may have written it. */
  private boolean allowsRange(String range) {
    try {
      AddressRange wanted = AddressRange.parse(range);
      return allowedAddresses.stream().anyMatch(own -> AddressRange.parse(own).contains(wanted));
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }
}

package io.counterfoil.http;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.util.Set;

/**
 * Who manages tokens: the owner whose tokens they are, and the rights that go with them.
 *
 * <p>A caller sees the tokens of its owner only, unless it manages {@linkplain #ofAllOwners all}, and can create, enable,
 * disable, rotate and delete no token with more rights than its own. Immutable.
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

  /** Returns the caller that came with a token: its owner's tokens, and rights no greater than the token's own. */
  public static Caller token(Verdict.Accepted accepted) {
    Token token = accepted.token();
    return new Caller(token.owner(), token.scopes(), token.allowedAddresses(), false);
  }

  /**
   * Returns a caller with all rights over the tokens of an owner: a user whom the host itself has logged in.
   *
   * @throws IllegalArgumentException if tokens cannot have such an owner
   */
  public static Caller unrestricted(String owner) {
    // The rule for owners is in there, and is wanted now rather than at the first create.
    NewToken.named("any").owner(owner);
    return new Caller(owner, Set.of(), Set.of(), false);
  }

  /**
   * Returns this caller as one that manages the tokens of every owner, within its rights: it sees, enables, disables, rotates
   * and deletes them. What it creates is its own owner's all the same.
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
   * Says whether a token with these scopes and addresses has no more rights than the caller. None of either is all there is,
   * for the token as for the caller: a caller with scopes never covers a token without, nor one that is bound to addresses one
   * that is not.
   */
  boolean covers(Set<String> tokenScopes, Set<String> tokenAddresses) {
    boolean inScopes =
        scopes.isEmpty() || (!tokenScopes.isEmpty() && scopes.containsAll(tokenScopes));
    boolean inAddresses = allowedAddresses.isEmpty()
        || (!tokenAddresses.isEmpty() && tokenAddresses.stream().allMatch(this::mayComeFrom));
    return inScopes && inAddresses;
  }

  /** What a newer version wrote, and this one does not read, is more than the caller has. */
  private boolean mayComeFrom(String range) {
    try {
      AddressRange wanted = AddressRange.parse(range);
      return allowedAddresses.stream().anyMatch(own -> AddressRange.parse(own).contains(wanted));
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }
}

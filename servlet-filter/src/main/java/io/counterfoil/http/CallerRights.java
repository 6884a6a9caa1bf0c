package io.counterfoil.http;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.UnreadableTokenException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Compares a caller with the tokens that it wants to see or change. Owners and rights are compared only here. */
final class CallerRights {
  private final TokenManager tokens;
  private final Caller caller;

  CallerRights(TokenManager tokens, Caller caller) {
    this.tokens = tokens;
    this.caller = caller;
  }

  /** Returns a token that the caller may see, whatever its rights. */
  Token visible(long id) throws ApiException {
    // Another owner's token gets the same error, so that ids reveal nothing.
    return visible(() -> tokens.find(id))
        .orElseThrow(() -> new ApiException(Responses.NO_SUCH_TOKEN));
  }

  /** Finds a token. */
  @FunctionalInterface
  interface Finder {
    Optional<Token> find() throws ApiException;
  }

  /** Returns a token that the caller may see; empty if there is none, or if it belongs to another owner. */
  Optional<Token> visible(Finder finder) throws ApiException {
    try {
      return finder.find().filter(caller::manages);
    } catch (UnreadableTokenException unreadable) {
      requireAllRights();
      throw unreadable;
    }
  }

  /** Returns a token that has no more rights than the caller. */
  Token manageable(long id) throws ApiException {
    Token token = visible(id);
    requireCovered(token);
    return token;
  }

  /** Returns a token that has no more rights than the caller, and expires with it or earlier. */
  Token extendable(long id) throws ApiException {
    Token token = manageable(id);
    requireCoveredExpiry(token.expiresAt());
    return token;
  }

  /**
   * Requires a token that has no more rights than the caller. A token that outlives the caller can be disabled and deleted:
   * this gives nobody more rights. A caller that has all rights can also disable and delete a token whose row cannot be
   * read.
   */
  void requireRevocable(long id) throws ApiException {
    try {
      manageable(id);
    } catch (UnreadableTokenException unreadable) {
      // the caller has all rights: see visible
    }
  }

  /** The owner and the rights of an unreadable token are unknown. To other callers, it is a token of another owner. */
  private void requireAllRights() throws ApiException {
    if (!caller.hasAllRights()) {
      throw new ApiException(Responses.NO_SUCH_TOKEN);
    }
  }

  boolean covers(Token token) {
    return caller.covers(token.effectiveScopes(), token.allowedAddresses());
  }

  void requireCovered(Token token) throws ApiException {
    requireCovered(token.effectiveScopes(), token.allowedAddresses());
  }

  /** Requires that the caller has these scopes, those that they imply, and these addresses. */
  void requireCovered(Set<String> scopes, Set<String> allowedAddresses) throws ApiException {
    if (!caller.covers(tokens.knownScopes().effective(scopes), allowedAddresses)) {
      throw new ApiException(Responses.EXCEEDS_CALLER_RIGHTS);
    }
  }

  void requireCoveredExpiry(Optional<Instant> expiry) throws ApiException {
    if (!caller.coversExpiry(expiry)) {
      throw new ApiException(Responses.OUTLIVES_CALLER);
    }
  }
}

package io.counterfoil.http;

import io.counterfoil.ConcurrentRotationException;
import io.counterfoil.ConcurrentUpdateException;
import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.PolicyException;
import io.counterfoil.Token;
import io.counterfoil.TokenChanges;
import io.counterfoil.TokenLimitException;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenUpdate;
import io.counterfoil.UnreadableTokenException;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tokens that a caller may see and change: those of its owner or of all owners, within the caller's rights.
 *
 * <p>Operations reach the manager only through this class, {@link TokenLists} and {@link TokenBatches}. All of them compare
 * rights by {@link CallerRights}, and make changes by {@link CallerSession}.
 */
final class CallerTokens {
  /** Each try fails only if another change of the same token came first. */
  static final int TRIES = 20;

  private static final Verdict UNKNOWN =
      new Verdict.Rejected(Verdict.Reason.UNKNOWN, OptionalLong.empty());

  private final TokenManager tokens;
  private final Caller caller;
  private final CallerRights rights;
  private final CallerSession session;

  CallerTokens(TokenManager tokens, Caller caller, ApiRequest request) {
    this.tokens = tokens;
    this.caller = caller;
    this.rights = new CallerRights(tokens, caller);
    this.session = new CallerSession(tokens, caller, request);
  }

  TokenLists lists() {
    return new TokenLists(tokens, caller, session);
  }

  TokenBatches batches() {
    return new TokenBatches(tokens, caller, rights, session);
  }

  KnownScopes knownScopes() {
    return tokens.knownScopes();
  }

  /** Returns how tokens are written: whether one is idle is known to the manager. */
  TokenJson json() {
    return new TokenJson(tokens::isIdle);
  }

  Token find(long id) throws ApiException {
    return rights.visible(id);
  }

  /** Returns the token of a plaintext. A token of another owner gets the same answer as a plaintext that no token has. */
  Optional<Token> identify(String plaintext) throws ApiException {
    TokenChanges changes = session.changes();
    return rights.visible(() -> changes.identify(plaintext));
  }

  /** Authenticates a plaintext. A token of another owner gets the same verdict as a plaintext that no token has. */
  Verdict introspect(String plaintext) throws ApiException {
    TokenChanges reading = session.reading();
    try {
      return reading.introspect(plaintext, caller::manages);
    } catch (UnreadableTokenException unreadable) {
      if (caller.hasAllRights()) {
        throw unreadable;
      }
      return UNKNOWN; // its owner is unknown, so to this caller it is a token of another owner
    }
  }

  /** A token that is created without expiry gets the caller's. A lifetime becomes an expiry, which is compared with it. */
  CreatedToken create(NewToken requested) throws ApiException {
    NewToken newToken = caller.expiresAt().isPresent()
        ? requested.expiresAt(
            tokens.expiryOf(requested).orElse(caller.expiresAt().get()))
        : requested;
    rights.requireCovered(newToken.scopes(), newToken.allowedAddresses());
    rights.requireCoveredExpiry(newToken.expiresAt());
    try {
      return session.changes().create(newToken.owner(caller.owner()));
    } catch (DuplicateTokenNameException e) {
      throw new ApiException(Responses.NAME_TAKEN);
    } catch (TokenLimitException e) {
      throw new ApiException(Responses.failure(409, String.valueOf(e.getMessage())));
    } catch (PolicyException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Requires that the caller has the rights of the token before and after the update, and that the token then expires with
   * the caller or earlier.
   */
  Token update(long id, TokenUpdate requested) throws ApiException {
    try {
      Optional<Token> updated = whileUnchanged(() -> {
        Token token = rights.manageable(id);
        TokenUpdate update = withFixedExpiry(token, requested);
        Token after = tokens.preview(token, update);
        rights.requireCovered(after);
        if (!caller.coversExpiry(after.expiresAt())) {
          throw new ApiException(Responses.UPDATE_OUTLIVES_CALLER);
        }
        requireLimit(requested, after);
        return session.changes().update(token, update);
      });
      return updated.orElseThrow(() -> new ApiException(Responses.NO_SUCH_TOKEN));
    } catch (DuplicateTokenNameException e) {
      throw new ApiException(Responses.NAME_TAKEN);
    } catch (PolicyException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** The manager lets only the host remove an expiry in spite of its maximum lifetime. */
  private void requireLimit(TokenUpdate requested, Token after) throws ApiException {
    if (requested.changesExpiry()
        && after.expiresAt().isEmpty()
        && tokens.maxLifetime().isPresent()) {
      throw ApiException.badRequest(
          "expiresAt: none (expected: at most " + tokens.maxLifetime().get() + " from now)");
    }
  }

  /** A lifetime becomes an expiry, because it would begin only after the comparison with the caller's expiry. */
  private TokenUpdate withFixedExpiry(Token token, TokenUpdate requested) {
    if (!requested.changesExpiry() || caller.expiresAt().isEmpty()) {
      return requested;
    }
    Optional<Instant> expiry = tokens.preview(token, requested).expiresAt();
    return expiry.isPresent() ? requested.expiresAt(expiry.get()) : requested.neverExpires();
  }

  /**
   * Requires the same rights as creating the token, because a new plaintext is as powerful as a new token. The overlap
   * ends with the token, so never after the caller.
   */
  CreatedToken rotate(long id, Duration overlap) throws ApiException {
    try {
      Optional<CreatedToken> rotated = whileUnchanged(() -> {
        Token token = rights.extendable(id);
        return session.changes().rotate(token, overlap);
      });
      return rotated.orElseThrow(() -> new ApiException(Responses.NO_SUCH_TOKEN));
    } catch (ConcurrentRotationException e) {
      throw new ApiException(Responses.CONCURRENT_ROTATION);
    } catch (PolicyException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  void enable(long id) throws ApiException {
    requireFound(whileUnchanged(() -> {
      Token token = rights.extendable(id);
      return session.changes().enable(token);
    }));
  }

  void disable(long id) throws ApiException {
    rights.requireRevocable(id);
    requireFound(session.changes().disable(id));
  }

  void delete(long id) throws ApiException {
    rights.requireRevocable(id);
    requireFound(session.changes().delete(id));
  }

  /** A change of a token that was read and judged before. */
  @FunctionalInterface
  private interface JudgedChange<T> {
    T make() throws ApiException;
  }

  /** Reads and judges the token again if it has changed between the judgement and the change. */
  private static <T> T whileUnchanged(JudgedChange<T> change) throws ApiException {
    for (int i = 0; i < TRIES; i++) {
      try {
        return change.make();
      } catch (ConcurrentUpdateException again) {
        // nothing is changed
      }
    }
    throw new ApiException(Responses.CONCURRENT_CHANGES);
  }

  private static void requireFound(boolean found) throws ApiException {
    if (!found) {
      throw new ApiException(Responses.NO_SUCH_TOKEN);
    }
  }
}

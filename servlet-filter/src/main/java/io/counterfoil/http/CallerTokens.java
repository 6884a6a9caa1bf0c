package io.counterfoil.http;

import io.counterfoil.Actor;
import io.counterfoil.ConcurrentRotationException;
import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.PolicyException;
import io.counterfoil.Token;
import io.counterfoil.TokenChanges;
import io.counterfoil.TokenManager;
import io.counterfoil.UnreadableTokenException;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The tokens that a caller may see and change: those of its owner or of all owners, within the caller's rights.
 *
 * <p>Operations reach the manager only through this class, so owners and rights are compared only here.
 */
final class CallerTokens {
  private final TokenManager tokens;
  private final Caller caller;
  private final ApiRequest request;

  CallerTokens(TokenManager tokens, Caller caller, ApiRequest request) {
    this.tokens = tokens;
    this.caller = caller;
    this.request = request;
  }

  /**
   * Returns the changes of the manager, made by this caller. Events name the caller and the client's address.
   *
   * <p>Judges the token of the request again, without a cache: since it was accepted, the client may have taken hours to
   * send the body, or another node may have revoked the token.
   */
  private TokenChanges changes() throws ApiException {
    TokenChanges changes = acting();
    if (recheck(changes).filter(Verdict.Accepted::byPrevious).isPresent()) {
      throw new ApiException(Responses.REPLACED_PLAINTEXT);
    }
    return changes;
  }

  private TokenChanges acting() {
    return tokens.actingAs(actor(), request.clientAddress());
  }

  /** Returns the present verdict; empty if the request came without a token. */
  private Optional<Verdict.Accepted> recheck(TokenChanges changes) throws ApiException {
    if (caller.proof().isEmpty()) {
      return Optional.empty();
    }
    if (changes.recheck(caller.proof().get()) instanceof Verdict.Accepted accepted) {
      return Optional.of(accepted);
    }
    throw new ApiException(Responses.REVOKED_MEANWHILE);
  }

  /** Returns the token or the logged-in user. The owner comes last, because a policy may admit a user for a team. */
  private Actor actor() {
    return caller
        .proof()
        .map(accepted -> Actor.token(accepted.token().id()))
        .or(() -> Stream.of(request.user().orElse(""), caller.owner())
            .filter(Predicate.not(String::isEmpty))
            .map(Actor::user)
            .findFirst())
        .orElse(Actor.ANONYMOUS);
  }

  /**
   * Returns a further page of a long list. A client may read slowly for hours, so its token is judged again, as before a change.
   */
  List<Token> listMore(long afterId, int limit) throws ApiException {
    recheck(acting());
    return list(afterId, limit);
  }

  /** Returns the first tokens after this id, at most {@code limit}. Fewer are the last ones. */
  List<Token> list(long afterId, int limit) {
    return caller.managesAll()
        ? tokens.list(afterId, limit)
        : tokens.list(caller.owner(), afterId, limit);
  }

  /** A token that is created without expiry gets the caller's. A lifetime becomes an expiry, which is compared with it. */
  CreatedToken create(NewToken requested) throws ApiException {
    NewToken newToken = caller.expiresAt().isPresent()
        ? requested.expiresAt(
            tokens.expiryOf(requested).orElse(caller.expiresAt().get()))
        : requested;
    requireCovered(newToken.scopes(), newToken.allowedAddresses());
    requireCoveredExpiry(newToken.expiresAt());
    try {
      return changes().create(newToken.owner(caller.owner()));
    } catch (DuplicateTokenNameException e) {
      throw new ApiException(Responses.NAME_TAKEN);
    } catch (PolicyException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Requires the same rights as creating the token, because a new plaintext is as powerful as a new token. The overlap
   * ends with the token, so never after the caller.
   */
  CreatedToken rotate(long id, Duration overlap) throws ApiException {
    requireCoveredExpiry(requireManageable(id).expiresAt());
    try {
      Optional<CreatedToken> rotated = changes().rotate(id, overlap);
      return rotated.orElseThrow(() -> new ApiException(Responses.NO_SUCH_TOKEN));
    } catch (ConcurrentRotationException e) {
      throw new ApiException(Responses.CONCURRENT_ROTATION);
    } catch (PolicyException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  void enable(long id) throws ApiException {
    requireCoveredExpiry(requireManageable(id).expiresAt());
    requireFound(changes().enable(id));
  }

  /** A token that outlives the caller can be disabled and deleted: this gives nobody more rights. */
  void disable(long id) throws ApiException {
    requireRevocable(id);
    requireFound(changes().disable(id));
  }

  void delete(long id) throws ApiException {
    requireRevocable(id);
    requireFound(changes().delete(id));
  }

  /** A caller that has all rights can also disable and delete a token whose row cannot be read. */
  private void requireRevocable(long id) throws ApiException {
    try {
      requireManageable(id);
    } catch (UnreadableTokenException unreadable) {
      // the caller has all rights: see find
    }
  }

  /** The owner and the rights of an unreadable token are unknown. To other callers, it is a token of another owner. */
  private void requireAllRights() throws ApiException {
    if (!caller.hasAllRights()) {
      throw new ApiException(Responses.NO_SUCH_TOKEN);
    }
  }

  /**
   * The result is still valid when the change is made: owner, scopes, addresses and expiry of a token never change, and
   * ids are never reused.
   */
  private Token requireManageable(long id) throws ApiException {
    // Another owner's token gets the same error, so that ids reveal nothing.
    Token token = find(id)
        .filter(caller::manages)
        .orElseThrow(() -> new ApiException(Responses.NO_SUCH_TOKEN));
    requireCovered(token.scopes(), token.allowedAddresses());
    return token;
  }

  private Optional<Token> find(long id) throws ApiException {
    try {
      return tokens.find(id);
    } catch (UnreadableTokenException unreadable) {
      requireAllRights();
      throw unreadable;
    }
  }

  private void requireCovered(Set<String> scopes, Set<String> allowedAddresses)
      throws ApiException {
    if (!caller.covers(scopes, allowedAddresses)) {
      throw new ApiException(Responses.EXCEEDS_CALLER_RIGHTS);
    }
  }

  private void requireCoveredExpiry(Optional<Instant> expiry) throws ApiException {
    if (!caller.coversExpiry(expiry)) {
      throw new ApiException(Responses.OUTLIVES_CALLER);
    }
  }

  private static void requireFound(boolean found) throws ApiException {
    if (!found) {
      throw new ApiException(Responses.NO_SUCH_TOKEN);
    }
  }
}

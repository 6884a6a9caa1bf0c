package io.counterfoil.http;

import io.counterfoil.Token;
import io.counterfoil.TokenChanges;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** Changes of several tokens: all of them are judged before the first one is changed. */
final class TokenBatches {
  /** The maximum number of expired tokens that one request deletes if its caller has all rights. */
  static final int MAX_DELETED = 1000;

  /** The maximum for other callers. Their tokens are deleted one by one, and clients do not wait long for a response. */
  static final int MAX_DELETED_SINGLY = 100;

  private final TokenManager tokens;
  private final Caller caller;
  private final CallerRights rights;
  private final CallerSession session;

  TokenBatches(TokenManager tokens, Caller caller, CallerRights rights, CallerSession session) {
    this.tokens = tokens;
    this.caller = caller;
    this.rights = rights;
    this.session = session;
  }

  /** Returns how many tokens were disabled, without those that were deleted meanwhile. */
  long disable(Set<Long> ids) throws ApiException {
    requireRevocable(ids);
    TokenChanges changes = session.changes();
    return change(ids, changes::disable);
  }

  /** Returns how many tokens were deleted, without those that were deleted meanwhile. */
  long delete(Set<Long> ids) throws ApiException {
    requireRevocable(ids);
    TokenChanges changes = session.changes();
    return change(ids, changes::delete);
  }

  /**
   * Judges each token again directly before its change, because changing many takes seconds. One that exceeds the rights of the
   * caller now is left out. The caller's token is judged only once before this: it may be one of these tokens.
   */
  private long change(Set<Long> ids, LongPredicate change) {
    return ids.stream().filter(id -> isRevocable(id) && change.test(id)).count();
  }

  private boolean isRevocable(long id) {
    try {
      rights.requireRevocable(id);
      return true;
    } catch (ApiException changedMeanwhile) {
      return false;
    }
  }

  private void requireRevocable(Set<Long> ids) throws ApiException {
    for (long id : ids) {
      try {
        rights.requireRevocable(id);
      } catch (ApiException refused) {
        throw new ApiException(
            refused.response() == Responses.NO_SUCH_TOKEN
                ? Responses.noSuchToken(id)
                : Responses.exceedsCallerRights(id));
      }
    }
  }

  /** Returns how many expired tokens {@link #deleteExpired} would delete, if it had no limit. */
  long countExpired() {
    if (caller.hasAllRights()) {
      return tokens.count(ownExpired());
    }
    try (Stream<Token> expired = expired()) {
      return expired.count();
    }
  }

  /**
   * The result of a deletion of expired tokens.
   *
   * @param count how many were deleted
   * @param more whether more tokens can be deleted
   */
  record Deleted(long count, boolean more) {}

  /** Deletes expired tokens up to the maximum. A caller with all rights needs only a few statements. */
  Deleted deleteExpired() throws ApiException {
    if (caller.hasAllRights()) {
      TokenChanges changes = session.changes();
      int count = changes.deleteExpired(tokens.clock().instant(), MAX_DELETED);
      return new Deleted(count, count == MAX_DELETED && tokens.count(ownExpired()) > 0);
    }
    List<Token> found;
    try (Stream<Token> expired = expired()) {
      found = expired.limit(MAX_DELETED_SINGLY + 1L).toList();
    }
    List<Token> chosen = found.subList(0, Math.min(MAX_DELETED_SINGLY, found.size()));
    return new Deleted(session.changes().deleteExpired(chosen), found.size() > MAX_DELETED_SINGLY);
  }

  private Stream<Token> expired() {
    return tokens.list(ownExpired()).filter(rights::covers);
  }

  /** A token that expires in this very millisecond is not expired yet, because a store would not delete it. */
  private TokenQuery ownExpired() {
    TokenQuery expired = TokenQuery.all().expiresBy(tokens.clock().instant().minusMillis(1));
    return caller.managesAll() ? expired : expired.owner(caller.owner());
  }
}

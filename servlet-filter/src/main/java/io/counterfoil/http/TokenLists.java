package io.counterfoil.http;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import java.util.List;

/** The lists of the tokens that a caller may see. */
final class TokenLists {
  private final TokenManager tokens;
  private final Caller caller;
  private final CallerSession session;

  TokenLists(TokenManager tokens, Caller caller, CallerSession session) {
    this.tokens = tokens;
    this.caller = caller;
    this.session = session;
  }

  /** Returns the first tokens after this id, at most {@code limit}. Fewer are the last ones. */
  List<Token> all(long afterId, int limit) {
    return tokens.list(own(TokenQuery.all()), afterId, limit);
  }

  /**
   * Returns a further page of a long list. A client may read slowly for hours, so its token is judged again, as before a change.
   */
  List<Token> more(long afterId, int limit) throws ApiException {
    session.requireValid();
    return all(afterId, limit);
  }

  /** Returns the first tokens after this id that match, at most {@code limit}. Fewer are the last ones. */
  List<Token> matching(TokenFilter filter, long afterId, int limit) throws ApiException {
    if (filter.owner().filter(owner -> !caller.managesOwner(owner)).isPresent()) {
      throw new ApiException(Responses.OTHER_OWNER);
    }
    return tokens.list(own(filter.query(tokens.clock().instant())), afterId, limit);
  }

  private TokenQuery own(TokenQuery query) {
    return caller.managesAll() ? query : query.owner(caller.owner());
  }
}

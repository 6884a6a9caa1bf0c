package io.counterfoil.http;

import io.counterfoil.Token;
import java.util.Optional;

/**
 * Decides which callers may manage tokens.
 *
 * <p>The API asks the policy first, before it looks at anything else in the request. The operations of {@link
 * SelfService} do not ask it. A policy must be safe for use by many threads.
 *
 * <p>A host whose users log in names the scopes that each user may grant. The login of a browser must add nothing to a
 * token in the same request:
 *
 * {@snippet file="io/counterfoil/http/LimitedUsersTest.java" region="policy"}
 *
 * <p>If a policy trusts a cookie, the host is responsible for preventing cross-site request forgery (CWE-352). The API
 * helps: it makes no change without the content type {@code application/json}, which a page of another site cannot send
 * unless the host allows it by CORS. The only exception is a deletion by a request that came with a token,
 * but not in Basic credentials.
 */
@FunctionalInterface
public interface ManagementPolicy {

  /** Returns the caller that sent a request. Empty if the caller may not manage tokens; the response is then 403. */
  Optional<Caller> caller(ApiRequest request);

  /**
   * Returns a policy that lets every token manage the tokens of its own owner.
   *
   * <p>Every token can then create more tokens, and these remain when the first one is deleted. Use {@link #tokensWith}
   * to allow this to selected tokens only.
   */
  static ManagementPolicy anyToken() {
    return request -> request.accepted().map(Caller::token);
  }

  /**
   * Returns a policy that lets a token manage the tokens of its own owner if it has this scope or is {@linkplain
   * Token#UNRESTRICTED unrestricted}.
   *
   * <p>It cannot create a token with a scope that it does not have itself.
   */
  static ManagementPolicy tokensWith(String scope) {
    return request ->
        request.accepted().filter(accepted -> accepted.token().permits(scope)).map(Caller::token);
  }
}

package io.counterfoil.http;

import java.util.Optional;

/**
 * Decides who may manage tokens.
 *
 * <p>Asked first for every request, before anything else of the request is looked at; except for what {@link SelfService}
 * lets the bearer of a token do. Must be safe for use by many threads.
 *
 * <p>A policy that goes by a cookie makes the host answer for forged cross-site requests (CWE-352). The API helps: it takes
 * no change without the content type {@code application/json}, which a page of another site cannot send unless the host
 * allows it by CORS; a deletion alone needs none if the request came with a token.
 */
@FunctionalInterface
public interface ManagementPolicy {

  /** Returns the caller behind a request, or empty if it may not manage tokens: it is then answered 403. */
  Optional<Caller> caller(ApiRequest request);

  /**
   * Returns the policy by which every token manages the tokens of its own owner.
   *
   * <p>Without scopes, every token is then an administrator of tokens: whoever has one can make more of them, which stay
   * when the first is taken away. Use {@link #tokensWith} to keep this to some tokens.
   */
  static ManagementPolicy anyToken() {
    return request -> request.accepted().map(Caller::token);
  }

  /**
   * Returns the policy by which the tokens with a scope, and those without any scopes, manage the tokens of their own owner.
   *
   * <p>What they create has no scopes that they do not have themselves.
   */
  static ManagementPolicy tokensWith(String scope) {
    return request ->
        request.accepted().filter(accepted -> accepted.token().permits(scope)).map(Caller::token);
  }
}

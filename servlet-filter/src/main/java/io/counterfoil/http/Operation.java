package io.counterfoil.http;

/** One thing that the management API does, for a caller whom the policy has let in. */
@FunctionalInterface
interface Operation {

  /**
   * Does it.
   *
   * @param path what follows the operation's own place
   */
  ApiResponse run(CallerTokens tokens, String path, ApiRequest request) throws ApiException;
}

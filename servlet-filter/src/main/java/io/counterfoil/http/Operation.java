package io.counterfoil.http;

/** An operation of the management API, for a caller that the policy has allowed. */
@FunctionalInterface
interface Operation {

  /**
   * Performs the operation.
   *
   * @param path the rest of the path, after the part that selects the operation
   */
  ApiResponse run(CallerTokens tokens, String path, ApiRequest request) throws ApiException;
}

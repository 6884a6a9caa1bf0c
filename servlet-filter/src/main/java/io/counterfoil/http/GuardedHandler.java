package io.counterfoil.http;

import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks the policy before the operation, refuses changes with a replaced plaintext, and turns every exception into a
 * response.
 */
final class GuardedHandler implements ApiHandler {
  private final TokenManager tokens;
  private final ManagementPolicy policy;
  private final Operation operation;

  GuardedHandler(TokenManager tokens, ManagementPolicy policy, Operation operation) {
    this.tokens = tokens;
    this.policy = policy;
    this.operation = operation;
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    try {
      Caller caller =
          policy.caller(request).orElseThrow(() -> new ApiException(Responses.CALLER_DENIED));
      requireCurrentPlaintext(request, caller);
      return operation.run(new CallerTokens(tokens, caller, request), request.path(), request);
    } catch (ApiException e) {
      return e.response();
    } catch (UserNameException e) { // from the policy
      return Responses.failure(403, String.valueOf(e.getMessage()));
    } catch (Throwable failure) {
      // Catches errors too: otherwise the container would send its own error page.
      FailureLog.log(failure);
      return Responses.UNAVAILABLE;
    }
  }

  /**
   * Lets a plaintext that a rotation has replaced only read. Otherwise the person who found it could create a token, or
   * rotate a sibling, and keep access after the overlap. The method decides, so no operation can forget this check.
   */
  private static void requireCurrentPlaintext(ApiRequest request, Caller caller)
      throws ApiException {
    boolean isReplaced = Stream.of(request.accepted(), caller.proof())
        .flatMap(Optional::stream)
        .anyMatch(Verdict.Accepted::byPrevious);
    if (isReplaced && !Operations.isRead(request)) {
      throw new ApiException(Responses.REPLACED_PLAINTEXT);
    }
  }
}

package io.counterfoil.http;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.util.Optional;

/**
 * Refuses Basic credentials, asks the policy before the operation, refuses changes with a replaced plaintext, and turns every
 * exception into a response.
 */
final class GuardedHandler implements ApiHandler {
  private final TokenManager tokens;
  private final ManagementPolicy policy;
  private final boolean acceptsBasic;
  private final Operation operation;

  /** Whether a replaced plaintext may use the operation with every method, because it changes no token. */
  private final boolean onlyReads;

  GuardedHandler(
      TokenManager tokens, ManagementPolicy policy, boolean acceptsBasic, Operation operation) {
    this(tokens, policy, acceptsBasic, operation, false);
  }

  private GuardedHandler(
      TokenManager tokens,
      ManagementPolicy policy,
      boolean acceptsBasic,
      Operation operation,
      boolean onlyReads) {
    this.tokens = tokens;
    this.policy = policy;
    this.acceptsBasic = acceptsBasic;
    this.operation = operation;
    this.onlyReads = onlyReads;
  }

  /** Returns a handler for an operation that changes no token, although its method is {@code POST}. */
  static GuardedHandler reading(TokenManager tokens, ManagementPolicy policy, Operation operation) {
    return new GuardedHandler(tokens, policy, false, operation, true);
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    try {
      requireNoBasic(request);
      Caller named =
          policy.caller(request).orElseThrow(() -> new ApiException(Responses.CALLER_DENIED));
      Caller caller = limited(named.withImplied(tokens.knownScopes()), request);
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
   * Refuses a token that may have come as a Basic password. The header of the request decides, so no adapter can forget this check.
   */
  private void requireNoBasic(ApiRequest request) throws ApiException {
    if (!acceptsBasic && request.accepted().isPresent() && BasicPassword.isIn(request)) {
      throw new ApiException(Responses.BASIC_DENIED);
    }
  }

  /**
   * A login in the same request must not add rights to a token, and neither must a second token that only the policy
   * has authenticated. So the caller must have the owner of the token, or be the token.
   */
  private static Caller limited(Caller named, ApiRequest request) throws ApiException {
    Optional<Verdict.Accepted> accepted = request.accepted();
    if (accepted.isEmpty()) {
      return named;
    }
    Token token = accepted.get().token();
    boolean isSame = named.proof().isPresent()
        ? named.proof().get().token().id() == token.id()
        : named.owner().equals(token.owner());
    if (!isSame) {
      throw new ApiException(Responses.CALLER_DENIED);
    }
    return named.limitedTo(accepted.get());
  }

  /**
   * Lets a plaintext that a rotation has replaced only read. Otherwise the person who found it could create a token, or
   * rotate a sibling, and keep access after the overlap. The method decides, so no operation can forget this check.
   */
  private void requireCurrentPlaintext(ApiRequest request, Caller caller) throws ApiException {
    boolean isReplaced = caller.proof().filter(Verdict.Accepted::byPrevious).isPresent();
    if (isReplaced && !onlyReads && !Operations.isRead(request)) {
      throw new ApiException(Responses.REPLACED_PLAINTEXT);
    }
  }
}

package io.counterfoil.http;

import io.counterfoil.ConcurrentRotationException;
import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tokens that a caller may see and change: those of its owner or of all owners, within the caller's rights.
 *
 * <p>Operations reach the manager only through this class, so owners and rights are compared only here.
 */
final class CallerTokens {
  /**
   * The messages with which a manager rejects a token that exceeds its limits. Only these are sent to clients: any
   * other message may come from a driver and quote a secret.
   */
  private static final Pattern LIMIT_MESSAGE = Pattern.compile(
      "(?:expiresAt|scopes): [A-Za-z0-9:.-]{1,40} \\(expected: [A-Za-z0-9 .]{1,60}\\)");

  private final TokenManager tokens;
  private final Caller caller;

  CallerTokens(TokenManager tokens, Caller caller) {
    this.tokens = tokens;
    this.caller = caller;
  }

  Stream<Token> list() {
    return caller.managesAll() ? tokens.list() : tokens.list(caller.owner());
  }

  CreatedToken create(CreateRequest request) throws ApiException {
    requireCovered(request.scopes(), request.allowedAddresses());
    try {
      return tokens.create(request.token().owner(caller.owner()));
    } catch (DuplicateTokenNameException e) {
      throw new ApiException(Responses.NAME_TAKEN);
    } catch (IllegalArgumentException e) {
      throw limitExceeded(e);
    }
  }

  /** Requires the same rights as creating the token, because a new plaintext is as powerful as a new token. */
  CreatedToken rotate(long id, Duration overlap) throws ApiException {
    requireManageable(id);
    try {
      Optional<CreatedToken> rotated = tokens.rotate(id, overlap);
      return rotated.orElseThrow(() -> new ApiException(Responses.NO_SUCH_TOKEN));
    } catch (ConcurrentRotationException e) {
      throw new ApiException(Responses.CONCURRENT_ROTATION);
    } catch (IllegalArgumentException e) {
      throw limitExceeded(e);
    }
  }

  private static ApiException limitExceeded(IllegalArgumentException failure) {
    String message = String.valueOf(failure.getMessage());
    if (!LIMIT_MESSAGE.matcher(message).matches()) {
      throw failure;
    }
    return ApiException.badRequest(message);
  }

  void enable(long id) throws ApiException {
    requireManageable(id);
    requireFound(tokens.enable(id));
  }

  void disable(long id) throws ApiException {
    requireManageable(id);
    requireFound(tokens.disable(id));
  }

  void delete(long id) throws ApiException {
    requireManageable(id);
    requireFound(tokens.delete(id));
  }

  /**
   * The result is still valid when the change is made: owner, scopes and addresses of a token never change, and ids are
   * never reused.
   */
  private void requireManageable(long id) throws ApiException {
    Optional<Token> token = tokens.find(id).filter(caller::manages);
    // Another owner's token gets the same error, so that ids reveal nothing.
    requireFound(token.isPresent());
    requireCovered(token.get().scopes(), token.get().allowedAddresses());
  }

  private void requireCovered(Set<String> scopes, Set<String> allowedAddresses)
      throws ApiException {
    if (!caller.covers(scopes, allowedAddresses)) {
      throw new ApiException(Responses.EXCEEDS_CALLER_RIGHTS);
    }
  }

  private static void requireFound(boolean found) throws ApiException {
    if (!found) {
      throw new ApiException(Responses.NO_SUCH_TOKEN);
    }
  }
}

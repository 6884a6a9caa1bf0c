package io.counterfoil.http;

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
 * The tokens that a caller may see and change: those of its owner, or of all, within its own rights.
 *
 * <p>All that the operations have of the manager. So owners and rights are compared here and nowhere else.
 */
final class CallerTokens {
  /** How a manager says that it allows no such token. Any other words may be a driver's, and what they quote a secret. */
  private static final Pattern LIMIT = Pattern.compile(
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
      throw limit(e);
    }
  }

  /** A new plaintext is as good as a new token: it is for those who could have created one with these scopes. */
  CreatedToken rotate(long id, Duration overlap) throws ApiException {
    requireOwn(id);
    try {
      return tokens.rotate(id, overlap).orElseThrow(() -> notRotated(id));
    } catch (IllegalArgumentException e) {
      throw limit(e);
    }
  }

  private ApiException notRotated(long id) {
    boolean stillThere = tokens.find(id).isPresent();
    return new ApiException(stillThere ? Responses.CONCURRENT_ROTATION : Responses.NO_SUCH_TOKEN);
  }

  private static ApiException limit(IllegalArgumentException failure) {
    String message = String.valueOf(failure.getMessage());
    if (!LIMIT.matcher(message).matches()) {
      throw failure;
    }
    return ApiException.badRequest(message);
  }

  void enable(long id) throws ApiException {
    requireOwn(id);
    requireDone(tokens.enable(id));
  }

  void disable(long id) throws ApiException {
    requireOwn(id);
    requireDone(tokens.disable(id));
  }

  void delete(long id) throws ApiException {
    requireOwn(id);
    requireDone(tokens.delete(id));
  }

  /** Owner and scopes of a token never change, and no id is given twice: what is true here is still true at the change. */
  private void requireOwn(long id) throws ApiException {
    Optional<Token> token = tokens.find(id).filter(caller::manages);
    requireDone(token.isPresent()); // another owner's token is answered like none: ids tell nothing
    requireCovered(token.get().scopes(), token.get().allowedAddresses());
  }

  private void requireCovered(Set<String> scopes, Set<String> allowedAddresses)
      throws ApiException {
    if (!caller.covers(scopes, allowedAddresses)) {
      throw new ApiException(Responses.EXCEEDS_CALLER_RIGHTS);
    }
  }

  private static void requireDone(boolean done) throws ApiException {
    if (!done) {
      throw new ApiException(Responses.NO_SUCH_TOKEN);
    }
  }
}

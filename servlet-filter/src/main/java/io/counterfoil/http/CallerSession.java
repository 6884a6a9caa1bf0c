package io.counterfoil.http;

import io.counterfoil.Actor;
import io.counterfoil.Token;
import io.counterfoil.TokenChanges;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Acts in the name of a caller, and judges its token again during the request. */
final class CallerSession {
  private final TokenManager tokens;
  private final Caller caller;
  private final ApiRequest request;

  CallerSession(TokenManager tokens, Caller caller, ApiRequest request) {
    this.tokens = tokens;
    this.caller = caller;
    this.request = request;
  }

  /**
   * Returns the changes of the manager, made by this caller. Events name the caller and the client's address.
   *
   * <p>Judges the token of the request again, without a cache: since it was accepted, the client may have taken hours to
   * send the body, or another node may have revoked the token or taken rights from it.
   */
  TokenChanges changes() throws ApiException {
    TokenChanges changes = acting();
    Optional<Verdict.Accepted> present = recheck(changes);
    if (present.filter(Verdict.Accepted::byPrevious).isPresent()) {
      throw new ApiException(Responses.REPLACED_PLAINTEXT);
    }
    if (present.isPresent() && hasLostRights(present.get().token())) {
      throw new ApiException(Responses.RIGHTS_LOST_MEANWHILE);
    }
    return changes;
  }

  /** Judges the token of the request again for a long response. */
  void requireValid() throws ApiException {
    reading();
  }

  /** Returns the manager in the name of this caller, like {@link #changes}, for operations that change no token. */
  TokenChanges reading() throws ApiException {
    TokenChanges reading = acting();
    Optional<Verdict.Accepted> present = recheck(reading);
    if (present.isPresent() && hasLostRights(present.get().token())) {
      throw new ApiException(Responses.RIGHTS_LOST_MEANWHILE);
    }
    return reading;
  }

  private TokenChanges acting() {
    return tokens.actingAs(actor(), request.clientAddress());
  }

  /** Returns the present verdict; empty if the request came without a token. */
  private Optional<Verdict.Accepted> recheck(TokenChanges changes) throws ApiException {
    if (caller.proof().isEmpty()) {
      return Optional.empty();
    }
    if (changes.recheck(caller.proof().get()) instanceof Verdict.Accepted accepted) {
      return Optional.of(accepted);
    }
    throw new ApiException(Responses.REVOKED_MEANWHILE);
  }

  /** The policy and the comparison of rights have only seen the token as it was accepted. */
  private boolean hasLostRights(Token present) {
    Token accepted = caller.proof().orElseThrow().token();
    Set<String> ranges = present.allowedAddresses();
    return !accepted.effectiveScopes().stream().allMatch(present::permits)
        || !(ranges.isEmpty() || ranges.equals(accepted.allowedAddresses()))
        || !Caller.endsNoLater(accepted.expiresAt(), present.expiresAt());
  }

  /** Returns the token or the logged-in user. The owner comes last, because a policy may admit a user for a team. */
  private Actor actor() {
    return caller
        .proof()
        .map(accepted -> Actor.token(accepted.token().id()))
        .or(() -> Stream.of(request.user().orElse(""), caller.owner())
            .filter(Predicate.not(String::isEmpty))
            .map(Actor::user)
            .findFirst())
        .orElse(Actor.ANONYMOUS);
  }
}

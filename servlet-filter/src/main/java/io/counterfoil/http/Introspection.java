package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells another system whether a plaintext that it has received is valid: OAuth 2.0 Token Introspection (RFC 7662).
 *
 * <p>A request is a {@code POST} of a form ({@code application/x-www-form-urlencoded}, at most 16 KiB) to the path at which this
 * handler is mounted. The parameter {@code token} is the plaintext. Other parameters, such as {@code token_type_hint}, are
 * ignored, but none may be repeated or wrongly encoded.
 *
 * <p>The caller is a token that the policy allows. A login of the host is not enough, because a page of another site can send a
 * form with cookies (CWE-352), and a login in the same request adds no right. The caller may ask about the tokens of its own
 * owner, or of {@linkplain Caller#ofAllOwners all owners}. About every other text, valid or not, it gets the response for an
 * inactive token, which is exactly {@code {"active":false}}. A caller whose plaintext a rotation has replaced may ask until the
 * overlap ends.
 *
 * <p>The response for an active token has these members:
 *
 * <ul>
 *   <li>{@code active}: {@code true}
 *   <li>{@code scope}: the {@linkplain Token#effectiveScopes effective scopes}, separated by spaces; {@code *} alone for an
 *       unrestricted token; absent if the token has no scopes
 *   <li>{@code client_id}: {@code token:} and the id of the token
 *   <li>{@code username} and {@code sub}: the owner of the token; the value of {@code client_id} if it has none
 *   <li>{@code token_type}: {@code Bearer}
 *   <li>{@code iat}: when the token was created, in seconds since 1970. A rotation does not change it
 *   <li>{@code exp}: when the token expires or, for a replaced plaintext, when the overlap ends, whichever is earlier; absent if
 *       there is neither
 *   <li>{@code jti}: the id of the token, as a string
 * </ul>
 *
 * <p>A token is active if {@link TokenManager#authenticate(String)} accepts the plaintext. So a token that is bound to addresses
 * is inactive: nobody has told this handler the address of the client. An active token counts as used, so that a token that is
 * used only by way of introspection does not become idle. The audit log gets the events of an authentication, with the caller
 * as their actor and with its address.
 *
 * <p>Other responses have the envelope of {@link TokenApi}: 400, 403, 404, 405, 408, 413, 415 and 503, for the same reasons as
 * there. After 20 texts in a minute that no token has about which the caller may ask, further ones from this address get 429
 * with {@code Retry-After}. Every token that is found is still answered. Safe for use by many threads.
 */
public final class Introspection implements ApiHandler {
  private static final ApiResponse INACTIVE = Responses.withoutEnvelope(json -> {
    json.writeStartObject();
    json.writeBooleanField("active", false);
    json.writeEndObject();
  });

  private final ApiHandler guarded;
  private final MissThrottle misses;

  private Introspection(TokenManager tokens, ManagementPolicy policy, LongSupplier nanos) {
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(policy, "policy");
    misses = new MissThrottle(nanos);
    guarded = GuardedHandler.reading(tokens, request -> bearer(policy, request), this::introspect);
  }

  /** Returns a handler for the tokens of this manager, and for callers with a token that the policy allows. */
  public static Introspection of(TokenManager tokens, ManagementPolicy policy) {
    return new Introspection(tokens, policy, System::nanoTime);
  }

  /** For tests that control the time of the throttle. */
  static Introspection timed(TokenManager tokens, ManagementPolicy policy, LongSupplier nanos) {
    return new Introspection(tokens, policy, nanos);
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    return guarded.handle(request);
  }

  private static Optional<Caller> bearer(ManagementPolicy policy, ApiRequest request) {
    return request.accepted().isPresent() ? policy.caller(request) : Optional.empty();
  }

  private ApiResponse introspect(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    Operations.requireMount(path);
    Operations.requirePost(request);
    RequestBody.requireForm(request);
    String plaintext = QueryParameters.single(RequestBody.text(request), "token");
    Verdict verdict = tokens.introspect(plaintext);
    if (verdict instanceof Verdict.Accepted accepted) {
      return Responses.withoutEnvelope(json -> write(json, accepted));
    }
    boolean isKnown = ((Verdict.Rejected) verdict).tokenId().isPresent();
    return isKnown ? INACTIVE : misses.answer(request, INACTIVE);
  }

  private static void write(JsonGenerator json, Verdict.Accepted accepted) throws IOException {
    Token token = accepted.token();
    json.writeStartObject();
    json.writeBooleanField("active", true);
    if (token.scopes().contains(Token.UNRESTRICTED)) {
      json.writeStringField("scope", Token.UNRESTRICTED);
    } else if (!token.effectiveScopes().isEmpty()) {
      json.writeStringField("scope", String.join(" ", token.effectiveScopes()));
    }
    json.writeStringField("client_id", "token:" + token.id());
    json.writeStringField("username", token.userName());
    json.writeStringField("token_type", "Bearer");
    if (accepted.validUntil().isPresent()) {
      json.writeNumberField("exp", accepted.validUntil().get().getEpochSecond());
    }
    json.writeNumberField("iat", token.createdAt().getEpochSecond());
    json.writeStringField("sub", token.userName());
    json.writeStringField("jti", String.valueOf(token.id()));
    json.writeEndObject();
  }
}

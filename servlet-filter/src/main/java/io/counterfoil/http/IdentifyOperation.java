package io.counterfoil.http;

import io.counterfoil.Token;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Finds the token of a plaintext. The plaintext is never logged or sent back. Misses are limited per client address. */
final class IdentifyOperation {
  private final MissThrottle misses;

  IdentifyOperation(LongSupplier nanos) {
    misses = new MissThrottle(nanos);
  }

  ApiResponse run(CallerTokens tokens, String path, ApiRequest request) throws ApiException {
    Operations.requireEmpty(path);
    Operations.requirePost(request);
    RequestBody.requireJson(request);
    String plaintext = JsonObject.readSingle(
        RequestBody.text(request), "token", JsonMember.STRING_EXPECTED, JsonMember::string);
    Optional<Token> token = tokens.identify(plaintext);
    return token.isPresent()
        ? Responses.token(token.get(), tokens.json())
        : misses.answer(request, Responses.NO_SUCH_TOKEN);
  }
}

package io.counterfoil.http;

import io.counterfoil.Token;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Finds the token of a plaintext. The plaintext is never logged or sent back. Misses are limited per client address. */
final class IdentifyOperation {
  /** Enough for a person who has found several plaintexts. */
  static final int ALLOWED_MISSES = 20;

  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final ApiResponse TOO_MANY_MISSES = Responses.failure(
      429,
      "too many plaintexts that no token has, try again later",
      Map.of("Retry-After", String.valueOf(WINDOW.toSeconds())));

  private final FailureThrottle misses;

  IdentifyOperation(LongSupplier nanos) {
    misses = new FailureThrottle(ALLOWED_MISSES, WINDOW, nanos);
  }

  ApiResponse run(CallerTokens tokens, String path, ApiRequest request) throws ApiException {
    Operations.requireEmpty(path);
    Operations.requirePost(request);
    RequestBody.requireJson(request);
    String plaintext = JsonObject.readSingle(
        RequestBody.text(request), "token", JsonMember.STRING_EXPECTED, JsonMember::string);
    Optional<Token> token = tokens.identify(plaintext);
    return token.isPresent() ? Responses.token(token.get(), tokens.json()) : miss(request);
  }

  /** As with rejected tokens, only misses are throttled: a hit is answered, no matter how many misses came before. */
  private ApiResponse miss(ApiRequest request) {
    Optional<InetAddress> client = request.clientAddress().or(request::remoteAddress);
    return client.filter(misses::exceedsLimit).isPresent()
        ? TOO_MANY_MISSES
        : Responses.NO_SUCH_TOKEN;
  }
}

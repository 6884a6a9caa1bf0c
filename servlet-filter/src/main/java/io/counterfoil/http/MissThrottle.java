package io.counterfoil.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Limits how many texts that are no plaintexts a client may ask about. As with rejected tokens, only misses are limited: a hit
 * is answered, no matter how many misses came before.
 */
final class MissThrottle {
  /** Enough for a person who has found several plaintexts. */
  static final int ALLOWED_MISSES = 20;

  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final ApiResponse TOO_MANY_MISSES = Responses.failure(
      429,
      "too many plaintexts that no token has, try again later",
      Map.of("Retry-After", String.valueOf(WINDOW.toSeconds())));

  private final FailureThrottle misses;

  MissThrottle(LongSupplier nanos) {
    misses = new FailureThrottle(ALLOWED_MISSES, WINDOW, nanos);
  }

  /** Counts a miss. Returns the response to it, or 429 if its client had too many. */
  ApiResponse answer(ApiRequest request, ApiResponse miss) {
    Optional<InetAddress> client = request.clientAddress().or(request::remoteAddress);
    return client.filter(misses::exceedsLimit).isPresent() ? TOO_MANY_MISSES : miss;
  }
}

package io.counterfoil.examples.springboot;

import io.counterfoil.TokenManager;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes tokens that expired long ago. Until then, the page shows people what they had. */
@Component
class ExpiredTokens {
  private static final Duration KEEP_EXPIRED = Duration.ofDays(90);

  private final TokenManager tokens;

  ExpiredTokens(TokenManager tokens) {
    this.tokens = tokens;
  }

  @Scheduled(cron = "0 0 3 * * *") // each night, on every node
  void deleteOld() {
    Instant longAgo = tokens.clock().instant().minus(KEEP_EXPIRED);
    while (tokens.deleteExpired(longAgo, 500) > 0) {
      // there may be more
    }
  }
}

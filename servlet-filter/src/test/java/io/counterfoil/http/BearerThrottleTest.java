package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.CountingStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Addresses with too many failed attempts are throttled. */
class BearerThrottleTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final CountingStore store = new CountingStore();
  private final TokenManager tokens = TokenManager.builder(store).recordNoUses().build();
  private final String good = tokens.create(NewToken.named("good")).reveal();
  private final String unknown = TokenManager.builder(new CountingStore())
      .build()
      .create(NewToken.named("x"))
      .reveal();

  /** Overflows during the tests, as {@link System#nanoTime} may. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - MINUTE / 2);

  private final BearerAuthenticator bearer = throttled().build();

  private BearerAuthenticator.Builder throttled() {
    return BearerAuthenticator.builder(tokens)
        .throttle(3, Duration.ofMinutes(1))
        .nanos(nanos::get);
  }

  private static FakeRequest request(String address, String plaintext) {
    return FakeRequest.get("/").from(address).field("Authorization", "Bearer " + plaintext);
  }

  private int reject(BearerAuthenticator check, String address, String plaintext) {
    Outcome outcome = check.check(request(address, plaintext));
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).answer().status();
  }

  @Test
  void after_too_many_rejected_attempts_an_address_is_answered_429_until_the_window_ends() {
    for (String wrong : List.of(unknown, "nonsense", unknown)) {
      assertThat(reject(bearer, "192.0.2.1", wrong)).isEqualTo(401);
    }
    for (int i = 0; i < 5; i++) {
      Refused refused = (Refused) bearer.check(request("192.0.2.1", unknown));
      assertThat(refused.answer().status()).isEqualTo(429);
      assertThat(refused.answer().headers()).containsEntry("Retry-After", "60");
    }
    assertThat(reject(bearer, "192.0.2.2", unknown)).as("another address").isEqualTo(401);
    nanos.addAndGet(MINUTE - 1);
    assertThat(reject(bearer, "192.0.2.1", unknown)).isEqualTo(429);
    nanos.addAndGet(1);
    assertThat(reject(bearer, "192.0.2.1", unknown)).isEqualTo(401);
  }

  @Test
  void a_valid_token_is_accepted_from_a_throttled_address_and_does_not_count() {
    for (int i = 0; i < 10; i++) {
      assertThat(bearer.check(request("192.0.2.1", good))).isInstanceOf(Granted.class);
    }
    assertThat(reject(bearer, "192.0.2.1", unknown)).isEqualTo(401);
    for (int i = 0; i < 10; i++) {
      bearer.check(request("192.0.2.1", unknown));
    }
    assertThat(bearer.check(request("192.0.2.1", good))).isInstanceOf(Granted.class);
  }

  @Test // K3
  void a_rejected_attempt_costs_at_most_one_lookup() {
    store.lookups();
    for (int i = 0; i < 10; i++) {
      bearer.check(request("192.0.2.1", unknown));
      bearer.check(request("192.0.2.1", "nonsense"));
    }
    assertThat(store.lookups()).isEqualTo(10);
  }

  @Test
  void ipv6_addresses_are_counted_by_network() {
    for (int i = 1; i <= 3; i++) {
      assertThat(reject(bearer, "2001:db8::" + i, unknown)).isEqualTo(401);
    }
    assertThat(reject(bearer, "2001:db8::ffff:4", unknown)).isEqualTo(429);
    assertThat(reject(bearer, "2001:db8:0:1::1", unknown)).isEqualTo(401);
  }

  @Test // K2, K4
  void memory_is_bounded_and_freed_after_a_window() {
    for (int i = 0; i < FailureThrottle.MAX_ADDRESSES; i++) {
      bearer.check(request("10.0." + (i >> 8) + '.' + (i & 0xff), unknown));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(reject(bearer, "192.0.2.1", unknown))
          .as("the table of addresses is full")
          .isEqualTo(401);
    }
    nanos.addAndGet(MINUTE);
    for (int i = 0; i < 3; i++) {
      assertThat(reject(bearer, "192.0.2.1", unknown)).isEqualTo(401);
    }
    assertThat(reject(bearer, "192.0.2.1", unknown)).isEqualTo(429);
  }

  @Test
  void by_default_and_without_an_address_attempts_are_not_counted() {
    BearerAuthenticator free = BearerAuthenticator.builder(tokens).build();
    for (int i = 0; i < 10; i++) {
      assertThat(reject(bearer, "nowhere", unknown)).isEqualTo(401);
      assertThat(reject(free, "192.0.2.1", unknown)).isEqualTo(401);
    }
  }

  @Test
  void with_hidden_existence_a_throttled_address_still_gets_404() {
    BearerAuthenticator concealed = throttled().hideExistence().build();
    for (int i = 0; i < 10; i++) {
      assertThat(reject(concealed, "192.0.2.1", unknown)).isEqualTo(404);
    }
  }

  @Test
  void an_invalid_limit_is_refused() {
    BearerAuthenticator.Builder builder = BearerAuthenticator.builder(tokens);
    for (Duration window : List.of(Duration.ofMillis(999), Duration.ofDays(1).plusNanos(1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder.throttle(1, window));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.throttle(0, Duration.ofMinutes(1)))
        .withMessage("throttle: 0 in PT1M (expected: at least 1 in a window of PT1S to PT24H)");
  }
}

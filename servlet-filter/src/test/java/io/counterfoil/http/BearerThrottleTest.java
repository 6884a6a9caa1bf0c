package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.CountingStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static int reject(BearerAuthenticator check, String address, String plaintext) {
    return reject(check, request(address, plaintext));
  }

  private static int reject(BearerAuthenticator check, FakeRequest request) {
    Outcome outcome = check.check(request);
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
      assertThat(refused.answer().headers()).containsEntry("Retry-After", List.of("60"));
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

  @Test // P9
  void addresses_of_one_site_that_fill_the_table_keep_nobody_else_from_being_counted() {
    for (int i = 0; i < FailureThrottle.MAX_ADDRESSES; i++) {
      bearer.check(request("2001:db8:0:" + Integer.toHexString(i) + "::1", unknown));
    }
    for (int i = 1; i <= 3; i++) {
      assertThat(reject(bearer, "2001:db8:1:" + i + "::1", unknown)).isEqualTo(401);
      assertThat(reject(bearer, "192.0.2." + i, unknown)).isEqualTo(401);
    }
    assertThat(reject(bearer, "2001:db8:1:4::1", unknown))
        .as("the same 48 bits")
        .isEqualTo(429);
    assertThat(reject(bearer, "2001:db8:2::1", unknown)).as("other 48 bits").isEqualTo(401);
    assertThat(reject(bearer, "192.0.2.4", unknown)).as("the same 24 bits").isEqualTo(429);
    assertThat(reject(bearer, "192.0.3.1", unknown)).as("other 24 bits").isEqualTo(401);
    assertThat(reject(bearer, "2001:db8::1", unknown)).as("in the table").isEqualTo(401);
    nanos.addAndGet(MINUTE);
    for (int i = 1; i <= 4; i++) {
      assertThat(reject(bearer, "192.0.2." + i, unknown))
          .as("the table has room")
          .isEqualTo(401);
    }
  }

  @Test // P9, K2
  void memory_is_bounded_and_even_then_every_attempt_is_counted() {
    for (int i = 0; i < 2 * FailureThrottle.MAX_ADDRESSES; i++) {
      bearer.check(request("2001:db8:" + Integer.toHexString(i) + "::1", unknown));
    }
    for (String address : List.of("192.0.2.1", "198.51.100.1", "2001:db8:ffff::1")) {
      assertThat(reject(bearer, address, unknown)).isEqualTo(401);
    }
    assertThat(reject(bearer, "203.0.113.1", unknown)).isEqualTo(429);
    assertThat(bearer.check(request("203.0.113.1", good))).isInstanceOf(Granted.class);
    nanos.addAndGet(MINUTE);
    for (int i = 0; i < 3; i++) {
      assertThat(reject(bearer, "203.0.113.1", unknown)).isEqualTo(401);
    }
    assertThat(reject(bearer, "203.0.113.1", unknown)).isEqualTo(429);
  }

  @Test // P9
  void an_address_that_exceeds_its_limit_stays_throttled_while_the_table_is_full() {
    for (int i = 0; i < 3; i++) {
      assertThat(reject(bearer, "203.0.113.1", unknown)).isEqualTo(401);
    }
    for (int i = 0; i < FailureThrottle.MAX_ADDRESSES; i++) {
      bearer.check(request("10.0." + (i >> 8) + '.' + (i & 0xff), unknown));
    }
    assertThat(reject(bearer, "203.0.113.1", unknown)).isEqualTo(429);
  }

  @Test // P9
  void a_full_table_is_logged_once() {
    String log = CapturedLog.of(() -> {
      for (int i = 0; i < FailureThrottle.MAX_ADDRESSES + 500; i++) {
        bearer.check(request("10.0." + (i >> 8) + '.' + (i & 0xff), unknown));
      }
    });
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("WARN io.counterfoil.http - Rejected attempts came from 10000 addresses");
  }

  @Test // P9
  void behind_a_proxy_an_address_that_cannot_be_read_counts_as_the_proxys() {
    BearerAuthenticator proxied = throttled()
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.0/8")
        .build();
    BearerAuthenticator standard =
        throttled().trustedProxies(ForwardedHeader.FORWARDED, "10.0.0.0/8").build();
    for (BearerAuthenticator check : List.of(proxied, standard)) {
      for (String wrong : List.of("unknown", "for=_hidden", "\"")) {
        assertThat(reject(check, forwarded("10.0.0.1", wrong))).isEqualTo(401);
      }
      assertThat(reject(check, request("10.0.0.1", unknown))).as("no header").isEqualTo(429);
      assertThat(reject(check, forwarded("10.0.0.1", "for=\"x"))).isEqualTo(429);
      assertThat(reject(check, forwarded("10.0.0.2", "unknown"))).isEqualTo(401);
    }
  }

  @ParameterizedTest // P9
  @ValueSource(strings = {"\"", "\"x", "x=\"", "for=\"", "\\", "\"\\", "unknown", ","})
  void a_client_cannot_avoid_the_throttle_by_what_it_sends_in_the_forwarded_header(String sent) {
    for (ForwardedHeader header : ForwardedHeader.values()) {
      BearerAuthenticator check =
          throttled().trustedProxies(header, "10.0.0.0/8").build();
      String client = header == ForwardedHeader.FORWARDED ? "for=192.0.2.1" : "192.0.2.1";
      for (int i = 0; i < 3; i++) {
        assertThat(reject(check, forwarded("10.0.0.1", sent + i + ", " + client)))
            .isEqualTo(401);
      }
      assertThat(reject(check, forwarded("10.0.0.1", sent + ", " + client)))
          .as("appended to the line of the client")
          .isEqualTo(429);
      for (int i = 0; i < 3; i++) {
        reject(check, forwarded("10.0.0.1", sent, client));
      }
      assertThat(reject(check, forwarded("10.0.0.1", sent, client)))
          .as("appended as another line")
          .isEqualTo(429);
    }
  }

  private FakeRequest forwarded(String socket, String... lines) {
    FakeRequest request = request(socket, unknown);
    for (String line : lines) {
      request.field("Forwarded", line).field("X-Forwarded-For", line);
    }
    return request;
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

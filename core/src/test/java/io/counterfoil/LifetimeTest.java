package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String HASH = "0123456789abcdefABCDEF" + "0".repeat(42);

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager free =
      TokenManager.builder(store).clock(clock).recordNoUses().build();
  private final TokenManager tokens = TokenManager.builder(store)
      .clock(clock)
      .recordNoUses()
      .maxLifetime(Duration.ofDays(90))
      .build();

  @Test
  void the_longest_lifetime_is_allowed_at_a_moment_between_two_milliseconds() {
    Instant now = Instant.parse("2026-01-02T03:04:05.678900Z");
    TokenManager precise = TokenManager.builder(store)
        .clock(new TestClock(now.toString()))
        .maxLifetime(Duration.ofDays(90))
        .build();
    NewToken newToken = NewToken.named("precise").expiresAt(now.plus(Duration.ofDays(90)));
    assertThat(precise.create(newToken).token().expiresAt())
        .contains(Instant.parse("2026-04-02T03:04:05.678Z"));
  }

  @Test // J4
  void a_token_may_live_as_long_as_the_limit_and_no_millisecond_longer() {
    Instant limit = START.plus(Duration.ofDays(90));
    Instant tolerated = limit.plusSeconds(60);
    assertThat(tokens.create(NewToken.named("at").expiresAt(limit)).token().expiresAt())
        .contains(limit);
    assertThat(tokens
            .create(NewToken.named("by a clock ahead").expiresAt(tolerated))
            .token())
        .extracting(Token::expiresAt)
        .isEqualTo(Optional.of(limit));
    assertThat(tokens.importHashed(NewToken.named("old").expiresAt(tolerated), HASH, true, START))
        .extracting(Token::expiresAt)
        .isEqualTo(Optional.of(limit));
    NewToken over = NewToken.named("over").expiresAt(tolerated.plusMillis(1));
    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> tokens.create(over))
        .withMessage("expiresAt: 2026-04-02T03:05:05.679Z (expected: at most PT2160H from now)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.importHashed(over, HASH, true, START));
    assertThat(tokens.list()).hasSize(3);
  }

  @Test
  void a_lifetime_begins_at_the_creation_by_the_clock_of_the_manager() {
    NewToken longest = NewToken.named("a").expiresIn(Duration.ofDays(90));
    clock.advance(Duration.ofHours(1));
    assertThat(tokens.expiryOf(longest)).contains(START.plus(Duration.ofHours(90 * 24 + 1)));
    assertThat(tokens.create(longest).token().expiresAt()).isEqualTo(tokens.expiryOf(longest));
    assertThat(tokens.maxLifetime()).contains(Duration.ofDays(90));
    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() ->
            tokens.create(NewToken.named("b").expiresIn(Duration.ofDays(90).plusNanos(1))))
        .withMessage("expiresIn: PT2160H0.000000001S (expected: at most PT2160H)");
    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> tokens.create(NewToken.named("c").expiresIn(Duration.ofNanos(1))))
        .withMessageEndingWith("(expected: in the future)");
    assertThat(tokens.list()).hasSize(1);
  }

  @Test // J4
  void a_lifetime_is_positive_and_at_most_36500_days() {
    NewToken newToken = NewToken.named("a");
    Duration longest = Duration.ofDays(36_500);
    assertThat(newToken.expiresIn(longest).expiresIn()).contains(longest);
    for (Duration wrong :
        new Duration[] {Duration.ZERO, Duration.ofNanos(-1), longest.plusNanos(1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> newToken.expiresIn(wrong))
          .withMessageContaining("(expected: more than zero, at most PT876000H)");
    }
  }

  @Test
  void with_a_maximum_lifetime_a_token_without_expiry_must_be_requested_explicitly() {
    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> tokens.create(NewToken.named("ci")))
        .withMessage("expiresAt: none (expected: at most PT2160H from now)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.importHashed(NewToken.named("ci"), HASH, true, START));
    assertThat(tokens.create(NewToken.named("ci").neverExpires()).token().expiresAt())
        .isEmpty();
    tokens.importHashed(NewToken.named("old").neverExpires(), HASH, true, START);
  }

  @Test
  void the_last_of_two_expiry_settings_wins() {
    NewToken never = NewToken.named("a").expiresAt(START.plusSeconds(1)).neverExpires();
    assertThat(tokens.create(never).token().expiresAt()).isEmpty();
    NewToken soon = NewToken.named("b").neverExpires().expiresAt(START.plusSeconds(1));
    assertThat(tokens.create(soon).token().expiresAt()).contains(START.plusSeconds(1));
    NewToken later = soon.expiresIn(Duration.ofSeconds(2));
    assertThat(later.expiresAt()).isEmpty();
    assertThat(tokens.expiryOf(later)).contains(START.plusSeconds(2));
    assertThat(tokens.expiryOf(later.scopes("a").owner("b").allowedAddresses("::1")))
        .contains(START.plusSeconds(2));
    assertThat(tokens.expiryOf(later.expiresAt(START))).contains(START);
    assertThat(tokens.expiryOf(later.neverExpires())).isEmpty();
  }

  @Test
  void a_rotation_gives_no_plaintext_that_outlives_the_limit() {
    free.create(NewToken.named("long").expiresAt(START.plus(Duration.ofDays(91).plusMinutes(2))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.rotate(1, Duration.ZERO))
        .withMessageContaining("(expected: at most PT2160H from now)");
    clock.advance(Duration.ofDays(1).plusMinutes(1).minusMillis(1));
    assertThatIllegalArgumentException().isThrownBy(() -> tokens.rotate(1, Duration.ZERO));
    clock.advance(
        Duration.ofMillis(1)); // the clock of the node that created it may be a minute ahead
    assertThat(tokens.rotate(1, Duration.ZERO)).isPresent();
  }

  @Test
  void a_very_long_limit_does_not_overflow() {
    TokenManager ages = TokenManager.builder(store)
        .clock(clock)
        .maxLifetime(Duration.ofSeconds(Long.MAX_VALUE))
        .build();
    ages.create(NewToken.named("ci").expiresAt(RequestedExpiry.LAST));
  }

  @Test
  void a_limit_is_positive() {
    for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TokenManager.builder(store).maxLifetime(wrong))
          .withMessageContaining("(expected: more than zero)");
    }
  }

  @Test
  void expiring_tokens_are_valid_now_and_will_expire_within_the_time() {
    create("over", 1);
    create("soon", 3_600);
    create("later", 3_601);
    free.create(NewToken.named("never"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(free.expiring(Duration.ofSeconds(3_599)))
        .extracting(Token::name)
        .containsExactly("soon");
    assertThat(free.expiring(Duration.ZERO)).isEmpty();
    assertThat(free.expiring(Duration.ofSeconds(Long.MAX_VALUE)))
        .extracting(Token::name)
        .containsExactly("soon", "later");
  }

  @Test
  void unused_tokens_are_those_known_to_be_unused() {
    TokenManager watching = TokenManager.builder(store).clock(clock).build();
    watching.create(NewToken.named("never used"));
    String old = watching.create(NewToken.named("used long ago")).reveal();
    String recent = watching.create(NewToken.named("used recently")).reveal();
    free.create(NewToken.named("never tracked"));
    clock.advance(Duration.ofDays(1));
    watching.authenticate(old);
    clock.advance(Duration.ofDays(30));
    watching.authenticate(recent);
    watching.create(NewToken.named("young"));
    watching.close();
    assertThat(free.unused(clock.instant().minus(Duration.ofDays(29))))
        .extracting(Token::name)
        .containsExactly("never used", "used long ago");
    assertThat(free.unused(START)).isEmpty();
  }

  @Test
  void expired_tokens_are_deleted_in_batches() {
    for (int i = 1; i <= 5; i++) {
      create("t" + i, i);
    }
    clock.advance(Duration.ofSeconds(4));
    assertThat(free.deleteExpired(clock.instant(), 2)).isEqualTo(2);
    assertThat(free.deleteExpired(clock.instant(), 2)).isEqualTo(1);
    assertThat(free.list()).extracting(Token::name).containsExactly("t4", "t5");
  }

  @Test
  void a_token_that_has_not_expired_is_never_deleted_as_expired() {
    create("t", 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> free.deleteExpired(START.plusNanos(1), 10))
        .withMessageContaining("(expected: at most 2026-01-02T03:04:05.678Z)");
    assertThat(free.list()).hasSize(1);
  }

  @Test
  void a_limit_below_1_is_refused() {
    create("t", 1);
    clock.advance(Duration.ofSeconds(2));
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> free.deleteExpired(clock.instant(), limit))
          .withMessage("limit: " + limit + " (expected: at least 1)");
    }
    assertThat(free.list()).hasSize(1);
  }

  @Test
  void an_imported_token_may_have_expired_already() {
    String plaintext = "x".repeat(48);
    TokenManager foreign =
        TokenManager.builder(store).clock(clock).acceptForeign(48, 48).build();
    String hash = java.util.HexFormat.of().formatHex(Hashes.sha256(plaintext).bytes());
    foreign.importHashed(
        NewToken.named("old").expiresAt(START.minusSeconds(1)), hash, true, Instant.EPOCH);
    assertThat(foreign.authenticate(plaintext)).isNotInstanceOf(Accepted.class);
  }

  private void create(String name, int seconds) {
    free.create(NewToken.named(name).expiresAt(START.plusSeconds(seconds)));
  }
}

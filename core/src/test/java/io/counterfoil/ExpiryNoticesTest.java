package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.spy;

import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryNoticesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens = manager();
  private final List<String> notices = new ArrayList<>();

  private TokenManager manager() {
    return TokenManager.builder(store).clock(clock).build();
  }

  private void create(String name, Duration lifetime) {
    tokens.create(NewToken.named(name).expiresIn(lifetime));
  }

  private int run() {
    return manager().notifyExpiring(WEEK, token -> notices.add(token.name()));
  }

  @Test
  void one_notice_is_given_about_a_token_that_will_expire() {
    create("soon", WEEK);
    create("later", WEEK.plusMillis(1));
    tokens.create(NewToken.named("never"));
    create("disabled", WEEK);
    tokens.disable(4);
    assertThat(run()).isEqualTo(1);
    assertThat(notices).containsExactly("soon");
    assertThat(run()).isZero();
    clock.advance(WEEK.minusMillis(1));
    assertThat(run()).isEqualTo(1);
    assertThat(notices).containsExactly("soon", "later");
    clock.advance(Duration.ofMillis(1));
    assertThat(run()).isZero(); // expired
  }

  @Test
  void a_time_that_is_not_positive_is_refused() {
    for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokens.notifyExpiring(wrong, token -> notices.add("wrong")))
          .withMessage("within: " + wrong + " (expected: more than zero)");
    }
  }

  @Test
  void another_notice_is_given_for_a_new_expiry() {
    create("ci", Duration.ofDays(1));
    run();
    tokens.update(1, TokenUpdate.none().description("no new expiry"));
    assertThat(run()).isZero();
    tokens.update(1, TokenUpdate.none().expiresIn(Duration.ofDays(10)));
    assertThat(run()).isZero();
    clock.advance(Duration.ofDays(4));
    assertThat(run()).isEqualTo(1);
    tokens.update(1, TokenUpdate.none().expiresIn(Duration.ofHours(1))); // ends earlier
    assertThat(run()).isEqualTo(1);
  }

  @Test
  void one_of_several_nodes_that_run_at_the_same_time_gives_the_notice() {
    create("ci", Duration.ofDays(1));
    TokenManager other = manager();
    int given = tokens.notifyExpiring(WEEK, token -> {
      notices.add("first");
      other.notifyExpiring(WEEK, again -> notices.add("second"));
    });
    assertThat(given).isEqualTo(1);
    assertThat(notices).containsExactly("first");
  }

  @Test // as after kill -9
  void a_notice_that_was_not_noted_is_repeated_after_ten_minutes() {
    create("ci", Duration.ofDays(1));
    TokenStore killed = spy(store);
    doAnswer(call -> call.callRealMethod())
        .doAnswer(call -> {
          throw new StackOverflowError();
        })
        .when(killed)
        .update(any());
    TokenManager dying = TokenManager.builder(killed).clock(clock).build();
    assertThatThrownBy(() -> dying.notifyExpiring(WEEK, token -> notices.add(token.name())))
        .isInstanceOf(StackOverflowError.class);
    clock.advance(ExpiryNotices.CLAIM.minusMillis(1));
    assertThat(run()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(run()).isEqualTo(1);
    assertThat(notices).containsExactly("ci", "ci");
    assertThat(run()).isZero();
  }

  @Test
  void a_consumer_that_fails_does_not_prevent_the_others_and_is_asked_again() {
    create("a", WEEK);
    create("b", WEEK);
    create("c", WEEK);
    assertThatThrownBy(() -> tokens.notifyExpiring(WEEK, token -> {
          notices.add(token.name());
          if (!token.name().equals("b")) {
            throw new IllegalStateException(token.name());
          }
        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a")
        .hasSuppressedException(new IllegalStateException("c"));
    assertThat(notices).containsExactly("a", "b", "c");
    notices.clear();
    assertThat(run()).isEqualTo(2);
    assertThat(notices).containsExactly("a", "c");
  }

  @Test
  void another_notice_is_given_if_the_expiry_changes_during_the_notice() {
    create("ci", WEEK);
    tokens.notifyExpiring(
        WEEK, token -> tokens.update(1, TokenUpdate.none().expiresIn(Duration.ofDays(2))));
    assertThat(run()).isEqualTo(1);
  }

  @Test
  void no_notice_is_given_about_a_token_that_expires_during_other_notices() {
    create("first", WEEK);
    create("expired", Duration.ofHours(1));
    assertThat(tokens.notifyExpiring(WEEK, token -> {
          notices.add(token.name());
          clock.advance(Duration.ofHours(1));
        }))
        .isEqualTo(1);
    assertThat(notices).containsExactly("first");
  }

  @Test
  void a_notice_does_not_undo_a_change_that_was_made_directly_in_the_database() {
    create("first", WEEK);
    create("second", WEEK);
    tokens.notifyExpiring(WEEK, token -> {
      notices.add(token.name());
      store.replace(2, row -> row.toBuilder().enabled(false).build());
    });
    assertThat(notices).containsExactly("first");
    assertThat(store.findById(2).orElseThrow().enabled()).isFalse();
  }

  @Test
  void other_changes_during_a_notice_do_not_repeat_it() {
    create("ci", WEEK);
    create("gone", WEEK);
    tokens.notifyExpiring(WEEK, token -> {
      tokens.rotate(1, Duration.ZERO);
      tokens.delete(2);
    });
    assertThat(run()).isZero();
  }

  @Test // another node may have claimed it
  void a_token_that_changes_at_the_moment_of_the_claim_is_left_to_the_next_run() {
    create("ci", WEEK);
    TokenStore raced = spy(store);
    doReturn(false).when(raced).update(any());
    TokenManager other = TokenManager.builder(raced).clock(clock).build();
    assertThat(other.notifyExpiring(WEEK, token -> notices.add("wrong"))).isZero();
    assertThat(run()).isEqualTo(1);
    assertThat(notices).containsExactly("ci");
  }
}

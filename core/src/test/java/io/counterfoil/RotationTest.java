package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.spy;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens =
      TokenManager.builder(store).clock(clock).recordNoUses().build();

  @Test
  void a_rotated_token_is_the_same_token_with_another_plaintext() {
    NewToken newToken =
        NewToken.named("ci").owner("ann").scopes("read").expiresAt(START.plusSeconds(9_999));
    CreatedToken before = tokens.create(newToken);
    CreatedToken after = tokens.rotate(1, OVERLAP).orElseThrow();
    assertThat(after.token()).isEqualTo(before.token());
    assertThat(after.reveal()).isNotEqualTo(before.reveal()).startsWith("cf_");
    assertThat(tokens.find(1)).contains(before.token());
  }

  @Test
  void the_old_plaintext_is_accepted_until_the_overlap_ends() {
    String before = tokens.create(NewToken.named("ci")).reveal();
    String after = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    clock.set(START.plus(OVERLAP).minusMillis(1));
    assertThat(((Accepted) tokens.authenticate(before)).byPrevious()).isTrue();
    assertThat(((Accepted) tokens.authenticate(after)).byPrevious()).isFalse();
    clock.set(START.plus(OVERLAP));
    assertThat(tokens.authenticate(before)).isEqualTo(Rejected.UNKNOWN);
    assertThat(tokens.authenticate(after)).isInstanceOf(Accepted.class);
  }

  @Test
  void an_overlap_of_zero_ends_the_old_plaintext_at_once() {
    String before = tokens.create(NewToken.named("ci")).reveal();
    tokens.rotate(1, Duration.ZERO);
    assertThat(tokens.authenticate(before)).isEqualTo(Rejected.UNKNOWN);
    clock.set(START.minusSeconds(9)); // as on a node whose clock is behind
    assertThat(tokens.authenticate(before)).isEqualTo(Rejected.UNKNOWN);
  }

  @Test // even if a clock is set back
  void an_overlap_does_not_outlive_the_expiry_of_the_token() {
    Instant expiry = START.plus(OVERLAP.dividedBy(2));
    tokens.create(NewToken.named("ci").expiresAt(expiry));
    tokens.rotate(1, OVERLAP);
    assertThat(store.findById(1).orElseThrow().previous().orElseThrow().until()).isEqualTo(expiry);
  }

  @Test
  void two_rotations_within_an_overlap_leave_two_plaintexts() {
    String first = tokens.create(NewToken.named("ci")).reveal();
    String second = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    String third = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    assertThat(tokens.authenticate(first)).isEqualTo(Rejected.UNKNOWN);
    assertThat(tokens.authenticate(second)).isInstanceOf(Accepted.class);
    assertThat(tokens.authenticate(third)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_disabled_token_stays_disabled() {
    tokens.create(NewToken.named("ci"));
    tokens.disable(1);
    CreatedToken rotated = tokens.rotate(1, OVERLAP).orElseThrow();
    assertThat(rotated.token().enabled()).isFalse();
    assertThat(tokens.authenticate(rotated.reveal()))
        .isEqualTo(new Rejected(Reason.DISABLED, OptionalLong.of(1)));
  }

  @Test
  void a_token_that_has_expired_is_not_rotated() {
    tokens.create(NewToken.named("ci").expiresAt(START.plusSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.rotate(1, OVERLAP))
        .withMessage("expiresAt: 2026-01-02T03:04:06.678Z (expected: in the future)");
  }

  @Test
  void a_negative_overlap_is_refused_and_nothing_is_changed() {
    CreatedToken created = tokens.create(NewToken.named("ci"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.rotate(1, Duration.ofNanos(-1)))
        .withMessage("overlap: PT-0.000000001S (expected: zero or more)");
    assertThat(tokens.authenticate(created.reveal())).isInstanceOf(Accepted.class);
  }

  @Test
  void an_overlap_without_end_ends_with_the_last_year() {
    tokens.create(NewToken.named("ci"));
    tokens.rotate(1, Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(store.findById(1).orElseThrow().previous().orElseThrow().until())
        .isEqualTo(RequestedExpiry.LAST);
  }

  @Test // G1
  void of_two_rotations_at_the_same_time_one_wins_and_the_other_changes_nothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 200; round++) {
        long id = tokens.create(NewToken.named("round " + round)).token().id();
        Callable<Optional<CreatedToken>> rotation = () -> rotateUnlessAnotherCameFirst(id);
        List<String> revealed = new ArrayList<>();
        for (Future<Optional<CreatedToken>> done : threads.invokeAll(List.of(rotation, rotation))) {
          done.get().map(CreatedToken::reveal).ifPresent(revealed::add);
        }
        assertThat(revealed).isNotEmpty();
        for (String plaintext :
            revealed) { // if they ran one after the other, both may have succeeded
          assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  private Optional<CreatedToken> rotateUnlessAnotherCameFirst(long id) {
    try {
      return Optional.of(tokens.rotate(id, OVERLAP).orElseThrow());
    } catch (ConcurrentRotationException another) {
      return Optional.empty();
    }
  }

  @Test
  void the_second_of_two_rotations_throws_and_changes_nothing() {
    tokens.create(NewToken.named("ci"));
    StoredToken stale = store.findById(1).orElseThrow();
    tokens.rotate(1, OVERLAP);
    StoredToken row = store.findById(1).orElseThrow();
    TokenManager late =
        TokenManager.builder(storeThatReadsFirst(stale)).clock(clock).build();
    assertThatThrownBy(() -> late.rotate(1, OVERLAP))
        .isInstanceOf(ConcurrentRotationException.class)
        .hasMessage("another rotation of the token came first");
    assertThat(store.findById(1)).contains(row);
  }

  /** Returns a store whose first read by id returns a row from before a change by another caller. */
  private TokenStore storeThatReadsFirst(StoredToken stale) {
    TokenStore late = spy(store);
    doReturn(Optional.of(stale)).doCallRealMethod().when(late).findById(1);
    return late;
  }

  @Test
  void a_token_whose_hash_was_replaced_meanwhile_is_rotated() {
    String before = tokens.create(NewToken.named("ci")).reveal();
    StoredToken stale = store.findById(1).orElseThrow();
    Pepper pepper = Pepper.of("p", new byte[Pepper.MIN_LENGTH]);
    TokenManager.Builder peppered =
        TokenManager.builder(store).clock(clock).recordNoUses().peppers(pepper);
    assertThat(peppered.build().authenticate(before)).isInstanceOf(Accepted.class);
    TokenManager late = TokenManager.builder(storeThatReadsFirst(stale))
        .clock(clock)
        .recordNoUses()
        .peppers(pepper)
        .build();
    assertThat(late.rotate(1, OVERLAP)).isPresent();
    assertThat(peppered.build().authenticate(before)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_token_that_is_deleted_meanwhile_is_not_found() {
    tokens.create(NewToken.named("ci"));
    StoredToken stale = store.findById(1).orElseThrow();
    tokens.delete(1);
    TokenManager late =
        TokenManager.builder(storeThatReadsFirst(stale)).clock(clock).build();
    assertThat(late.rotate(1, OVERLAP)).isEmpty();
  }

  @Test // a broken store must not make the manager try forever
  void a_store_that_never_replaces_a_hash_has_failed() {
    tokens.create(NewToken.named("ci"));
    TokenStore broken = spy(store);
    doReturn(false).when(broken).update(any());
    TokenManager manager = TokenManager.builder(broken).clock(clock).build();
    assertThatThrownBy(() -> manager.rotate(1, OVERLAP))
        .isInstanceOf(TokenStoreException.class)
        .hasMessage("a token was not rotated, because it changed again and again");
  }

  @Test
  void a_token_is_rotated_by_name_and_only_for_its_owner() {
    tokens.create(NewToken.named("ci").owner("ann"));
    assertThat(tokens.rotate("", "ci", OVERLAP)).isEmpty();
    assertThat(tokens.rotate("ann", "CI", OVERLAP)).isEmpty();
    CreatedToken rotated = tokens.rotate("ann", "ci", OVERLAP).orElseThrow();
    assertThat(tokens.authenticate(rotated.reveal())).isInstanceOf(Accepted.class);
    assertThat(tokens.list()).hasSize(1);
  }

  @Test
  void rotating_a_missing_token_returns_empty() {
    assertThat(tokens.rotate(7, OVERLAP)).isEmpty();
    assertThat(tokens.rotate("", "nobody", OVERLAP)).isEmpty();
  }

  @Test
  void the_first_use_of_the_new_plaintext_ends_the_overlap_if_the_host_asks_for_it() {
    TokenManager strict =
        TokenManager.builder(store).clock(clock).endOverlapAtFirstUse().build();
    String before = strict.create(NewToken.named("ci")).reveal();
    String after = strict.rotate(1, OVERLAP).orElseThrow().reveal();
    assertThat(strict.authenticate(before)).isInstanceOf(Accepted.class);
    assertThat(strict.authenticate(after)).isInstanceOf(Accepted.class);
    assertThat(strict.authenticate(before)).isEqualTo(Rejected.UNKNOWN);
    clock.set(START.minusSeconds(9)); // as on a node whose clock is behind
    assertThat(tokens.authenticate(before)).isEqualTo(Rejected.UNKNOWN);
    assertThat(strict.identify(before))
        .hasValueSatisfying(token -> assertThat(token.id()).isEqualTo(1));
    strict.close();
  }

  @Test
  void the_first_use_ends_the_overlap_and_replaces_an_outdated_hash_at_once() {
    String before = tokens.create(NewToken.named("ci")).reveal();
    String after = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    TokenManager strict = TokenManager.builder(store)
        .clock(clock)
        .recordNoUses()
        .endOverlapAtFirstUse()
        .peppers(Pepper.of("p", new byte[Pepper.MIN_LENGTH]))
        .build();
    assertThat(strict.authenticate(after)).isInstanceOf(Accepted.class);
    assertThat(strict.reports().countByPepper()).containsOnlyKeys("p");
    assertThat(strict.authenticate(before)).isEqualTo(Rejected.UNKNOWN);
    assertThat(strict.authenticate(after)).isInstanceOf(Accepted.class);
  }
}

package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.internal.DaemonThreads;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IdleTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(30);

  /** A use may become known as late as this. */
  private static final Duration LAST_MOMENT = LONGEST.plus(INTERVAL).minusMillis(1);

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens = manager(store);

  private TokenManager manager(TokenStore of) {
    return TokenManager.builder(of)
        .clock(clock)
        .recordUses(INTERVAL)
        .maxIdle(LONGEST)
        .build();
  }

  private String idleAfter(Instant last) {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    store.recordUses(Map.of(1L, new StoredToken.Use(last, Optional.empty())), Instant.MAX);
    return plaintext;
  }

  private static Optional<Reason> reason(Verdict verdict) {
    return verdict instanceof Verdict.Rejected rejected
        ? Optional.of(rejected.reason())
        : Optional.empty();
  }

  @Test
  void a_token_that_was_never_used_is_idle_after_the_time() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    clock.set(START.plus(LAST_MOMENT).plusMillis(1));
    assertThat(tokens.isIdle(tokens.find(1).orElseThrow())).isTrue();
    assertThat(reason(tokens.authenticate(plaintext))).contains(Reason.IDLE);
    assertThat(reason(tokens.authenticate(plaintext))).contains(Reason.IDLE); // is no use
  }

  @Test // even if its last use is known late
  void a_token_that_was_used_in_time_is_accepted() {
    String plaintext = idleAfter(START.plusSeconds(60));
    clock.set(START.plusSeconds(60).plus(LAST_MOMENT));
    assertThat(tokens.isIdle(tokens.find(1).orElseThrow())).isFalse();
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    tokens.close();
    clock.advance(LAST_MOMENT);
    assertThat(manager(store).authenticate(plaintext)).isInstanceOf(Accepted.class);
  }

  @Test
  void an_update_a_rotation_and_enabling_make_an_idle_token_valid() {
    AtomicReference<String> plaintext =
        new AtomicReference<>(idleAfter(START)); // last used before the renewals
    List<Runnable> renewals = List.of(
        () -> tokens.update(1, TokenUpdate.none().description("x")),
        () -> plaintext.set(tokens.rotate(1, Duration.ZERO).orElseThrow().reveal()),
        () -> tokens.enable(1));
    for (Runnable renewal : renewals) {
      clock.advance(LONGEST.plus(INTERVAL));
      assertThat(reason(tokens.authenticate(plaintext.get()))).contains(Reason.IDLE);
      renewal.run();
      assertThat(store.findById(1).orElseThrow().renewedAt()).isEqualTo(clock.instant());
      assertThat(manager(store).authenticate(plaintext.get())).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void disabling_and_a_new_hash_do_not_count_as_a_renewal() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    clock.advance(Duration.ofDays(1));
    tokens.disable(1);
    store.update(store.findById(1).orElseThrow().toBuilder().enabled(true).build());
    Pepper pepper = Pepper.of("p", new byte[Pepper.MIN_LENGTH]);
    TokenManager peppered =
        TokenManager.builder(store).clock(clock).recordNoUses().peppers(pepper).build();
    assertThat(peppered.authenticate(plaintext)).isInstanceOf(Accepted.class);
    assertThat(store.findById(1).orElseThrow().renewedAt()).isEqualTo(START);
  }

  @Test // its uses may not have been recorded
  void a_token_of_which_no_use_was_ever_recorded_is_not_idle() {
    TokenManager before =
        TokenManager.builder(store).clock(clock).recordNoUses().build();
    String plaintext = before.create(NewToken.named("ci")).reveal();
    clock.advance(LONGEST.multipliedBy(2));
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    tokens.close(); // records the use
    clock.advance(LONGEST.plus(INTERVAL));
    assertThat(reason(manager(store).authenticate(plaintext))).contains(Reason.IDLE);
  }

  @Test
  void an_imported_token_is_not_idle_at_once() {
    tokens.importHashed(NewToken.named("old"), "0".repeat(64), true, Instant.EPOCH);
    assertThat(tokens.isIdle(tokens.find(1).orElseThrow())).isFalse();
  }

  @Test
  void nobody_is_idle_while_this_node_cannot_record_uses() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    clock.advance(LONGEST.plus(INTERVAL));
    TokenStore failing = spy(store);
    doNothing()
        .doThrow(new TokenStoreException("read-only"))
        .when(failing)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(failing, work -> DaemonThreads.daemon("uses", work));
    TokenAuthenticator node = new TokenAuthenticator(
        failing, tokens.settings, new Listeners(List.of(), List.of()), Optional.of(recorder));
    assertThat(reason(node.authenticate(plaintext, Optional::empty))).contains(Reason.IDLE);
    recorder.record(7, START, Optional::empty);
    recorder.close(Duration.ofMinutes(1)); // fails twice
    assertThat(recorder.isRecording()).isFalse();
    assertThat(node.authenticate(plaintext, Optional::empty)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_node_that_records_again_judges_idle_time_again() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean isDown = new AtomicBoolean(true);
    TokenStore failing = spy(store);
    doAnswer(call -> {
          if (isDown.get()) {
            throw new TokenStoreException("read-only");
          }
          return null;
        })
        .when(failing)
        .recordUses(any(), any());
    UseRecorder recorder = new UseRecorder(
        failing,
        clock,
        Duration.ofSeconds(1),
        false,
        new Listeners(List.of(event -> failed.countDown()), List.of()),
        work -> DaemonThreads.daemon("uses", work));
    recorder.record(7, START, Optional::empty);
    assertThat(failed.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(recorder.isRecording()).isFalse();
    isDown.set(false);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!recorder.isRecording() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(recorder.isRecording()).isTrue();
    recorder.close(Duration.ofMinutes(1));
  }

  @Test // as after a restart during an outage of the database
  void a_node_that_has_not_recorded_a_use_yet_asks_the_store_before_it_rejects_a_token() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    String second = tokens.create(NewToken.named("cd")).reveal();
    clock.advance(LONGEST.plus(INTERVAL));
    TokenStore readOnly = spy(store);
    doThrow(new TokenStoreException("read-only")).when(readOnly).recordUses(any(), any());
    TokenManager started = manager(readOnly);
    assertThat(started.authenticate(plaintext)).isInstanceOf(Accepted.class);
    assertThat(started.authenticate(second)).isInstanceOf(Accepted.class);
    verify(readOnly, times(1)).recordUses(any(), any());
    TokenStore counting = spy(store);
    TokenManager other = manager(counting);
    assertThat(reason(other.authenticate(plaintext))).contains(Reason.IDLE);
    assertThat(reason(other.authenticate(plaintext))).contains(Reason.IDLE);
    verify(counting, times(1)).recordUses(any(), any());
    clock.advance(INTERVAL.plusMillis(1));
    assertThat(reason(other.authenticate(plaintext))).contains(Reason.IDLE);
    verify(counting, times(2)).recordUses(any(), any());
  }

  @Test // the store may hang
  void a_token_whose_use_waits_to_be_written_is_not_idle() {
    UseRecorder recorder = recorder(store, work -> new Thread(() -> {}, "never writes"));
    TokenAuthenticator node = new TokenAuthenticator(
        store, tokens.settings, new Listeners(List.of(), List.of()), Optional.of(recorder));
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    node.authenticate(plaintext, Optional::empty);
    clock.advance(LONGEST.plus(INTERVAL));
    assertThat(node.authenticate(plaintext, Optional::empty)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_node_whose_write_takes_longer_than_an_interval_does_not_judge_idle_time()
      throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    TokenStore hanging = spy(store);
    doAnswer(call -> {
          hangs.countDown();
          return end.await(1, TimeUnit.MINUTES);
        })
        .when(hanging)
        .recordUses(any(), any());
    UseRecorder recorder = new UseRecorder(
        hanging,
        clock,
        Duration.ofSeconds(1),
        false,
        new Listeners(List.of(), List.of()),
        work -> DaemonThreads.daemon("uses", work));
    recorder.record(7, START, Optional::empty);
    assertThat(hangs.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(recorder.isFailing()).isFalse();
    clock.advance(Duration.ofMillis(1001));
    assertThat(recorder.isFailing()).isTrue();
    end.countDown();
    recorder.close(Duration.ofMinutes(1));
    clock.advance(LONGEST);
    assertThat(recorder.isFailing()).isFalse();
  }

  @Test
  void a_manager_that_was_closed_rejects_nobody_as_idle() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    clock.advance(LONGEST.plus(INTERVAL));
    assertThat(tokens.isIdle(tokens.find(1).orElseThrow())).isTrue();
    tokens.close();
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_node_that_drops_uses_does_not_judge_idle_time() {
    UseRecorder recorder = recorder(store, work -> new Thread(() -> {}, "never writes"));
    for (int i = 0; i < UseRecorder.MOST_WAITING; i++) {
      recorder.record(i, START, Optional::empty);
    }
    assertThat(recorder.isRecording()).isTrue();
    recorder.record(-1, START, Optional::empty);
    assertThat(recorder.isRecording()).isFalse();
  }

  private UseRecorder recorder(TokenStore of, ThreadFactory threads) {
    return new UseRecorder(
        of, clock, Duration.ofDays(1), false, new Listeners(List.of(), List.of()), threads);
  }

  @Test // the use that was accepted may not be recorded yet
  void a_token_that_was_accepted_does_not_become_idle() {
    String plaintext = idleAfter(START);
    Accepted accepted = (Accepted) tokens.authenticate(plaintext);
    clock.advance(LONGEST.multipliedBy(2));
    assertThat(tokens.recheck(accepted)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_disabled_or_expired_token_is_not_called_idle() {
    String plaintext =
        tokens.create(NewToken.named("ci").expiresIn(Duration.ofDays(1))).reveal();
    clock.advance(LONGEST.multipliedBy(2));
    assertThat(reason(tokens.authenticate(plaintext))).contains(Reason.EXPIRED);
    tokens.disable(1);
    assertThat(reason(tokens.authenticate(plaintext))).contains(Reason.DISABLED);
  }

  @Test
  void the_time_must_be_ten_intervals_and_the_staleness_bound() {
    TokenStore cached = spy(store);
    doReturn(Duration.ofSeconds(5)).when(cached).stalenessBound();
    TokenManager.Builder builder = TokenManager.builder(cached).recordUses(INTERVAL);
    builder.maxIdle(Duration.ofSeconds(605)).build().close();
    assertThatIllegalArgumentException()
        .isThrownBy(builder.maxIdle(Duration.ofSeconds(604))::build)
        .withMessage("maxIdle: PT10M4S (expected: at least PT10M5S, which is 10 intervals of"
            + " recordUses and the staleness bound of the store, and at most PT876000H)");
    assertThatIllegalArgumentException()
        .isThrownBy(builder.maxIdle(Duration.ofDays(36_501))::build)
        .withMessageStartingWith("maxIdle: PT876024H (expected: at least ");
    assertThatIllegalArgumentException()
        .isThrownBy(builder.recordNoUses().maxIdle(LONGEST)::build)
        .withMessage("maxIdle: PT720H (expected: a manager that records uses)");
  }

  @Test
  void without_a_limit_no_token_is_idle() {
    TokenManager free = TokenManager.builder(store).clock(clock).build();
    String plaintext = free.create(NewToken.named("ci")).reveal();
    clock.advance(Duration.ofDays(36_500));
    assertThat(free.isIdle(free.find(1).orElseThrow())).isFalse();
    assertThat(free.authenticate(plaintext)).isInstanceOf(Accepted.class);
  }
}

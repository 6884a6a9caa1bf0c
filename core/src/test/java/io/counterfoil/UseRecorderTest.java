package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.internal.DaemonThreads;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.Effort;
import io.counterfoil.testing.TestClock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UseRecorderTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Clock LATER = Clock.fixed(START.plus(LONG.multipliedBy(99)), ZoneOffset.UTC);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final ThreadsNamed threads = new ThreadsNamed("counterfoil-uses");
  private final MapStore map = new MapStore();
  private final TokenStore store = spy(map);
  private final AtomicLong dropped = new AtomicLong();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens =
      TokenManager.builder(store).clock(clock).recordUses(LONG).build();

  private static Listeners counting(AtomicLong dropped) {
    TokenListener counter = event -> {
      if (event instanceof TokenEvent.UsesDropped lost) {
        dropped.addAndGet(lost.count());
      }
    };
    return new Listeners(List.of(counter), List.of());
  }

  private UseRecorder recorder(Duration interval) {
    return new UseRecorder(store, LATER, interval, false, counting(dropped));
  }

  @Test
  void close_records_what_was_used_and_when() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.create(NewToken.named("unused"));
    clock.advance(Duration.ofSeconds(5));
    tokens.authenticate(plaintext);
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).contains(START.plusSeconds(5));
    assertThat(tokens.find(2).orElseThrow().lastUsedAt()).isEmpty();
  }

  @Test
  void of_the_uses_within_one_second_the_first_is_recorded() {
    UseRecorder recorder = recorder(LONG);
    recorder.record(1, START, Optional::empty);
    recorder.record(1, START.plusMillis(300), Optional::empty);
    recorder.close(TIMEOUT);
    verify(store).recordUses(eq(Map.of(1L, use(START))), any());
  }

  private static StoredToken.Use use(Instant at) {
    return new StoredToken.Use(at, Optional.empty());
  }

  @Test
  void tokens_with_any_ids_are_recorded() {
    UseRecorder recorder = recorder(LONG);
    Map<Long, StoredToken.Use> noted = new TreeMap<>();
    for (long id = 1; id < 400_000; id += 1 + id / 2) {
      recorder.record(id, START.plusSeconds(id), Optional::empty);
      noted.put(id, use(START.plusSeconds(id)));
    }
    recorder.close(TIMEOUT);
    verify(store).recordUses(eq(noted), any());
  }

  @Test
  void if_no_thread_can_be_started_the_next_use_tries_again() {
    AtomicInteger made = new AtomicInteger();
    UseRecorder recorder = new UseRecorder(store, LATER, LONG, false, counting(dropped), work -> {
      if (made.getAndIncrement() < 3) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      return DaemonThreads.daemon("counterfoil-uses", work);
    });
    for (int second = 0; second < 5; second++) {
      recorder.record(1, START.plusSeconds(second), Optional::empty);
    }
    assertThat(made).hasValue(4);
    recorder.close(TIMEOUT);
    verify(store).recordUses(eq(Map.of(1L, use(START.plusSeconds(4)))), any());
  }

  @Test
  void a_use_that_comes_while_the_last_ones_are_written_is_recorded_before_close_returns()
      throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    UseRecorder recorder = recorderThatIsWriting(gate);
    recorder.record(2, START, Optional::empty);
    Thread closing = waitingToClose(recorder);
    gate.countDown();
    closing.join();
    verify(store).recordUses(eq(Map.of(2L, use(START))), any());
  }

  @Test
  @Timeout(60)
  void a_use_during_a_slow_write_is_recorded_even_if_close_is_called_twice() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    UseRecorder recorder = recorderThatIsWriting(gate);
    recorder.record(2, START, Optional::empty);
    Thread first = waitingToClose(recorder);
    Thread second = waitingToClose(recorder);
    gate.countDown();
    first.join();
    second.join();
    verify(store).recordUses(eq(Map.of(2L, use(START))), any());
  }

  @Test
  void a_failure_to_record_uses_is_an_event() {
    doThrow(new TokenStoreException("no connection")).when(store).recordUses(any(), any());
    List<TokenEvent> events = new ArrayList<>();
    TokenManager manager =
        TokenManager.builder(store).synchronousListener(events::add).build();
    manager.authenticate(manager.create(NewToken.named("ci")).reveal());
    events.clear();
    manager.close();
    assertThat(events).hasSize(2).hasOnlyElementsOfType(TokenEvent.StoreFailed.class);
  }

  @Test
  void close_asks_a_failing_store_twice() {
    doThrow(new TokenStoreException("busy")).doNothing().when(store).recordUses(any(), any());
    UseRecorder recorder = recorder(LONG);
    recorder.record(1, START, Optional::empty);
    recorder.close(TIMEOUT);
    verify(store, times(2)).recordUses(eq(Map.of(1L, use(START))), any());
  }

  @Test
  @Timeout(30)
  void close_returns_at_once_if_no_thread_can_be_started() {
    UseRecorder recorder = new UseRecorder(store, LATER, LONG, false, counting(dropped), work -> {
      throw new OutOfMemoryError("unable to create native thread");
    });
    recorder.record(1, START, Optional::empty);
    String log = CapturedLog.of(() -> recorder.close(TIMEOUT));
    assertThat(log).contains("may be lost");
  }

  @Test
  @Timeout(60)
  void a_use_that_races_with_close_leaves_no_thread() throws Exception {
    for (int round = 0; round < Effort.times(200); round++) {
      UseRecorder recorder = recorder(LONG);
      Thread using = new Thread(() -> {
        for (int second = 0; second < 50; second++) {
          recorder.record(second, START, Optional::empty);
        }
      });
      using.start();
      recorder.close(TIMEOUT);
      using.join();
    }
    assertThat(threads.living()).isEmpty();
  }

  @Test
  void a_use_whose_thread_is_just_starting_is_recorded_before_close_returns() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch beginning = new CountDownLatch(1);
    UseRecorder recorder = new UseRecorder(store, LATER, LONG, false, counting(dropped), work -> {
      beginning.countDown();
      await(gate);
      return DaemonThreads.daemon("counterfoil-uses", work);
    });
    Thread using = new Thread(() -> recorder.record(1, START, Optional::empty));
    using.start();
    assertThat(beginning.await(1, TimeUnit.MINUTES)).isTrue();
    Thread closing = waitingToClose(recorder);
    gate.countDown();
    closing.join();
    verify(store).recordUses(eq(Map.of(1L, use(START))), any());
  }

  /** Returns a recorder that has begun to write the use of token 1, and waits for the gate. */
  private UseRecorder recorderThatIsWriting(CountDownLatch gate) {
    CountDownLatch writing = new CountDownLatch(1);
    doAnswer(call -> {
          writing.countDown();
          gate.await();
          return null;
        })
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(SHORT);
    recorder.record(1, START, Optional::empty);
    await(writing);
    return recorder;
  }

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts to close the recorder, and returns when the call waits for the writer thread. */
  private static Thread waitingToClose(UseRecorder recorder) {
    Thread closing = new Thread(() -> recorder.close(TIMEOUT));
    closing.start();
    while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(closing.isAlive()).isTrue();
    return closing;
  }

  @Test
  void a_log_that_throws_does_not_stop_the_recording() {
    doThrow(new TokenStoreException("down")).doNothing().when(store).recordUses(any(), any());
    UseRecorder recorder = recorder(SHORT);
    PrintStream console = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        throw new IllegalStateException("the disk is full");
      }
    });
    try {
      recorder.record(1, START, Optional::empty);
      verify(store, timeout(60_000).times(2)).recordUses(eq(Map.of(1L, use(START))), any());
    } finally {
      System.setErr(console);
    }
    recorder.close(TIMEOUT);
  }

  @Test
  void a_clock_that_is_set_back_does_not_set_back_the_last_use() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    clock.advance(Duration.ofSeconds(5));
    tokens.authenticate(plaintext);
    clock.set(START.minusSeconds(99));
    tokens.authenticate(plaintext);
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).contains(START.plusSeconds(5));
  }

  @Test // the clock may have been ahead on this node or on another one
  void a_last_use_that_was_recorded_while_a_clock_was_ahead_is_replaced_by_the_next_one() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    for (long seconds : new long[] {300, 301}) {
      map.recordUses(Map.of(1L, use(START.plusSeconds(seconds))), Instant.MAX);
      TokenManager manager = TokenManager.builder(store).clock(clock).build();
      manager.authenticate(plaintext);
      manager.close();
      assertThat(tokens.find(1).orElseThrow().lastUsedAt())
          .contains(seconds == 300 ? START.plusSeconds(300) : START);
    }
  }

  @Test
  void a_use_that_waits_while_the_clock_is_set_back_is_recorded_at_the_present_time() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    clock.set(START.plusSeconds(301));
    tokens.authenticate(plaintext);
    clock.set(START);
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).contains(START);
  }

  @Test
  void a_rejected_token_is_not_used() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.disable(1);
    tokens.authenticate(plaintext);
    tokens.identify(plaintext);
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).isEmpty();
  }

  @Test
  void never_used_and_never_tracked_are_distinguished() {
    tokens.create(NewToken.named("tracked"));
    TokenManager blind = TokenManager.builder(store).clock(clock).recordNoUses().build();
    String plaintext = blind.create(NewToken.named("untracked")).reveal();
    blind.authenticate(plaintext);
    blind.close();
    assertThat(tokens.find(1).orElseThrow().trackedSince()).contains(START);
    assertThat(tokens.find(2).orElseThrow().trackedSince()).isEmpty();
    verify(store, times(0)).recordUses(any(), any());
  }

  /** A use that arrives while another is being written belongs to the next interval. */
  @Test
  void a_busy_token_is_written_once_per_interval_and_stays_up_to_date() throws Exception {
    AtomicLong now = new AtomicLong(START.toEpochMilli());
    List<Instant> writes = new ArrayList<>();
    CountDownLatch three = new CountDownLatch(3);
    UseRecorder recorder = recorder(SHORT);
    doAnswer(call -> {
          Map<Long, StoredToken.Use> batch = call.getArgument(0);
          writes.add(batch.get(1L).at());
          for (int i = 0; i < 1_000; i++) {
            recorder.record(1, Instant.ofEpochMilli(now.incrementAndGet()), Optional::empty);
          }
          three.countDown();
          return null;
        })
        .when(store)
        .recordUses(any(), any());
    long start = System.nanoTime();
    recorder.record(1, START, Optional::empty);
    assertThat(three.await(1, TimeUnit.MINUTES)).isTrue();
    long intervals = (System.nanoTime() - start) / SHORT.toNanos();
    recorder.close(TIMEOUT);
    assertThat(writes).hasSizeBetween(3, (int) intervals + 2).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_thousand_uses_within_an_interval_are_one_write_of_each_token() {
    UseRecorder recorder = recorder(LONG);
    for (int i = 0; i < 1_000; i++) {
      recorder.record(1 + i % 2, START.plusSeconds(i), Optional::empty);
    }
    verify(store, times(0)).recordUses(any(), any());
    recorder.close(TIMEOUT);
    verify(store, times(1))
        .recordUses(
            eq(Map.of(1L, use(START.plusSeconds(998)), 2L, use(START.plusSeconds(999)))), any());
  }

  @Test
  void uses_that_a_failing_store_did_not_record_are_recorded_later() throws Exception {
    tokens.create(NewToken.named("ci"));
    CountDownLatch noted = new CountDownLatch(1);
    doThrow(new TokenStoreException("down"))
        .doThrow(new IllegalStateException("broken"))
        .doAnswer(call -> {
          call.callRealMethod();
          noted.countDown();
          return null;
        })
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(SHORT);
    recorder.record(1, START, Optional::empty);
    assertThat(noted.await(1, TimeUnit.MINUTES)).isTrue();
    recorder.close(TIMEOUT);
    assertThat(map.findById(1).orElseThrow().lastUsedAt()).contains(START);
  }

  @Test
  void a_store_that_hangs_delays_no_use_and_further_uses_are_dropped_and_counted()
      throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(1);
    doAnswer(call -> {
          hanging.countDown();
          gate.await();
          return null;
        })
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(SHORT);
    recorder.record(Long.MAX_VALUE, START, Optional::empty);
    assertThat(hanging.await(1, TimeUnit.MINUTES)).isTrue();
    for (long id = 1; id <= UseRecorder.MOST_WAITING + 7; id++) {
      recorder.record(id, START, Optional::empty);
    }
    recorder.record(1, START.plusSeconds(1), Optional::empty); // waiting already, so not dropped
    gate.countDown();
    recorder.close(TIMEOUT);
    assertThat(dropped).hasValue(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {12_000, 60_000})
  @Timeout(60)
  void a_healthy_store_records_every_token_that_is_used_in_one_interval(int tokens) {
    Set<Long> recorded = ConcurrentHashMap.newKeySet();
    doAnswer(call -> recorded.addAll(call.<Map<Long, Instant>>getArgument(0).keySet()))
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(LONG);
    for (long id = 1; id <= tokens; id++) {
      recorder.record(id, START, Optional::empty);
      while (id - recorded.size() > UseRecorder.MOST_WAITING * 3 / 4) {
        Thread.onSpinWait(); // a store that is slower than the requests would not be healthy
      }
    }
    recorder.close(TIMEOUT);
    assertThat(recorded).hasSize(tokens);
    assertThat(dropped).hasValue(0);
  }

  @Test
  @Timeout(60)
  void if_many_tokens_are_waiting_they_are_written_before_the_interval_ends_on_the_same_thread()
      throws Exception {
    BlockingQueue<String> writers = new LinkedBlockingQueue<>();
    doAnswer(call -> writers.add(Thread.currentThread().getName()))
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(LONG);
    for (long id = 1; id <= UseRecorder.MOST_WAITING * 3 / 4; id++) {
      recorder.record(id, START, Optional::empty);
    }
    assertThat(writers.take()).isEqualTo("counterfoil-uses");
    assertThat(threads.now()).hasSize(1);
    recorder.close(TIMEOUT);
    assertThat(writers).containsOnly("counterfoil-uses");
  }

  @Test
  @Timeout(60)
  void a_failed_early_write_is_repeated_before_the_interval_ends() throws Exception {
    Set<Long> recorded = ConcurrentHashMap.newKeySet();
    CountDownLatch isWritten = new CountDownLatch(1);
    doThrow(new TokenStoreException("rolled back"))
        .doAnswer(call -> {
          recorded.addAll(call.<Map<Long, Instant>>getArgument(0).keySet());
          isWritten.countDown();
          return null;
        })
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(LONG);
    int tokens = UseRecorder.MOST_WAITING * 3 / 4;
    for (long id = 1; id <= tokens; id++) {
      recorder.record(id, START, Optional::empty);
    }
    isWritten.await();
    recorder.close(TIMEOUT);
    assertThat(recorded).hasSize(tokens);
  }

  @Test
  void a_failing_store_is_not_asked_at_each_use_and_uses_beyond_the_bound_are_dropped_and_counted()
      throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(1);
    doAnswer(call -> {
          calls.incrementAndGet();
          asked.countDown();
          throw new TokenStoreException("read-only");
        })
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(LONG);
    long id = 0;
    while (id < UseRecorder.MOST_WAITING * 3L / 4) {
      recorder.record(++id, START, Optional::empty);
    }
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    while (id < UseRecorder.MOST_WAITING + 1_000L) {
      recorder.record(++id, START, Optional::empty);
    }
    recorder.close(TIMEOUT);
    assertThat(calls.get()).isBetween(2, 20); // early, once a second, and at close
    assertThat(dropped.get()).isBetween(500L, 1_000L); // one batch may be on its way meanwhile
  }

  @Test
  void of_several_failures_in_a_row_only_the_first_is_logged_with_its_stack_trace() {
    doThrow(new TokenStoreException("down", new IllegalStateException("read-only\nline")))
        .when(store)
        .recordUses(any(), any());
    UseRecorder recorder = recorder(SHORT);
    String log = CapturedLog.of(() -> {
      recorder.record(1, START, Optional::empty);
      verify(store, timeout(60_000).atLeast(3)).recordUses(any(), any());
      recorder.close(TIMEOUT);
    });
    assertThat(log.split("Caused by", -1)).hasSize(2);
    assertThat(log).contains("trying again later: \"io.counterfoil.TokenStoreException: down:");
    assertThat(log).contains("read-only\\u{a}line");
  }

  @Test
  void a_store_that_cannot_record_uses_rejects_no_token() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    doThrow(new TokenStoreException("down")).when(store).recordUses(any(), any());
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    tokens.close();
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    tokens.close();
  }

  @Test
  void there_is_no_thread_before_the_first_use_nor_after_close() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    assertThat(threads.living()).isEmpty();
    tokens.authenticate(plaintext);
    assertThat(threads.now()).hasSize(1).allMatch(Thread::isDaemon);
    tokens.close();
    assertThat(threads.living()).isEmpty();
    tokens.authenticate(plaintext);
    assertThat(threads.living()).isEmpty();
  }

  @Test
  void the_thread_ends_after_an_interval_without_uses_and_starts_again_with_the_next_use() {
    UseRecorder recorder = recorder(SHORT);
    for (int i = 0; i < 3; i++) {
      recorder.record(1, START.plusSeconds(i), Optional::empty);
      assertThat(threads.living()).isEmpty(); // waits for it to end
      verify(store).recordUses(eq(Map.of(1L, use(START.plusSeconds(i)))), any());
    }
    recorder.close(TIMEOUT);
  }

  @Test
  void the_thread_does_not_keep_the_class_loader_of_the_application_that_started_it() {
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    ClassLoader redeployed = new ClassLoader(ours) {};
    Thread.currentThread().setContextClassLoader(redeployed);
    try {
      tokens.authenticate(tokens.create(NewToken.named("ci")).reveal());
    } finally {
      Thread.currentThread().setContextClassLoader(ours);
    }
    assertThat(threads.now())
        .hasSize(1)
        .noneMatch(thread -> redeployed.equals(thread.getContextClassLoader()));
    tokens.close();
  }

  @Test
  void an_interval_is_from_a_second_to_a_day() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenManager.builder(store).recordUses(Duration.ofMillis(999)))
        .withMessage("interval: PT0.999S (expected: PT1S to PT24H)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenManager.builder(store).recordUses(LONG.plusNanos(1)));
  }

  @Test // an application server interrupts threads when it stops an application
  void an_interrupt_does_not_keep_close_from_recording() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.authenticate(plaintext);
    Thread.currentThread().interrupt();
    tokens.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).contains(START);
  }

  @Test
  void a_second_close_waits_for_the_end_of_the_first() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(1);
    doAnswer(call -> {
          hanging.countDown();
          gate.await();
          return call.callRealMethod();
        })
        .when(store)
        .recordUses(any(), any());
    tokens.authenticate(tokens.create(NewToken.named("ci")).reveal());
    Thread first = new Thread(tokens::close);
    first.start();
    assertThat(hanging.await(1, TimeUnit.MINUTES)).isTrue();
    new Thread(gate::countDown).start();
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).contains(START);
    first.join();
  }
}

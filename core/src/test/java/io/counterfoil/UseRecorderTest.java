package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.internal.DaemonThreads;
import io.counterfoil.testing.TestClock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UseRecorderTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final OwnThreads threads = new OwnThreads("counterfoil-uses");
  private final MapStore map = new MapStore();
  private final TokenStore store = spy(map);
  private final AtomicLong dropped = new AtomicLong();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens =
      TokenManager.builder(store).clock(clock).recordUses(LONG).build();

  private UseRecorder recorder(Duration interval) {
    return new UseRecorder(store, interval, dropped::addAndGet);
  }

  private static Moment at(Instant instant) {
    return new Moment(Clock.fixed(instant, ZoneOffset.UTC));
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
  void of_the_uses_within_a_second_the_first_is_noted_without_a_look_at_the_clock_for_the_others() {
    tokens.create(NewToken.named("ci"));
    UseRecorder recorder = recorder(LONG);
    recorder.used(1, at(START));
    CountingClock looks = new CountingClock();
    recorder.used(1, new Moment(looks));
    assertThat(looks.count).isZero();
    recorder.forget();
    recorder.used(1, at(START.plusSeconds(1)));
    recorder.end(PATIENCE);
    verify(store).recordUses(Map.of(1L, START.plusSeconds(1)));
  }

  @Test
  void of_many_tokens_in_use_at_once_few_push_each_other_out() {
    CountingClock looks = new CountingClock();
    UseRecorder recorder =
        new UseRecorder(store, LONG, dropped::addAndGet, work -> new Thread(() -> {}));
    List<Long> ids = new Random(1).longs(5_000, 1, 1_000_000).distinct().boxed().toList();

    ids.forEach(id -> recorder.used(id, at(START)));
    recorder.forget();
    ids.forEach(id -> recorder.used(id, at(START)));
    ids.forEach(id -> recorder.used(id, new Moment(looks)));

    recorder.end(PATIENCE);
    assertThat(looks.count).isLessThan(ids.size() / 5);
  }

  @Test
  void tokens_of_any_ids_are_noted() {
    UseRecorder recorder = recorder(LONG);
    Map<Long, Instant> noted = new TreeMap<>();
    for (long id = 1; id < 400_000; id += 1 + id / 2) {
      recorder.used(id, at(START.plusSeconds(id)));
      noted.put(id, START.plusSeconds(id));
    }
    recorder.end(PATIENCE);
    verify(store).recordUses(noted);
  }

  @Test
  void where_no_thread_can_be_had_the_next_use_asks_for_one_again() {
    AtomicInteger made = new AtomicInteger();
    UseRecorder recorder = new UseRecorder(store, LONG, dropped::addAndGet, work -> {
      if (made.getAndIncrement() < 3) {
        return new Thread(work) {
          @Override
          public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
      }
      return DaemonThreads.daemon("counterfoil-uses", work);
    });
    for (int second = 0; second < 5; second++) {
      recorder.used(1, at(START.plusSeconds(second)));
    }
    assertThat(made).hasValue(4);
    recorder.end(PATIENCE);
    verify(store).recordUses(Map.of(1L, START.plusSeconds(3)));
  }

  @Test
  void a_use_that_comes_while_the_last_ones_are_written_is_recorded_before_close_returns()
      throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch writing = new CountDownLatch(1);
    doAnswer(call -> {
          writing.countDown();
          gate.await();
          return null;
        })
        .when(store)
        .recordUses(any());
    UseRecorder recorder = recorder(SHORT);
    recorder.used(1, at(START));
    assertThat(writing.await(1, TimeUnit.MINUTES)).isTrue();
    recorder.used(2, at(START));
    Thread closing = waitingToClose(recorder);
    gate.countDown();
    closing.join();
    verify(store).recordUses(Map.of(2L, START));
  }

  @Test
  void a_use_whose_thread_is_just_about_to_begin_is_recorded_before_close_returns()
      throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch beginning = new CountDownLatch(1);
    UseRecorder recorder =
        new UseRecorder(store, LONG, dropped::addAndGet, work -> new Thread(work) {
          @Override
          @SuppressWarnings(
              "UnsynchronizedOverridesSynchronized") // else close would wait for it in join
          public void start() {
            beginning.countDown();
            Threads.await(gate, PATIENCE);
            super.start();
          }
        });
    Thread using = new Thread(() -> recorder.used(1, at(START)));
    using.start();
    assertThat(beginning.await(1, TimeUnit.MINUTES)).isTrue();
    Thread closing = waitingToClose(recorder);
    gate.countDown();
    closing.join();
    verify(store).recordUses(Map.of(1L, START));
  }

  /** Starts to close, and returns when that waits for the thread that writes. */
  private static Thread waitingToClose(UseRecorder recorder) {
    Thread closing = new Thread(() -> recorder.end(PATIENCE));
    closing.start();
    while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(closing.isAlive()).isTrue();
    return closing;
  }

  @Test
  void a_log_that_throws_does_not_end_the_recording_for_ever() {
    doThrow(new TokenStoreException("down")).doNothing().when(store).recordUses(any());
    UseRecorder recorder = recorder(SHORT);
    PrintStream console = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        throw new IllegalStateException("the disk is full");
      }
    });
    try {
      recorder.used(1, at(START));
      assertThat(threads.living()).isEmpty(); // waits for it to end
    } finally {
      System.setErr(console);
    }
    recorder.used(1, at(START.plusSeconds(5)));
    recorder.end(PATIENCE);
    verify(store).recordUses(Map.of(1L, START.plusSeconds(5)));
  }

  /** A clock that knows how often it was asked. */
  private static final class CountingClock extends Clock {
    private int count;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      count++;
      return START;
    }
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

  @Test
  void what_is_rejected_is_no_use() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.disable(1);
    tokens.authenticate(plaintext);
    tokens.identify(plaintext);
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).isEmpty();
  }

  @Test
  void never_used_and_never_tracked_are_told_apart() {
    tokens.create(NewToken.named("tracked"));
    TokenManager blind = TokenManager.builder(store).clock(clock).recordNoUses().build();
    String plaintext = blind.create(NewToken.named("untracked")).reveal();
    blind.authenticate(plaintext);
    blind.close();
    assertThat(tokens.find(1).orElseThrow().trackedSince()).contains(START);
    assertThat(tokens.find(2).orElseThrow().trackedSince()).isEmpty();
    verify(store, times(0)).recordUses(any());
  }

  /** A use that comes while another is being written is for the next interval. */
  @Test
  void a_busy_token_is_written_once_an_interval_and_goes_on_being_updated() throws Exception {
    AtomicLong now = new AtomicLong(START.toEpochMilli());
    List<Instant> writes = new ArrayList<>();
    CountDownLatch three = new CountDownLatch(3);
    UseRecorder recorder = recorder(SHORT);
    doAnswer(call -> {
          Map<Long, Instant> batch = call.getArgument(0);
          writes.add(batch.get(1L));
          for (int i = 0; i < 1_000; i++) {
            recorder.used(1, at(Instant.ofEpochMilli(now.incrementAndGet())));
          }
          three.countDown();
          return null;
        })
        .when(store)
        .recordUses(any());
    long start = System.nanoTime();
    recorder.used(1, at(START));
    assertThat(three.await(1, TimeUnit.MINUTES)).isTrue();
    long intervals = (System.nanoTime() - start) / SHORT.toNanos();
    recorder.end(PATIENCE);
    assertThat(writes).hasSizeBetween(3, (int) intervals + 2).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_thousand_uses_within_an_interval_are_one_write_of_each_token() {
    UseRecorder recorder = recorder(LONG);
    for (int i = 0; i < 1_000; i++) {
      recorder.used(1 + i % 2, at(START.plusMillis(i)));
      recorder.forget();
    }
    verify(store, times(0)).recordUses(any());
    recorder.end(PATIENCE);
    verify(store, times(1))
        .recordUses(Map.of(1L, START.plusMillis(998), 2L, START.plusMillis(999)));
  }

  @Test
  void what_a_failing_store_did_not_note_is_noted_later() throws Exception {
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
        .recordUses(any());
    UseRecorder recorder = recorder(SHORT);
    recorder.used(1, at(START));
    assertThat(noted.await(1, TimeUnit.MINUTES)).isTrue();
    recorder.end(PATIENCE);
    assertThat(map.findById(1).orElseThrow().lastUsedAt()).contains(START);
  }

  @Test
  void a_store_that_hangs_holds_up_no_use_and_what_is_too_much_is_dropped_and_counted()
      throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(1);
    doAnswer(call -> {
          hanging.countDown();
          gate.await();
          return null;
        })
        .when(store)
        .recordUses(any());
    UseRecorder recorder = recorder(SHORT);
    recorder.used(Long.MAX_VALUE, at(START));
    assertThat(hanging.await(1, TimeUnit.MINUTES)).isTrue();
    for (long id = 1; id <= UseRecorder.MOST_WAITING + 7; id++) {
      recorder.used(id, at(START));
    }
    recorder.used(1, at(START.plusSeconds(1))); // known already: not dropped
    gate.countDown();
    recorder.end(PATIENCE);
    assertThat(dropped).hasValue(7);
  }

  @Test
  void a_store_that_fails_keeps_nobody_out() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    doThrow(new TokenStoreException("down")).when(store).recordUses(any());
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
    assertThat(threads.living()).hasSize(1).allMatch(Thread::isDaemon);
    tokens.close();
    assertThat(threads.living()).isEmpty();
    tokens.authenticate(plaintext);
    assertThat(threads.living()).isEmpty();
  }

  @Test
  void the_thread_ends_after_an_interval_without_uses_and_comes_back_with_the_next() {
    UseRecorder recorder = recorder(SHORT);
    for (int i = 0; i < 3; i++) {
      recorder.used(1, at(START.plusSeconds(i)));
      assertThat(threads.living()).isEmpty(); // waits for it to end
      verify(store).recordUses(Map.of(1L, START.plusSeconds(i)));
    }
    recorder.end(PATIENCE);
  }

  @Test
  void the_thread_keeps_nothing_of_the_application_that_happened_to_start_it() {
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    ClassLoader redeployed = new ClassLoader(ours) {};
    Thread.currentThread().setContextClassLoader(redeployed);
    try {
      tokens.authenticate(tokens.create(NewToken.named("ci")).reveal());
    } finally {
      Thread.currentThread().setContextClassLoader(ours);
    }
    assertThat(threads.living())
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

  @Test // as an application server does that stops an application
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
        .recordUses(any());
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

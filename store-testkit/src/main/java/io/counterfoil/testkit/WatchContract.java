package io.counterfoil.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#watch}. A store without a watch passes. */
abstract class WatchContract extends MethodContract {
  /** A timeout longer than the deadline: a call that returns before the deadline did not wait until the timeout. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Duration deadline;

  WatchContract(Supplier<TokenStore> emptyStore, Duration deadline) {
    super(emptyStore);
    this.deadline = deadline;
  }

  @Test
  void reports_each_change_that_can_invalidate_a_plaintext() throws Exception {
    for (Map.Entry<String, Predicate<StoredToken>> change : changes().entrySet()) {
      store.deleteOwnedBy("owner of present");
      StoredToken row = put(TestRow.full("present"));
      Optional<ChangeWatch> watch = store.watch();
      if (watch.isPresent()) {
        try (ChangeWatch open = watch.get()) {
          assertThat(change.getValue().test(row)).as(change.getKey()).isTrue();
          assertReports(change.getKey(), open, row);
        }
      }
    }
  }

  @Test
  void each_of_several_watches_reports_all_changes_since_its_creation() throws Exception {
    StoredToken early = put(TestRow.full("early"));
    StoredToken late = put(TestRow.full("late"));
    Optional<ChangeWatch> watch = store.watch();
    if (watch.isPresent()) {
      try (ChangeWatch first = watch.get()) {
        store.disable(early.id());
        try (ChangeWatch second = store.watch().orElseThrow()) {
          store.disable(late.id());
          assertReports("the second watch", second, late);
          assertReports("the first watch", first, early, late);
        }
      }
    }
  }

  /** Waits for the reports, since a store may report a change after the call that made it has returned. */
  private void assertReports(String name, ChangeWatch watch, StoredToken... rows)
      throws InterruptedException {
    Set<Long> missing = Stream.of(rows).map(StoredToken::id).collect(toCollection(HashSet::new));
    long end = System.nanoTime() + deadline.toNanos();
    while (!missing.isEmpty() && System.nanoTime() - end < 0) {
      Changed changed = watch.awaitChange(Duration.ofMillis(1));
      missing.removeIf(id -> changed.any() || changed.ids().contains(id));
    }
    assertThat(missing).as("not reported: %s", name).isEmpty();
  }

  /** Returns changes by name. Each change returns whether it changed the row. */
  private Map<String, Predicate<StoredToken>> changes() {
    return Map.of(
        "disable", row -> store.disable(row.id()),
        "disable all", row -> store.disableAll() > 0,
        "disable owned by", row -> store.disableOwnedBy(row.owner()) > 0,
        "rotate", row -> store.update(new RowChanges(store, row).rotated()),
        "end an overlap", row -> store.update(new RowChanges(store, row).ended()),
        "report a leak", row -> store.update(new RowChanges(store, row).leaked()),
        "narrow rights", row -> store.update(new RowChanges(store, row).narrowed()),
        "delete", row -> store.delete(row.id()),
        "delete owned by", row -> store.deleteOwnedBy(row.owner()) > 0);
  }

  @Test
  void a_waiting_call_returns_soon_after_the_watch_is_closed() throws Exception {
    Optional<ChangeWatch> watch = store.watch();
    if (watch.isPresent()) {
      FutureTask<Changed> wait = new FutureTask<>(() -> watch.get().awaitChange(LONG));
      Thread thread = DaemonThreads.create(wait);
      thread.start();
      while (thread.isAlive() && !isWaiting(thread)) {
        Thread.onSpinWait();
      }
      watch.get().close();
      assertReturns(wait);
    }
  }

  private static boolean isWaiting(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("awaitChange"));
  }

  @Test
  void after_close_a_second_close_does_nothing_and_other_calls_throw() {
    store.watch().ifPresent(watch -> {
      watch.close();
      watch.close();
      assertThatThrownBy(() -> watch.awaitChange(Duration.ZERO))
          .isInstanceOf(IllegalStateException.class);
    });
  }

  private void assertReturns(FutureTask<Changed> wait) throws InterruptedException {
    try {
      wait.get(deadline.toMillis(), MILLISECONDS);
    } catch (ExecutionException thrown) {
      assertThat(thrown).hasCauseInstanceOf(RuntimeException.class);
    } catch (TimeoutException timeout) {
      throw new AssertionError("the call still waits", timeout);
    }
  }

  @Test
  void an_interrupted_thread_stops_waiting() {
    store.watch().ifPresent(watch -> {
      try (watch) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> watch.awaitChange(LONG)).isInstanceOf(InterruptedException.class);
      } finally {
        Thread.interrupted();
      }
    });
  }
}

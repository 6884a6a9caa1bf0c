package io.counterfoil.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#watch}, of a store that has one; of another, there is nothing to say. */
abstract class WatchContract extends MethodContract {
  /** Longer than the deadline: who comes back before it did not wait to the end. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Duration deadline;

  WatchContract(Supplier<TokenStore> emptyStore, Duration deadline) {
    super(emptyStore);
    this.deadline = deadline;
  }

  @Test
  void tells_of_each_change_that_ends_what_a_token_was_good_for() throws Exception {
    for (Map.Entry<String, Predicate<StoredToken>> change : changes().entrySet()) {
      store.deleteOwnedBy("owner of present");
      StoredToken row = put(TestRow.full("present"));
      Optional<ChangeWatch> watch = store.watch();
      if (watch.isPresent()) {
        try (ChangeWatch open = watch.get()) {
          assertThat(change.getValue().test(row)).as(change.getKey()).isTrue();
          assertThat(open.awaitChange(Duration.ZERO)).as(change.getKey()).matches(of(row));
        }
      }
    }
  }

  @Test
  void each_of_several_tells_of_everything_since_it_was_made() throws Exception {
    StoredToken early = put(TestRow.full("early"));
    StoredToken late = put(TestRow.full("late"));
    Optional<ChangeWatch> watch = store.watch();
    if (watch.isPresent()) {
      try (ChangeWatch first = watch.get()) {
        store.setEnabled(early.id(), false);
        try (ChangeWatch second = store.watch().orElseThrow()) {
          store.setEnabled(late.id(), false);
          assertThat(second.awaitChange(Duration.ZERO)).matches(of(late));
          assertThat(first.awaitChange(Duration.ZERO)).matches(of(early)).matches(of(late));
        }
      }
    }
  }

  private static Predicate<Changed> of(StoredToken row) {
    return changed -> changed.any() || changed.ids().contains(row.id());
  }

  /** Returns calls that are true if they changed the row. */
  private Map<String, Predicate<StoredToken>> changes() {
    return Map.of(
        "disable", row -> store.setEnabled(row.id(), false),
        "disable all", row -> store.disableAll() > 0,
        "disable those of an owner", row -> store.disableOwnedBy(row.owner()) > 0,
        "rotate",
            row -> store.rotate(row.id(), row.hash(), TestRow.hash("replacement"), TestRow.NOW),
        "end the previous hash",
            row -> store.endPrevious(row.id(), row.previous().orElseThrow().hash(), TestRow.NOW),
        "delete", row -> store.delete(row.id()),
        "delete those of an owner", row -> store.deleteOwnedBy(row.owner()) > 0);
  }

  @Test
  void a_call_under_way_comes_back_soon_when_the_watch_is_closed() throws Exception {
    Optional<ChangeWatch> watch = store.watch();
    if (watch.isPresent()) {
      FutureTask<Changed> wait = new FutureTask<>(() -> watch.get().awaitChange(LONG));
      Thread thread = DaemonThreads.create(wait);
      thread.start();
      while (thread.isAlive() && !isWaiting(thread)) {
        Thread.onSpinWait();
      }
      watch.get().close();
      assertComesBack(wait);
    }
  }

  private static boolean isWaiting(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("awaitChange"));
  }

  @Test
  void once_the_watch_is_closed_a_second_close_does_nothing_and_calls_throw() {
    store.watch().ifPresent(watch -> {
      watch.close();
      watch.close();
      assertThatThrownBy(() -> watch.awaitChange(Duration.ZERO))
          .isInstanceOf(IllegalStateException.class);
    });
  }

  private void assertComesBack(FutureTask<Changed> wait) throws InterruptedException {
    try {
      wait.get(deadline.toMillis(), MILLISECONDS);
    } catch (ExecutionException thrown) {
      assertThat(thrown).hasCauseInstanceOf(RuntimeException.class);
    } catch (TimeoutException still) {
      throw new AssertionError("the call still waits", still);
    }
  }

  @Test
  void a_thread_that_is_interrupted_waits_no_longer() {
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

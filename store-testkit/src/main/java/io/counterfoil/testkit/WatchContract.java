package io.counterfoil.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.ChangeWatch;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#watch}, of a store that has one; of another, there is nothing to say. */
abstract class WatchContract extends MethodContract {
  /** Longer than {@link #DEADLINE}: who comes back before it did not wait to the end. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final int DEADLINE = 60;

  WatchContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void tells_of_each_change_that_ends_what_a_token_was_good_for() throws Exception {
    for (String change : changes(put(Sample.full("for the names")), store).keySet()) {
      store.deleteOwnedBy("owner of present");
      StoredToken row = put(Sample.full("present"));
      Optional<ChangeWatch> watch = store.watch();
      if (watch.isPresent()) {
        try (ChangeWatch open = watch.get()) {
          assertThat(changes(row, store).get(change).call()).as(change).isTrue();
          assertThat(open.awaitChange(Duration.ZERO)).as(change).isTrue();
        }
      }
    }
  }

  /** Returns calls that are true if they changed the row. */
  private static Map<String, Callable<Boolean>> changes(StoredToken row, TokenStore store) {
    Changes changes = new Changes(store, row);
    return Map.of(
        "disable", changes.disable(),
        "disable all", () -> store.disableAll() > 0,
        "disable those of an owner", () -> store.disableOwnedBy(row.owner()) > 0,
        "rotate", changes.rotate(),
        "end the previous hash",
            () -> store.endPrevious(row.id(), row.previous().orElseThrow().hash(), Sample.NOW),
        "delete", changes.delete(),
        "delete those of an owner", () -> store.deleteOwnedBy(row.owner()) > 0,
        "delete what is expired",
            () -> store.deleteExpired(row.expiresAt().orElseThrow().plusSeconds(1), 1) > 0);
  }

  @Test
  void a_call_under_way_comes_back_soon_when_the_watch_is_closed_and_later_ones_throw()
      throws Exception {
    Optional<ChangeWatch> watch = store.watch();
    if (watch.isPresent()) {
      FutureTask<Boolean> wait = new FutureTask<>(() -> watch.get().awaitChange(LONG));
      Thread thread = new Thread(wait);
      thread.setDaemon(true);
      thread.start();
      watch.get().close();
      assertComesBack(wait);
      assertThatThrownBy(() -> watch.get().awaitChange(Duration.ZERO))
          .isInstanceOf(RuntimeException.class);
    }
  }

  private static void assertComesBack(FutureTask<Boolean> wait) throws InterruptedException {
    try {
      wait.get(DEADLINE, SECONDS);
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

package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nobody holds a lock while a store is asked, on threads of either kind.
 *
 * <p>Whatever the lock is: all callers are in the store at the same time, or none gets on. That they could be there although
 * each had a monitor to itself, which from Java 21 to 23 keeps a virtual thread on its carrier, the flight recorder excludes;
 * from 24 on only native code and the start of a class do so (JEP 491), and they too would be recorded. The build has one
 * carrier for all virtual threads (see the pom): with more, a few of them might be kept and all meet none the less.
 */
class NoLockOverStoreTest {
  private static final int CALLERS = 64;
  private static final int PATIENCE_SECONDS = 120;
  private static final Duration LAG = Duration.ofHours(1);
  private static final String NO_VIRTUAL_THREADS = "there are virtual threads from Java 21 on";

  /** What lies between a manager and the store that takes its time. */
  enum Way {
    STRAIGHT {
      @Override
      TokenStore to(TokenStore store) {
        return store;
      }
    },
    CACHED {
      @Override
      TokenStore to(TokenStore store) {
        return CachedTokenStore.around(store, LAG);
      }
    };

    abstract TokenStore to(TokenStore store);
  }

  @ParameterizedTest // rule 10 of the design
  @EnumSource
  void all_callers_are_in_the_store_at_once_whatever_they_do_there(Way way) throws Exception {
    liveAtOnce(way, Thread::new);
  }

  @ParameterizedTest // rule 10 of the design
  @EnumSource
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = NO_VIRTUAL_THREADS)
  void and_no_virtual_thread_that_waits_there_keeps_its_carrier(Way way) throws Exception {
    liveAtOnce(way, Thread::new); // loads the classes, for which a thread may wait
    ThreadFactory virtual = VirtualThreads.factory();
    assertThat(VirtualThreads.pinnedDuring(() -> liveAtOnce(way, virtual))).isEmpty();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = NO_VIRTUAL_THREADS)
  void one_that_did_would_be_noticed() throws Exception {
    ThreadFactory virtual = VirtualThreads.factory();
    assertThat(VirtualThreads.pinnedDuring(() -> finish(List.of(start(virtual, Pinning::touch)))))
        .isNotEmpty();
  }

  /** Its start waits, which pins on every Java so far. */
  private static final class Pinning {
    static {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    static void touch() {
      // that it is called is enough
    }
  }

  private static boolean liveAtOnce(Way way, ThreadFactory threads) throws Exception {
    TokenStore store = way.to(new MeetingStore(new InMemoryTokenStore(), CALLERS).store);
    try (TokenManager manager = TokenManager.builder(store).build()) {
      List<FutureTask<?>> lives = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        String name = "token " + i;
        lives.add(start(threads, () -> live(manager, name)));
      }
      return finish(lives);
    }
  }

  private static FutureTask<?> start(ThreadFactory threads, Runnable work) {
    FutureTask<?> task = new FutureTask<>(work, true);
    threads.newThread(task).start();
    return task;
  }

  private static boolean finish(List<FutureTask<?>> tasks) throws Exception {
    for (FutureTask<?> task : tasks) {
      task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    return true;
  }

  /** Asks the store as often as every other caller does: what is kept of a token is never in force for one of them alone. */
  private static void live(TokenManager manager, String name) {
    CreatedToken token = manager.create(NewToken.named(name));
    long id = token.token().id();
    assertAccepted(manager, token);
    assertThat(manager.identify(token.reveal())).isPresent();
    assertThat(manager.find(id)).isPresent();
    assertThat(manager.find("", name)).isPresent();
    assertThat(manager.list()).hasSize(CALLERS);
    assertThat(manager.list("")).hasSize(CALLERS);
    assertThat(manager.disable(id)).isTrue();
    assertThat(manager.authenticate(token.reveal())).isInstanceOf(Verdict.Rejected.class);
    assertThat(manager.enable(id)).isTrue();
    CreatedToken rotated = manager.rotate(id, LAG).orElseThrow();
    assertAccepted(manager, token);
    assertAccepted(manager, rotated);
    assertThat(manager.reportLeak(token.reveal())).isPresent();
    manager.disableOwnedBy("");
    manager.disableAll();
    manager.deleteExpired(Instant.EPOCH, 1);
    assertThat(manager.delete(id)).isTrue();
    manager.deleteOwnedBy("");
  }

  private static void assertAccepted(TokenManager manager, CreatedToken token) {
    assertThat(manager.authenticate(token.reveal())).isInstanceOf(Verdict.Accepted.class);
  }
}

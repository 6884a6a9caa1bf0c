package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenUpdate;
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
 * No lock is held during a call of the store, on platform threads and on virtual ones.
 *
 * <p>The store lets its callers continue only when all of them have reached it, so any shared lock fails the test. Each caller
 * could still hold its own monitor, which pins a virtual thread to its carrier on Java 21 to 23. JDK Flight Recorder shows that
 * this does not happen. From Java 24 on, only native code and class initialization pin a thread (JEP 491). JDK Flight Recorder
 * records these cases, too. The build has one carrier for all virtual threads (see the POM). With more carriers, all threads
 * could reach the store even if some were pinned.
 */
class NoLockOverStoreTest {
  private static final int CALLERS = 64;
  private static final int TIMEOUT_SECONDS = 120;
  private static final Duration BOUND = Duration.ofHours(1);
  private static final String NO_VIRTUAL_THREADS = "there are virtual threads from Java 21 on";

  /** The stores between a manager and the store that waits. */
  enum Setup {
    DIRECT {
      @Override
      TokenStore to(TokenStore store) {
        return store;
      }
    },
    CACHED {
      @Override
      TokenStore to(TokenStore store) {
        return CachedTokenStore.around(store, BOUND);
      }
    };

    abstract TokenStore to(TokenStore store);
  }

  @ParameterizedTest
  @EnumSource
  void all_callers_can_be_in_the_store_at_once_in_every_method(Setup setup) throws Exception {
    callConcurrently(setup, Thread::new);
  }

  @ParameterizedTest
  @EnumSource
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = NO_VIRTUAL_THREADS)
  void no_virtual_thread_that_waits_in_the_store_pins_its_carrier(Setup setup) throws Exception {
    callConcurrently(setup, Thread::new); // loads the classes, which may pin
    ThreadFactory virtual = VirtualThreads.factory();
    assertThat(VirtualThreads.pinnedDuring(() -> callConcurrently(setup, virtual)))
        .isEmpty();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = NO_VIRTUAL_THREADS)
  void a_pinned_virtual_thread_is_detected() throws Exception {
    ThreadFactory virtual = VirtualThreads.factory();
    assertThat(VirtualThreads.pinnedDuring(() -> finish(List.of(start(virtual, Pinning::touch)))))
        .isNotEmpty();
  }

  /** Waits in its initializer, which pins the thread on every Java version so far. */
  private static final class Pinning {
    static {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    static void touch() {
      // the call initializes the class
    }
  }

  private static boolean callConcurrently(Setup setup, ThreadFactory threads) throws Exception {
    TokenStore store = setup.to(new BarrierStore(new InMemoryTokenStore(), CALLERS).store);
    try (TokenManager manager = TokenManager.builder(store).build()) {
      List<FutureTask<?>> tasks = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        String name = "token " + i;
        tasks.add(start(threads, () -> callEveryMethod(manager, name)));
      }
      return finish(tasks);
    }
  }

  private static FutureTask<?> start(ThreadFactory threads, Runnable work) {
    FutureTask<?> task = new FutureTask<>(work, true);
    threads.newThread(task).start();
    return task;
  }

  private static boolean finish(List<FutureTask<?>> tasks) throws Exception {
    for (FutureTask<?> task : tasks) {
      task.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return true;
  }

  /** Calls the store as often as every other caller does, because an entry is valid either for all callers or for none. */
  private static void callEveryMethod(TokenManager manager, String name) {
    CreatedToken token = manager.create(NewToken.named(name));
    long id = token.token().id();
    assertAccepted(manager, token);
    assertThat(manager.identify(token.reveal())).isPresent();
    assertThat(manager.find(id)).isPresent();
    assertThat(manager.find("", name)).isPresent();
    assertThat(manager.list()).hasSize(CALLERS);
    assertThat(manager.list(TokenQuery.all().owner(""))).hasSize(CALLERS);
    assertThat(manager.count(TokenQuery.all())).isEqualTo(CALLERS);
    assertThat(manager.update(id, TokenUpdate.of().description("changed"))).isPresent();
    assertThat(manager.disable(id)).isTrue();
    assertThat(manager.authenticate(token.reveal())).isInstanceOf(Verdict.Rejected.class);
    assertThat(manager.enable(id)).isTrue();
    CreatedToken rotated = manager.rotate(id, BOUND).orElseThrow();
    assertAccepted(manager, token);
    assertAccepted(manager, rotated);
    assertThat(manager.reportLeak(token.reveal())).isPresent();
    manager.disableOwnedBy("");
    manager.disableAll();
    manager.deleteExpired(Instant.EPOCH, 1);
    manager.deleteExpired(List.of(token.token()));
    assertThat(manager.delete(id)).isTrue();
    manager.deleteOwnedBy("");
  }

  private static void assertAccepted(TokenManager manager, CreatedToken token) {
    assertThat(manager.authenticate(token.reveal())).isInstanceOf(Verdict.Accepted.class);
  }
}

package io.counterfoil.cache;

import static io.counterfoil.cache.SampleTokens.enable;
import static io.counterfoil.cache.SampleTokens.find;
import static io.counterfoil.cache.SampleTokens.hash;
import static io.counterfoil.cache.SampleTokens.put;
import static io.counterfoil.cache.SampleTokens.rotated;
import static io.counterfoil.cache.SampleTokens.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The entry of a token ends while many callers use the token. The first caller is in the store until a test lets it continue. */
@Timeout(60)
class RenewalTest {
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final int CALLERS = 20;

  private final InMemoryTokenStore elsewhere = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(elsewhere);
  private final AtomicLong nanos = new AtomicLong();
  private final CachedTokenStore cached = new CachedTokenStore(hooked.store, BOUND, 10, nanos::get);
  private final StoredToken row = put(elsewhere, "a");
  private final CountDownLatch isAsked = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  /** A call of the cache on its own thread. */
  private final class Call {
    private final FutureTask<Optional<StoredToken>> result;
    private final Thread thread;

    Call(TokenHash... candidates) {
      this.result = new FutureTask<>(() -> cached.findByHash(List.of(candidates)));
      this.thread = new Thread(result);
      thread.start();
    }

    /** Returns when the call waits for the query of another call. */
    Call waiting() {
      while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      return this;
    }

    Optional<StoredToken> result() throws Exception {
      return result.get(60, TimeUnit.SECONDS);
    }
  }

  @BeforeEach
  void endEntry() {
    find(cached, row.hash());
    find(cached, previousHash());
    hooked.lookups.set(0);
    nanos.addAndGet(BOUND.toNanos());
  }

  @AfterEach
  void endHooks() {
    end.countDown();
  }

  private TokenHash previousHash() {
    return row.previous().orElseThrow().hash();
  }

  private void pause() {
    isAsked.countDown();
    await(end);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Call first() {
    Call first = new Call(row.hash());
    await(isAsked);
    return first;
  }

  @Test
  void of_many_callers_whose_entry_has_ended_one_queries_the_store() throws Exception {
    hooked.before("findByHash", this::pause);
    List<Call> calls = new ArrayList<>(List.of(first()));
    for (int i = 0; i < CALLERS; i++) {
      calls.add(new Call(row.hash()).waiting());
    }
    end.countDown();
    for (Call call : calls) {
      assertThat(call.result()).contains(row);
    }
    assertThat(hooked.lookups).hasValue(1);
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
    assertThat(cached.statistics()).isEqualTo(new CacheStatistics(CALLERS + 1, 3, 3, 0, 2));
  }

  @Test // the entry of the old hash stays in memory, and is the first one that a caller finds
  void after_a_new_pepper_one_of_many_callers_queries_the_store_each_time() throws Exception {
    TokenHash[] candidates = {row.hash(), TokenHash.of("x", new byte[32])};
    update(elsewhere, row.withHashes(candidates[1], row.previous()));
    for (int round = 0; round < 3; round++) {
      cached.findByHash(List.of(candidates));
      nanos.addAndGet(BOUND.toNanos());
      hooked.lookups.set(0);
      CountDownLatch isOver = new CountDownLatch(1);
      CountDownLatch isQuerying = new CountDownLatch(1);
      hooked.before("findByHash", () -> {
        isQuerying.countDown();
        await(isOver);
      });
      List<Call> calls = new ArrayList<>(List.of(new Call(candidates)));
      await(isQuerying);
      for (int i = 0; i < CALLERS; i++) {
        calls.add(new Call(candidates).waiting());
      }
      isOver.countDown();
      for (Call call : calls) {
        assertThat(call.result()).isPresent();
      }
      assertThat(hooked.lookups).hasValue(1);
    }
  }

  @Test // G3
  void an_answer_from_before_a_change_is_not_used_by_a_caller_that_waits() throws Exception {
    hooked.after("findByHash", this::pause);
    Call first = first();
    cached.disable(row.id());
    Call second = new Call(row.hash()).waiting();
    end.countDown();
    first.result();
    assertThat(second.result()).contains(row.disabled());
  }

  @Test // G3
  void an_answer_whose_bound_has_ended_is_not_used_by_a_caller_that_waits() throws Exception {
    hooked.after("findByHash", this::pause);
    Call first = first();
    nanos.addAndGet(BOUND.toNanos());
    elsewhere.disable(row.id());
    Call second = new Call(row.hash()).waiting();
    end.countDown();
    first.result();
    assertThat(second.result()).contains(row.disabled());
  }

  @Test // the token was enabled after the query
  void an_answer_that_would_cause_a_rejection_is_not_used_by_a_caller_that_waits()
      throws Exception {
    elsewhere.disable(row.id());
    hooked.after("findByHash", this::pause);
    Call first = first();
    StoredToken enabled = enable(elsewhere, row.id());
    Call second = new Call(row.hash()).waiting();
    end.countDown();
    assertThat(first.result()).contains(row.disabled());
    assertThat(second.result()).contains(enabled);
  }

  @Test
  void an_answer_without_the_hash_of_a_caller_that_waits_is_not_used_by_it() throws Exception {
    update(elsewhere, rotated(row, hash("new")));
    hooked.before("findByHash", this::pause);
    Call first = first();
    Call second = new Call(previousHash()).waiting();
    end.countDown();
    assertThat(first.result()).isPresent();
    assertThat(second.result()).isEmpty();
  }

  @Test
  void if_the_query_fails_a_caller_that_waits_queries_the_store_itself() throws Exception {
    hooked.before("findByHash", () -> {
      pause();
      throw new TokenStoreException("the connection is lost");
    });
    Call first = first();
    Call second = new Call(row.hash()).waiting();
    end.countDown();
    assertThatThrownBy(first::result).hasCauseInstanceOf(TokenStoreException.class);
    assertThat(second.result()).contains(row);
  }

  @Test
  void a_query_that_hangs_delays_other_callers_of_the_token_by_at_most_a_second() throws Exception {
    hooked.before("findByHash", this::pause);
    Call first = first();
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(first.result.isDone()).isFalse();
    assertThat(hooked.lookups).hasValue(2);
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(hooked.lookups).hasValue(2);
  }

  @Test
  void an_interrupted_caller_does_not_wait() {
    hooked.before("findByHash", this::pause);
    Call first = first();
    Thread.currentThread().interrupt();
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(first.result.isDone()).isFalse();
  }
}

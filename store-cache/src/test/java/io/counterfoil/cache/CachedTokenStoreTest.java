package io.counterfoil.cache;

import static io.counterfoil.cache.SampleTokens.EXPIRY;
import static io.counterfoil.cache.SampleTokens.enable;
import static io.counterfoil.cache.SampleTokens.find;
import static io.counterfoil.cache.SampleTokens.hash;
import static io.counterfoil.cache.SampleTokens.put;
import static io.counterfoil.cache.SampleTokens.rotated;
import static io.counterfoil.cache.SampleTokens.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Pepper;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedTokenStoreTest {
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final InMemoryTokenStore elsewhere = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(elsewhere);
  private final AtomicLong nanos =
      new AtomicLong(Long.MAX_VALUE - 1); // an overflow must do no harm
  private final TokenStore cached = cached(10);

  private CachedTokenStore cached(int maxEntries) {
    return new CachedTokenStore(hooked.store, BOUND, maxEntries, nanos::get);
  }

  @Test // G2, G3, J2
  void a_change_made_elsewhere_is_seen_when_the_bound_ends_to_the_nanosecond() {
    StoredToken row = put(elsewhere, "a");
    find(cached, row.hash());
    elsewhere.disable(row.id());
    nanos.addAndGet(BOUND.toNanos() - 1);
    assertThat(find(cached, row.hash())).contains(row);
    nanos.addAndGet(1);
    assertThat(find(cached, row.hash())).contains(row.disabled());
  }

  @Test
  void a_leak_reported_here_does_not_affect_the_plaintext_that_replaced_it_elsewhere() {
    try (TokenManager here = TokenManager.builder(cached).build();
        TokenManager there = TokenManager.builder(elsewhere).build()) {
      CreatedToken created = there.create(NewToken.named("a"));
      here.authenticate(created.reveal());
      CreatedToken rotated =
          there.rotate(created.token().id(), Duration.ofMinutes(10)).orElseThrow();
      assertThat(here.reportLeak(created.reveal())).isPresent();
      assertThat(there.authenticate(rotated.reveal())).isInstanceOf(Verdict.Accepted.class);
      assertThat(there.authenticate(created.reveal())).isInstanceOf(Verdict.Rejected.class);
    }
  }

  @Test // G2, G3
  void the_bound_counts_from_the_query_however_long_the_answer_takes() {
    StoredToken row = put(elsewhere, "a");
    hooked.after("findByHash", () -> nanos.addAndGet(BOUND.toNanos() - 1));
    find(cached, row.hash());
    elsewhere.delete(row.id());
    assertThat(find(cached, row.hash())).contains(row);
    nanos.addAndGet(1);
    assertThat(find(cached, row.hash())).isEmpty();
  }

  @Test // G3
  void use_does_not_extend_the_life_of_an_entry() {
    StoredToken row = put(elsewhere, "a");
    for (int i = 0; i < 100; i++) {
      find(cached, row.hash());
      nanos.addAndGet(BOUND.toNanos() / 10);
    }
    assertThat(hooked.lookups).hasValue(10);
  }

  @Test // G3
  void an_unknown_token_is_queried_each_time_and_accepted_as_soon_as_it_exists() {
    assertThat(find(cached, hash("a"))).isEmpty();
    StoredToken row = put(elsewhere, "a");
    assertThat(find(cached, row.hash())).contains(row);
  }

  @Test // G3
  void a_disabled_token_is_queried_each_time_and_accepted_as_soon_as_it_is_enabled() {
    StoredToken row = put(elsewhere, "a");
    elsewhere.disable(row.id());
    assertThat(find(cached, row.hash())).contains(row.disabled());
    StoredToken enabled = enable(elsewhere, row.id());
    assertThat(find(cached, row.hash())).contains(enabled);
  }

  @Test // G3
  void the_new_plaintext_of_a_rotation_elsewhere_is_accepted_at_once() {
    StoredToken row = put(elsewhere, "a");
    find(cached, row.hash());
    StoredToken rotated = update(elsewhere, rotated(row, hash("new")));
    assertThat(find(cached, hash("new"))).contains(rotated);
  }

  @Test
  void a_token_is_cached_by_its_previous_hash_too() {
    StoredToken row = put(elsewhere, "a");
    TokenHash old = row.previous().orElseThrow().hash();
    assertThat(find(cached, old)).contains(row);
    assertThat(find(cached, old)).contains(row);
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test
  void any_of_several_hashes_of_a_plaintext_finds_the_entry() {
    StoredToken row = put(elsewhere, "a");
    List<TokenHash> candidates = List.of(hash("with pepper"), row.hash());
    assertThat(cached.findByHash(candidates)).contains(row);
    assertThat(cached.findByHash(candidates)).contains(row);
    assertThat(hooked.lookups).hasValue(1);
    StoredToken rehashed = update(cached, row.withHashes(hash("with pepper"), row.previous()));
    assertThat(cached.findByHash(candidates)).contains(rehashed);
    assertThat(cached.findByHash(candidates)).contains(rehashed);
    assertThat(hooked.lookups).hasValue(2);
  }

  @Test // A9
  void a_row_that_is_found_under_another_tag_is_cached_under_neither() {
    StoredToken row = put(elsewhere, "a");
    TokenHash asked = TokenHash.of("other", row.hash().bytes());
    assertThat(find(cached, asked)).contains(row);
    assertThat(find(cached, asked)).contains(row);
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(hooked.lookups).hasValue(3);
  }

  @Test // I1
  void if_the_store_fails_an_entry_is_used_until_its_bound_ends_and_no_longer() {
    StoredToken row = put(elsewhere, "a");
    find(cached, row.hash());
    failOnce("findByHash");
    assertThatThrownBy(() -> find(cached, hash("b"))).isInstanceOf(TokenStoreException.class);
    nanos.addAndGet(BOUND.toNanos() - 1);
    assertThat(find(cached, row.hash())).contains(row);
    nanos.addAndGet(1);
    failOnce("findByHash");
    assertThatThrownBy(() -> find(cached, row.hash())).isInstanceOf(TokenStoreException.class);
  }

  private void failOnce(String method) {
    hooked.before(method, () -> {
      throw new TokenStoreException("gone");
    });
  }

  @Test // G3
  void the_cache_holds_no_more_entries_than_its_limit() {
    List<StoredToken> rows =
        IntStream.range(0, 100).mapToObj(i -> put(elsewhere, "token " + i)).toList();
    rows.forEach(row -> find(cached, row.hash()));
    hooked.lookups.set(0);
    rows.forEach(row -> find(cached, row.hash()));
    assertThat(hooked.lookups).hasValueBetween(90, 100);
  }

  @Test // G5
  void a_use_is_recorded_in_the_entry_and_invalidates_nothing() {
    StoredToken row = put(elsewhere, "a");
    find(cached, row.hash());
    Use use = new Use(EXPIRY, Optional.of("192.0.2.1"));
    StoredToken used = row.used(use, EXPIRY);
    cached.recordUses(Map.of(row.id(), use), EXPIRY);
    assertThat(find(cached, row.hash())).contains(used);
    assertThat(hooked.lookups).hasValue(1);
    elsewhere.disable(row.id());
    nanos.addAndGet(BOUND.toNanos());
    assertThat(find(cached, row.hash())).contains(used.disabled());
  }

  @Test
  void a_change_invalidates_only_the_tokens_that_it_affects() {
    StoredToken row = put(elsewhere, "a");
    StoredToken other = put(elsewhere, "b");
    find(cached, other.hash());
    cached.delete(row.id());
    cached.disableOwnedBy("somebody else");
    cached.deleteOwnedBy("somebody else");
    cached.deleteExpired(EXPIRY, 10);
    assertThat(find(cached, other.hash())).contains(other);
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test
  void a_store_that_cannot_replace_an_outdated_hash_does_not_switch_the_cache_off() {
    String plaintext =
        TokenManager.builder(elsewhere).build().create(NewToken.named("a")).reveal();
    AtomicInteger changes = new AtomicInteger();
    CachedTokenStore readOnly = CachedTokenStore.around(
        new ForwardingTokenStore(hooked.store) {
          @Override
          public boolean update(StoredToken changed) {
            changes.incrementAndGet();
            throw new TokenStoreException("read-only");
          }
        },
        Duration.ofHours(1));
    TokenManager tokens = TokenManager.builder(readOnly)
        .clock(Clock.fixed(Instant.now(), ZoneOffset.UTC))
        .recordNoUses()
        .peppers(Pepper.of("p", new byte[32]))
        .build();
    for (int i = 0; i < 1_000; i++) {
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
    }
    assertThat(changes).hasValue(1);
    assertThat(hooked.lookups).hasValue(3); // the failed change invalidates the first of them
  }

  @Test
  void a_token_that_a_deletion_of_expired_tokens_has_left_is_cached_again() {
    put(elsewhere, "a");
    StoredToken row = put(elsewhere, "b");
    find(cached, row.hash());
    cached.deleteExpired(EXPIRY.plus(BOUND), 1); // the clock is far ahead
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(hooked.lookups).hasValue(2);
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(hooked.lookups).hasValue(2);
  }

  @Test
  void a_query_that_hangs_delays_no_caller_whose_token_is_cached() throws Exception {
    StoredToken row = put(elsewhere, "a");
    find(cached, row.hash());
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    hooked.before("findByHash", () -> {
      asked.countDown();
      await(end);
    });
    FutureTask<?> hanging = new FutureTask<>(() -> find(cached, hash("b")));
    new Thread(hanging).start();
    try {
      await(asked);
      assertThat(find(cached, row.hash())).contains(row);
      assertThat(hooked.lookups).hasValue(2);
    } finally {
      end.countDown();
    }
    hanging.get(60, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.000000001S"})
  void a_bound_of_zero_or_less_or_more_than_a_day_is_rejected(Duration bound) {
    assertThatThrownBy(() -> CachedTokenStore.around(elsewhere, bound))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stalenessBound: " + bound + " (expected: more than zero, at most PT24H)");
    CachedTokenStore.around(elsewhere, Duration.ofDays(1));
    CachedTokenStore.around(elsewhere, Duration.ofNanos(1));
  }

  @Test
  void fewer_than_one_entry_is_rejected() {
    assertThatThrownBy(() -> CachedTokenStore.around(elsewhere, BOUND, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxEntries: 0 (expected: at least 1)");
    CachedTokenStore.around(elsewhere, BOUND, 1);
  }
}

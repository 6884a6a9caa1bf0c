package io.counterfoil.cache;

import static io.counterfoil.cache.SampleTokens.find;
import static io.counterfoil.cache.SampleTokens.hash;
import static io.counterfoil.cache.SampleTokens.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CacheStatisticsTest {
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final InMemoryTokenStore elsewhere = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(elsewhere);
  private final AtomicLong nanos = new AtomicLong();
  private final CachedTokenStore cached = new CachedTokenStore(hooked.store, BOUND, 10, nanos::get);

  @Test
  void each_lookup_by_any_number_of_hashes_is_one_hit_or_one_miss() {
    StoredToken row = put(elsewhere, "a");
    cached.findByHash(List.of(hash("with pepper"), row.hash()));
    cached.findByHash(List.of(hash("with pepper"), row.hash()));
    cached.findByHash(List.of(hash("with pepper"), row.hash()));
    assertThat(cached.statistics()).isEqualTo(new CacheStatistics(2, 1, 1, 0, 1));
  }

  @Test
  void an_entry_whose_bound_has_ended_is_a_miss() {
    StoredToken row = put(elsewhere, "a");
    find(cached, row.hash());
    nanos.addAndGet(BOUND.toNanos());
    find(cached, row.hash());
    assertThat(cached.statistics()).isEqualTo(new CacheStatistics(0, 2, 2, 0, 1));
  }

  @Test
  void an_unknown_or_disabled_token_is_a_miss_each_time() {
    StoredToken row = put(elsewhere, "a");
    elsewhere.disable(row.id());
    find(cached, hash("unknown"));
    find(cached, hash("unknown"));
    find(cached, row.hash());
    find(cached, row.hash());
    assertThat(cached.statistics()).isEqualTo(new CacheStatistics(0, 4, 0, 0, 0));
  }

  @Test
  void a_query_that_fails_is_a_miss() {
    hooked.before("findByHash", () -> {
      throw new TokenStoreException("no connection");
    });
    assertThatThrownBy(() -> find(cached, hash("a"))).isInstanceOf(TokenStoreException.class);
    assertThat(cached.statistics().misses()).isEqualTo(1);
  }

  @Test
  void a_full_cache_counts_each_eviction() {
    IntStream.range(0, 30)
        .forEach(i -> find(cached, put(elsewhere, "token " + i).hash()));
    assertThat(cached.statistics()).isEqualTo(new CacheStatistics(0, 30, 30, 20, 10));
  }
}

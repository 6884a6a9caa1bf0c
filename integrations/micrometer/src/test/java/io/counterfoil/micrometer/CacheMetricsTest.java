package io.counterfoil.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CacheMetricsTest {
  private static final String CACHE = "counterfoil";

  private final CachedTokenStore cache =
      CachedTokenStore.around(new InMemoryTokenStore(), Duration.ofMinutes(10), 2);

  @Test
  void the_meters_of_the_cache_show_its_hits_misses_entries_and_evictions() {
    MeterRegistry registry = new SimpleMeterRegistry();
    new CounterfoilMetrics(cache).bindTo(registry);
    TokenManager tokens = TokenManager.builder(cache).build();
    for (String name : new String[] {"a", "b", "c"}) {
      String plaintext = tokens.create(NewToken.named(name)).reveal();
      tokens.authenticate(plaintext);
      tokens.authenticate(plaintext);
    }
    tokens.close();
    assertThat(count(registry, "cache.gets", "result", "hit")).isEqualTo(3);
    assertThat(count(registry, "cache.gets", "result", "miss")).isEqualTo(3);
    assertThat(count(registry, "cache.puts")).isEqualTo(3);
    assertThat(count(registry, "cache.evictions")).isEqualTo(1);
    assertThat(registry.get("cache.size").tag("cache", CACHE).gauge().value()).isEqualTo(2);
  }

  private static double count(MeterRegistry registry, String name, String... tags) {
    return registry.get(name).tag("cache", CACHE).tags(tags).functionCounter().count();
  }

  @Test // a dashboard for other caches shows this one, too
  void the_names_and_tags_are_those_of_micrometers_binder_for_caffeine() {
    Cache<String, String> other = Caffeine.newBuilder().recordStats().build();
    SimpleMeterRegistry theirs = new SimpleMeterRegistry();
    CaffeineCacheMetrics.monitor(theirs, other, CACHE);
    SimpleMeterRegistry ours = new SimpleMeterRegistry();
    new CounterfoilMetrics(cache).bindTo(ours);
    assertThat(ids(ours)).isNotEmpty().isSubsetOf(ids(theirs).toList());
  }

  private static Stream<Meter.Id> ids(MeterRegistry registry) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().startsWith("cache."));
  }

  @Test // Prometheus would refuse one of them
  void further_tags_let_prometheus_have_the_meters_of_other_caches_too() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.throwExceptionOnRegistrationFailure();
    FunctionCounter.builder("cache.gets", 1, Integer::doubleValue)
        .tags(Tags.of("cache", "books", "cache.manager", "m", "name", "books", "result", "hit"))
        .register(registry);
    new CounterfoilMetrics(cache, Tag.of("cache.manager", "none"), Tag.of("name", CACHE))
        .bindTo(registry);
    assertThat(registry.scrape())
        .contains("cache_gets_total{cache=\"books\"", "cache_gets_total{cache=\"counterfoil\"");
  }
}

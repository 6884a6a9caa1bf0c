package io.counterfoil.micrometer;

import io.counterfoil.cache.CacheStatistics;
import io.counterfoil.cache.CachedTokenStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.List;

/** The meters that Micrometer has for every cache. */
final class CacheMetrics extends CacheMeterBinder<CachedTokenStore> {

  CacheMetrics(CachedTokenStore cache, List<Tag> tags) {
    super(cache, "counterfoil", tags);
  }

  /** Micrometer does not keep a cache alive, and does not ask for a cache that is gone. */
  private CacheStatistics statistics() {
    CachedTokenStore cache = getCache();
    return cache == null ? new CacheStatistics(0, 0, 0, 0, 0) : cache.statistics();
  }

  @Override
  protected Long size() {
    return statistics().entries();
  }

  @Override
  protected long hitCount() {
    return statistics().hits();
  }

  @Override
  protected Long missCount() {
    return statistics().misses();
  }

  @Override
  protected Long evictionCount() {
    return statistics().evictions();
  }

  @Override
  protected long putCount() {
    return statistics().puts();
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {}
}

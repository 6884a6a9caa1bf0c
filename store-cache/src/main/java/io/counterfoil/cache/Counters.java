package io.counterfoil.cache;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a cache does. Caffeine could count, too, but an entry whose bound has ended would be a hit, and a lookup by several
 * hashes would be several.
 */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder evictions = new LongAdder();

  CacheStatistics read(long entries) {
    return new CacheStatistics(hits.sum(), misses.sum(), puts.sum(), evictions.sum(), entries);
  }
}

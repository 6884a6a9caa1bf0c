package io.counterfoil.cache;

/**
 * Counts of a {@link CachedTokenStore} since it was created, for meters. They are exact; a lookup that is in progress may be
 * missing. They contain no hash and no token.
 *
 * @param hits the lookups by hash that needed no query of their own
 * @param misses the lookups by hash that queried the store. Each lookup of an unknown, leaked or disabled token is one
 * @param puts the entries that were stored
 * @param evictions the entries that were evicted because there were too many
 * @param entries the number of entries now, approximately. It includes entries whose bound has ended
 */
public record CacheStatistics(long hits, long misses, long puts, long evictions, long entries) {}

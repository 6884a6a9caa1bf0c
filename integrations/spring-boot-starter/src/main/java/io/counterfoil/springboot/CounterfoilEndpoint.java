package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStoreException;
import io.counterfoil.cache.CacheStatistics;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Reports the state of the tokens to operators: only numbers, names of peppers, and warnings about the database.
 *
 * <pre>{@code
 * {
 *   "store": "available",
 *   "tokens": {"active": 12, "expiring": 2, "disabled": 1, "expired": 3},
 *   "withoutPepper": 2,
 *   "peppers": {"2026": 14},
 *   "cache": {"entries": 9, "hits": 8120, "misses": 77, "evictions": 0},
 *   "warnings": []
 * }
 * }</pre>
 *
 * <p>Expiring tokens are active, too. If the store fails, it is {@code unavailable}, and there are no numbers of tokens. The store
 * counts the tokens by their state, but the peppers are in the rows: if there are too many tokens to read, there are no members
 * {@code withoutPepper} and {@code peppers}. Without a cache, there is no member {@code cache}.
 */
@Endpoint(id = "counterfoil")
final class CounterfoilEndpoint {
  private final TokenManager manager;
  private final List<CachedTokenStore> caches;
  private final List<JdbcTokenStore> databases;
  private final Duration expiringWithin;
  private final int maxTokens;

  /**
   * @param expiringWithin the time within which an expiring token will expire
   * @param maxTokens the number of tokens that a call reads at most
   */
  CounterfoilEndpoint(
      TokenManager manager,
      List<CachedTokenStore> caches,
      List<JdbcTokenStore> databases,
      Duration expiringWithin,
      int maxTokens) {
    this.manager = manager;
    this.caches = caches;
    this.databases = databases;
    this.expiringWithin = expiringWithin;
    this.maxTokens = maxTokens;
  }

  @ReadOperation
  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    try {
      addTokens(report);
    } catch (TokenStoreException failure) {
      report.clear();
      report.put("store", "unavailable");
    }
    caches.forEach(cache -> report.put("cache", cache(cache.statistics())));
    report.put(
        "warnings",
        databases.stream().flatMap(store -> store.warnings().stream()).toList());
    return report;
  }

  private void addTokens(Map<String, Object> report) {
    report.put("store", "available");
    report.put("tokens", tokens());
    // An operator may remove a pepper that is not here. So some of them are worse than none.
    if (manager.count(TokenQuery.all()) <= maxTokens) {
      Map<String, Long> peppers = new TreeMap<>(manager.reports().countByPepper());
      Long withoutPepper = peppers.remove("");
      report.put("withoutPepper", withoutPepper == null ? 0L : withoutPepper);
      report.put("peppers", peppers);
    }
  }

  private Map<String, Long> tokens() {
    Instant now = manager.clock().instant();
    TokenQuery enabled = TokenQuery.all().enabled(true);
    long expired = manager.count(enabled.expiresBy(now));
    Map<String, Long> tokens = new LinkedHashMap<>();
    // Tokens may change between the queries.
    tokens.put("active", Math.max(0, manager.count(enabled) - expired));
    tokens.put(
        "expiring", manager.count(enabled.expiresAfter(now).expiresBy(now.plus(expiringWithin))));
    tokens.put("disabled", manager.count(TokenQuery.all().enabled(false)));
    tokens.put("expired", expired);
    return tokens;
  }

  private static Map<String, Object> cache(CacheStatistics statistics) {
    Map<String, Object> cache = new LinkedHashMap<>();
    cache.put("entries", statistics.entries());
    cache.put("hits", statistics.hits());
    cache.put("misses", statistics.misses());
    cache.put("evictions", statistics.evictions());
    return cache;
  }
}

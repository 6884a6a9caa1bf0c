package io.counterfoil.springboot;

import io.counterfoil.TokenCounts;
import io.counterfoil.TokenReports;
import io.counterfoil.TokenStoreException;
import io.counterfoil.cache.CacheStatistics;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
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
 *   "tokens": {"active": 12, "disabled": 1, "expired": 3, "withoutPepper": 2, "complete": true},
 *   "peppers": {"2026": 14},
 *   "cache": {"entries": 9, "hits": 8120, "misses": 77, "evictions": 0},
 *   "warnings": []
 * }
 * }</pre>
 *
 * <p>If the store fails, it is {@code unavailable}, and there are no members {@code tokens} and {@code peppers}. Without a cache,
 * there is no member {@code cache}.
 */
@Endpoint(id = "counterfoil")
final class CounterfoilEndpoint {
  private final TokenReports reports;
  private final List<CachedTokenStore> caches;
  private final List<JdbcTokenStore> databases;
  private final int maxTokens;

  /** @param maxTokens the number of tokens that a call reads at most */
  CounterfoilEndpoint(
      TokenReports reports,
      List<CachedTokenStore> caches,
      List<JdbcTokenStore> databases,
      int maxTokens) {
    this.reports = reports;
    this.caches = caches;
    this.databases = databases;
    this.maxTokens = maxTokens;
  }

  @ReadOperation
  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    try {
      TokenCounts counts = reports.count(maxTokens);
      report.put("store", "available");
      report.put("tokens", tokens(counts));
      // An operator may remove a pepper that is not here. So some of them are worse than none.
      if (counts.isComplete()) {
        report.put("peppers", peppers(counts));
      }
    } catch (TokenStoreException failure) {
      report.put("store", "unavailable");
    }
    caches.forEach(cache -> report.put("cache", cache(cache.statistics())));
    report.put(
        "warnings",
        databases.stream().flatMap(store -> store.warnings().stream()).toList());
    return report;
  }

  /** If there are too many tokens, the counts are those of the oldest ones, and {@code complete} is false. */
  private static Map<String, Object> tokens(TokenCounts counts) {
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("active", counts.active());
    tokens.put("disabled", counts.disabled());
    tokens.put("expired", counts.expired());
    tokens.put("withoutPepper", counts.byPepper().getOrDefault("", 0L));
    tokens.put("complete", counts.isComplete());
    return tokens;
  }

  private static Map<String, Long> peppers(TokenCounts counts) {
    Map<String, Long> peppers = new TreeMap<>(counts.byPepper());
    peppers.remove("");
    return peppers;
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

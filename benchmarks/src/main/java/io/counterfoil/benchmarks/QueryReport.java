package io.counterfoil.benchmarks;

import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.benchmarks.TableLoader.Traits;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Prints the times of queries that many tokens match, and of others that few match.
 *
 * <p>The expired tokens are spread over the table. Those that expire soon are the newest ones: a search in order of ids would find
 * them last.
 */
final class QueryReport {
  private static final int PAGE = 100;
  private static final int CALLS = 9;
  private static final int FEW = 10;

  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(3_650));
  private static final Instant SOON = NOW.plus(Duration.ofDays(7));
  private static final Instant LATER = NOW.plus(Duration.ofDays(90));

  private final TokenStore store;
  private final int tokens;
  private final PrintStream out;

  /** A query, and the number of tokens that match it. */
  private record Expected(TokenQuery query, int matching) {}

  private QueryReport(TokenStore store, int tokens, PrintStream out) {
    this.store = store;
    this.tokens = tokens;
    this.out = out;
  }

  static void print(Database database, int tokens, PrintStream out)
      throws SQLException, IOException {
    try (TokenTable table = TokenTable.create(database, tokens, i -> traits(i, tokens))) {
      out.println("\n| query | tokens | first page, ms | slowest call | count(), ms |");
      out.println("|---|--:|--:|--:|--:|");
      QueryReport report = new QueryReport(table.store, tokens, out);
      report.queries().forEach(report::print);
    }
  }

  private static Traits traits(int i, int tokens) {
    int inTenth = i % (tokens / FEW);
    return new Traits(
        i % 10 == 3 ? "large" : "customer-" + i % 1_000,
        "deploy-bot-" + i + (inTenth == 9 ? "-rare" : ""),
        inTenth != 7,
        inTenth == 5 ? "deploy rare" : i % 3 == 0 ? "deploy status" : "",
        expiry(i, tokens));
  }

  private static OptionalLong expiry(int i, int tokens) {
    if (i % 10 < 3) {
      Instant expired = i % (tokens / FEW) == 1 ? LONG_AGO : NOW;
      return OptionalLong.of(expired.toEpochMilli() - i);
    }
    if (i % 10 == 4 && i > tokens / 10 * 8) {
      return OptionalLong.of(SOON.toEpochMilli() - i);
    }
    return i % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(LATER.toEpochMilli() + i);
  }

  private Map<String, Expected> queries() {
    TokenQuery all = TokenQuery.all();
    int tenth = tokens / 10;
    Map<String, Expected> queries = new LinkedHashMap<>();
    queries.put("all", new Expected(all, tokens));
    queries.put("large owner", new Expected(all.owner("large"), tenth));
    queries.put("small owner", new Expected(all.owner("customer-7"), (tokens + 993) / 1_000));
    queries.put("enabled", new Expected(all.enabled(true), tokens - FEW));
    queries.put("disabled", new Expected(all.enabled(false), FEW));
    queries.put("expired", new Expected(all.expiresBy(NOW), 3 * tenth));
    queries.put("expired long ago", new Expected(all.expiresBy(LONG_AGO), FEW));
    TokenQuery expiring = all.expiresAfter(NOW).expiresBy(SOON);
    queries.put("expiring", new Expected(expiring, tenth / 5));
    queries.put("expiring, enabled", new Expected(expiring.enabled(true), tenth / 5));
    queries.put("expired, large owner", new Expected(all.expiresBy(NOW).owner("large"), 0));
    queries.put("frequent text", new Expected(all.nameContains("DEPLOY"), tokens));
    queries.put("rare text", new Expected(all.nameContains("rare"), FEW));
    queries.put("rare scope", new Expected(all.scope("rare"), FEW));
    Instant used = TableLoader.CREATED.plusSeconds(FEW + 1);
    queries.put("unused", new Expected(all.unusedSince(used), FEW / 2));
    return queries;
  }

  private void print(String name, Expected expected) {
    int page = Math.min(PAGE, expected.matching());
    List<Long> list =
        nanos(name, page, () -> store.list(expected.query(), 0, PAGE).size());
    List<Long> count = nanos(name, expected.matching(), () -> store.count(expected.query()));
    out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %.1f |%n",
        name,
        expected.matching(),
        list.get(CALLS / 2) / 1e6,
        list.get(CALLS - 1) / 1e6,
        count.get(CALLS / 2) / 1e6);
  }

  /** Returns the times of all calls, the shortest first. */
  private static List<Long> nanos(String name, long expected, LongSupplier call) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      long actual = call.getAsLong();
      nanos.add(System.nanoTime() - start);
      if (actual != expected) {
        throw new IllegalStateException(
            name + ": " + actual + " tokens (expected: " + expected + ')');
      }
    }
    nanos.sort(null);
    return nanos;
  }
}

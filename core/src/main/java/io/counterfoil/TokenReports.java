package io.counterfoil;

import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reports for operators: how many tokens there are, which peppers are still in use, and how secret scanners recognise tokens.
 * Returned by {@link TokenManager#reports}. Safe for use by many threads.
 */
public final class TokenReports {
  private final TokenStore store;
  private final Settings settings;

  TokenReports(TokenStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * Counts, for each pepper, the tokens with a plaintext that needs this pepper now. The keys are the names of the peppers; the
   * empty name stands for tokens without a pepper. During the overlap of a rotation, a token may count for two peppers. A pepper
   * that is not in the map can be removed. Reports of leaked plaintexts then no longer find tokens that had it.
   */
  public Map<String, Long> countByPepper() {
    return count(Integer.MAX_VALUE).byPepper();
  }

  /**
   * Counts the first tokens in ascending order of id. Reads them from the store in pages of 500.
   *
   * @param limit the maximum number of tokens to read, at least 1
   * @throws IllegalArgumentException if the limit is not positive
   */
  public TokenCounts count(int limit) {
    Paging.requirePositive(limit);
    Instant now = settings.clock().instant();
    Iterator<StoredToken> rows = Paging.stream(
            after -> store.list(TokenQuery.all(), after, Paging.PAGE_SIZE))
        .iterator();
    Map<String, Long> byPepper = new TreeMap<>();
    long active = 0;
    long disabled = 0;
    long expired = 0;
    for (int read = 0; read < limit && rows.hasNext(); read++) {
      StoredToken row = rows.next();
      peppersOf(row, now).forEach(pepper -> byPepper.merge(pepper, 1L, Long::sum));
      if (!row.enabled()) {
        disabled++;
      } else if (row.isExpired(now)) {
        expired++;
      } else {
        active++;
      }
    }
    return new TokenCounts(active, disabled, expired, byPepper, !rows.hasNext());
  }

  /** Returns the names of the peppers that the plaintexts of a token need; the empty name stands for none. */
  private static Stream<String> peppersOf(StoredToken row, Instant now) {
    return Stream.concat(Stream.of(row.hash()), RowHashes.activePrevious(row, now).stream())
        .filter(hash -> !hash.isLeaked())
        .map(TokenHasher::pepperOf)
        .distinct();
  }

  /** Returns the regular expression with which secret scanners find the plaintexts of this manager. */
  public String scannerPattern() {
    return TokenFormat.pattern(settings.prefix());
  }

  /** Returns a rule for gitleaks, in TOML, that finds the plaintexts of this manager. */
  public String gitleaksRule() {
    return """
        [[rules]]
        id = "%1$s-api-token"
        description = "API token that begins with %1$s_"
        regex = '''%2$s'''
        keywords = ["%1$s_"]
        """.formatted(settings.prefix(), scannerPattern());
  }
}

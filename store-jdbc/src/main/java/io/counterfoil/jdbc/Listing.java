package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages of tokens, and leaves out rows that cannot be read.
 *
 * <p>Logs the ids of such rows: each id once per hour, and at most 100 ids per hour.
 */
final class Listing {
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final int MAX_IDS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTokenStore.class);

  private final Set<Long> logged = new HashSet<>();
  private long end = System.nanoTime();

  /** The query for the rows after an id. */
  @FunctionalInterface
  interface Query {
    List<ResultRow> rows(long afterId, int limit);
  }

  /** Returns a full page if there are enough tokens: a caller takes a shorter one for the last. */
  List<StoredToken> page(long afterId, int limit, Query query) {
    List<StoredToken> page = new ArrayList<>();
    long after = afterId;
    boolean isLast = false;
    while (page.size() < limit && !isLast) {
      int missing = limit - page.size();
      List<ResultRow> rows = query.rows(after, missing);
      for (ResultRow row : rows) {
        row.readable().ifPresentOrElse(page::add, () -> log(row.id()));
        after = row.id();
      }
      isLast = rows.size() < missing;
    }
    return page;
  }

  private void log(long id) {
    if (isDue(id)) {
      LOG.warn("Token {} is left out of lists, because its row cannot be read", id);
    }
  }

  private synchronized boolean isDue(long id) {
    long now = System.nanoTime();
    if (now - end >= 0) {
      logged.clear();
      end = now + PERIOD.toNanos();
    }
    return logged.size() < MAX_IDS && logged.add(id);
  }
}

package io.counterfoil;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of tokens, without their names and owners. Returned by {@link TokenReports#count}. Tokens whose rows cannot be read are
 * left out. Immutable.
 *
 * @param active the number of tokens that are enabled and have not expired
 * @param disabled the number of disabled tokens, whether expired or not
 * @param expired the number of enabled tokens that have expired
 * @param byPepper the number of tokens that need each pepper, as {@link TokenReports#countByPepper} returns it
 * @param isComplete whether all tokens were counted; otherwise, there are more than the limit
 */
public record TokenCounts(
    long active, long disabled, long expired, Map<String, Long> byPepper, boolean isComplete) {
  /** Creates counts. The map is copied, and sorted by the names of the peppers. */
  public TokenCounts {
    byPepper = Collections.unmodifiableMap(new TreeMap<>(byPepper));
  }
}

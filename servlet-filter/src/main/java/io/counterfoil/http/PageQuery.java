package io.counterfoil.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request for one page of a list.
 *
 * @param after the id of the last token of the page before; 0 for the first page
 * @param limit the maximum number of tokens
 * @param filter the selection of tokens
 */
record PageQuery(long after, int limit, TokenFilter filter) {
  static final int MAX_LIMIT = 500;
  static final int DEFAULT_LIMIT = 100;

  private static final String LIMIT = "limit";
  private static final String AFTER = "after";
  private static final Set<String> NAMES = Set.of(
      LIMIT,
      AFTER,
      TokenFilter.SEARCH,
      TokenFilter.ENABLED,
      TokenFilter.EXPIRING_WITHIN,
      TokenFilter.EXPIRED,
      TokenFilter.UNUSED_SINCE,
      TokenFilter.SCOPE,
      TokenFilter.OWNER);

  /** Parses a query. Returns empty if it has none of the parameters. Unknown parameters are ignored. */
  static Optional<PageQuery> parse(String query) throws ApiException {
    Map<String, String> known = QueryParameters.parse(query, NAMES);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    long after = QueryParameters.number(AFTER, known.getOrDefault(AFTER, "0"), 0, Long.MAX_VALUE);
    String limit = known.getOrDefault(LIMIT, String.valueOf(DEFAULT_LIMIT));
    Map<String, String> filters = new LinkedHashMap<>();
    for (Map.Entry<String, String> parameter : known.entrySet()) {
      String name = parameter.getKey();
      if (!name.equals(AFTER) && !name.equals(LIMIT)) {
        filters.put(name, QueryParameters.decoded(name, parameter.getValue()));
      }
    }
    return Optional.of(new PageQuery(
        after, (int) QueryParameters.number(LIMIT, limit, 1, MAX_LIMIT), TokenFilter.of(filters)));
  }

  /** Returns the {@code Link} header of a page after which more tokens follow (RFC 8288). */
  String next(long last) {
    return "<?after=" + last + "&limit=" + limit + filter.parameters() + ">; rel=\"next\"";
  }
}

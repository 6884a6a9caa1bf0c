package io.counterfoil.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of a request for one page of a list.
 *
 * @param after the id of the last token of the page before; 0 for the first page
 * @param limit the maximum number of tokens
 */
record PageQuery(long after, int limit) {
  static final int MAX_LIMIT = 500;
  static final int DEFAULT_LIMIT = 100;

  private static final String LIMIT = "limit";
  private static final String AFTER = "after";

  /** ASCII only, as in {@link PathId}. No digit is percent-encoded, because none has to be. */
  private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]{0,18}");

  /** Parses a query. Returns empty if it has none of the parameters. Unknown parameters are ignored. */
  static Optional<PageQuery> parse(String query) throws ApiException {
    Map<String, String> known = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (name.equals(LIMIT) || name.equals(AFTER)) {
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        if (known.put(name, value) != null) {
          throw ApiException.badRequest("the parameter " + name + " must not be repeated");
        }
      }
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    long after = number(AFTER, known.getOrDefault(AFTER, "0"), 0, Long.MAX_VALUE);
    String limit = known.getOrDefault(LIMIT, String.valueOf(DEFAULT_LIMIT));
    return Optional.of(new PageQuery(after, (int) number(LIMIT, limit, 1, MAX_LIMIT)));
  }

  private static long number(String name, String value, long least, long most) throws ApiException {
    try {
      if (CANONICAL.matcher(value).matches()) {
        long number = Long.parseLong(value);
        if (number >= least && number <= most) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      // greater than every long
    }
    throw ApiException.badRequest(
        "the parameter " + name + " must be a whole number from " + least + " to " + most);
  }

  /** Returns the {@code Link} header of a page after which more tokens follow (RFC 8288). */
  String next(long last) {
    return "<?after=" + last + "&limit=" + limit + ">; rel=\"next\"";
  }
}

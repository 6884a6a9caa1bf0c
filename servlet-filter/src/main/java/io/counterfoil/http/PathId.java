package io.counterfoil.http;

import java.util.regex.Pattern;

/** Parses the id at the end of a path, such as {@code /7}: one segment, a positive {@code long} in canonical form. */
final class PathId {
  /** ASCII only: {@code Long.parseLong} alone would accept a sign, leading zeros and the digits of every script. */
  private static final Pattern CANONICAL = Pattern.compile("/[1-9][0-9]{0,18}");

  private static final String GREATEST = "/" + Long.MAX_VALUE;

  private PathId() {}

  /** Returns whether the path is an id. */
  static boolean matches(String path) {
    boolean fits = path.length() < GREATEST.length() || path.compareTo(GREATEST) <= 0;
    return CANONICAL.matcher(path).matches() && fits;
  }

  /** Returns the id. Malformed text gets the same error as an unknown id. */
  static long of(String path) throws ApiException {
    if (!matches(path)) {
      throw new ApiException(Responses.NO_SUCH_TOKEN);
    }
    return Long.parseLong(path.substring(1));
  }
}

package io.counterfoil.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/**
 * Passes the properties of a token from a body to core, which checks them. An error names the member and what was expected. It
 * never quotes the body, as some messages of core do.
 */
final class TokenMembers {
  /** The last second of the year 9999. */
  static final long LAST_EXPIRY = 253_402_300_799L;

  /** 36,500 days, the limit of {@link io.counterfoil.NewToken#expiresIn(Duration)}. */
  static final long LONGEST_LIFETIME = 3_153_600_000L;

  static final String EXPECTED_EXPIRY = "whole seconds since 1970, not milliseconds, at most "
      + LAST_EXPIRY + ", which is the end of the year 9999";

  static final String EXPECTED_LIFETIME =
      "whole seconds, 1 or more, at most " + LONGEST_LIFETIME + ", which is 36500 days";

  private static final String EXPECTED_SCOPES =
      "printable ASCII without blank, quotation mark and backslash, in all at most 1000 characters";

  private static final String EXPECTED_ADDRESSES =
      "IP addresses, or ranges such as 192.0.2.0/24 or 2001:db8::/32 without bits beyond the"
          + " prefix, in all at most 1000 characters";

  private TokenMembers() {}

  /** Passes a name or description. Their messages do not quote the text. */
  static <T> T text(String text, Function<String, T> use) throws ApiException {
    try {
      return use.apply(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  static <T> T scopes(Set<String> scopes, Function<Set<String>, T> use) throws ApiException {
    return checked("scopes", EXPECTED_SCOPES, scopes, use);
  }

  static <T> T addresses(Set<String> ranges, Function<Set<String>, T> use) throws ApiException {
    return checked("allowedAddresses", EXPECTED_ADDRESSES, ranges, use);
  }

  static <T> T expiry(long seconds, Function<Instant, T> use) throws ApiException {
    return checked("expiresAt", EXPECTED_EXPIRY, Instant.ofEpochSecond(seconds), use);
  }

  static <T> T lifetime(long seconds, Function<Duration, T> use) throws ApiException {
    return checked("expiresIn", EXPECTED_LIFETIME, Duration.ofSeconds(seconds), use);
  }

  private static <V, T> T checked(String name, String expected, V value, Function<V, T> use)
      throws ApiException {
    try {
      return use.apply(value);
    } catch (IllegalArgumentException e) {
      throw JsonMember.expected(name, expected);
    }
  }
}

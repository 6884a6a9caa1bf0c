package io.counterfoil.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times as the properties of Spring Boot are read, except that a unit is required. */
final class Durations {
  private static final Pattern SIMPLE = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  /** Longer than any lifetime, and short enough for every calculation with times. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  static Duration duration(String name, String text) throws CliException {
    Duration parsed = parsed(name, text);
    if (parsed.compareTo(LONGEST) > 0 || parsed.compareTo(LONGEST.negated()) < 0) {
      throw CliException.invalid(name + ": too long", "at most 36500d");
    }
    return parsed;
  }

  private static Duration parsed(String name, String text) throws CliException {
    Matcher simple = SIMPLE.matcher(text);
    if (simple.matches()) {
      long amount = Long.parseLong(simple.group(1));
      return switch (simple.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw CliException.invalid(
          name + ": not a duration", "a number with a unit, such as 30s, 15m, 12h or 90d");
    }
  }

  static Instant instant(String name, String text) throws CliException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw CliException.invalid(
          name + ": not an instant", "a time in UTC, such as 2027-01-31T00:00:00Z");
    }
  }
}

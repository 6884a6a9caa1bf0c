package io.counterfoil.springboot;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Rewrites a message of the library, such as {@code maxLifetime: PT0S (expected: more than zero)}, for a reader of {@code
 * application.properties}: the property replaces the name of the setting, and durations are written as in properties.
 */
final class LibraryMessage {
  private static final Pattern NAME = Pattern.compile("^\\w+:? (?:name )?");
  private static final Pattern ISO_DURATION = Pattern.compile("\\bPT[0-9DHMS.-]*[DHMS]\\b");

  private LibraryMessage() {}

  static String of(String message) {
    String text = NAME.matcher(message).replaceFirst("");
    String complete = text.startsWith("(") ? "not allowed " + text : text;
    return ISO_DURATION.matcher(complete).replaceAll(match -> simple(match.group()));
  }

  private static String simple(String iso) {
    try {
      long millis = Duration.parse(iso).toMillis();
      if (millis % 86_400_000 == 0 && millis != 0) {
        return millis / 86_400_000 + "d";
      } else if (millis % 3_600_000 == 0 && millis != 0) {
        return millis / 3_600_000 + "h";
      } else if (millis % 60_000 == 0 && millis != 0) {
        return millis / 60_000 + "m";
      }
      return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    } catch (DateTimeParseException | ArithmeticException unusual) {
      return iso;
    }
  }
}

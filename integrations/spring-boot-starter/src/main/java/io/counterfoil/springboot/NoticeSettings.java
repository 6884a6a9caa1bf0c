package io.counterfoil.springboot;

import io.counterfoil.springboot.CounterfoilProperties.Notices;
import java.time.Duration;

/** Checks the properties of the notices about expiring tokens. */
final class NoticeSettings {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private NoticeSettings() {}

  static void check(Notices notices) {
    Duration interval = notices.interval();
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw invalid("interval", interval + " (expected: " + SHORTEST + " to " + LONGEST + ')');
    }
    if (notices.within().compareTo(interval) <= 0) {
      throw invalid(
          "within",
          notices.within() + " (expected: more than counterfoil.notices.interval, which is "
              + interval + ')');
    }
  }

  private static InvalidSettingException invalid(String name, String problem) {
    return new InvalidSettingException(
        "counterfoil.notices." + name,
        LibraryMessage.of(name + ": " + problem),
        InvalidSettingException.CORRECT);
  }
}

package io.counterfoil;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The moment of a verdict: read from the clock when it is first asked for, if it is, and the same from then on. */
final class Moment {
  private final Clock clock;
  private @Nullable Instant instant;

  Moment(Clock clock) {
    this.clock = clock;
  }

  Instant instant() {
    Instant read = instant;
    if (read == null) {
      read = clock.instant();
      instant = read;
    }
    return read;
  }

  /** Says whether this is the end of something, or after it. */
  boolean reaches(Instant end) {
    return !instant().isBefore(end);
  }
}

package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochMillisTest {

  @Property
  void whole_milliseconds_come_back(@ForAll long millis) {
    assertThat(EpochMillis.of(EpochMillis.instant(millis))).isEqualTo(millis);
    assertThat(EpochMillis.ceiling(EpochMillis.instant(millis))).isEqualTo(millis);
  }

  @Property
  void whole_milliseconds_lie_before_an_instant_if_they_lie_before_its_ceiling(
      @ForAll @IntRange(min = -5, max = 5) int millis,
      @ForAll @IntRange(min = -6_000_000, max = 6_000_000) int nanos) {
    Instant instant = Instant.EPOCH.plusNanos(nanos);
    assertThat(millis < EpochMillis.ceiling(instant))
        .isEqualTo(EpochMillis.instant(millis).isBefore(instant));
  }

  @Test // J4
  void what_64_bits_cannot_hold_becomes_the_farthest_that_they_can() {
    assertThat(EpochMillis.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(EpochMillis.ceiling(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(EpochMillis.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    assertThat(EpochMillis.ceiling(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
  }
}

package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochMillisTest {

  @Property
  void whole_milliseconds_are_preserved(@ForAll long millis) {
    assertThat(EpochMillis.of(EpochMillis.instant(millis))).isEqualTo(millis);
    assertThat(EpochMillis.ceiling(EpochMillis.instant(millis))).isEqualTo(millis);
  }

  @Property
  void a_millisecond_is_before_an_instant_if_it_is_before_its_ceiling(
      @ForAll @IntRange(min = -5, max = 5) int millis,
      @ForAll @IntRange(min = -6_000_000, max = 6_000_000) int nanos) {
    Instant instant = Instant.EPOCH.plusNanos(nanos);
    assertThat(millis < EpochMillis.ceiling(instant))
        .isEqualTo(EpochMillis.instant(millis).isBefore(instant));
  }

  @Test // J4
  void instants_beyond_64_bits_become_the_farthest_that_fit() {
    assertThat(EpochMillis.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(EpochMillis.ceiling(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(EpochMillis.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    assertThat(EpochMillis.ceiling(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
  }
}

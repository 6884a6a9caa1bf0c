package io.counterfoil.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.benchmarks.start.Start.Deed;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Proves that it starts; what it measures here says nothing. */
class StartTest {

  @Test
  void every_process_answers_and_has_its_row() throws Exception {
    Map<Deed, long[]> nanos = Start.measure(1);
    assertThat(nanos).containsOnlyKeys(Deed.values());
    assertThat(nanos.values()).allSatisfy(times -> assertThat(times).hasSize(1).doesNotContain(0));
    assertThat(Start.table(nanos))
        .contains("| hash |", "| authenticate |", "| create and authenticate |");
  }

  @Test
  void a_first_verdict_waits_for_no_logger_and_no_generator_of_random_numbers() throws Exception {
    assertThat(new Start().output(Deed.AUTHENTICATE, "-Xlog:class+load"))
        .contains("io.counterfoil.Verdict$Accepted source:")
        .doesNotContain("org.slf4j.LoggerFactory source:", "java.security.SecureRandom source:");
  }
}

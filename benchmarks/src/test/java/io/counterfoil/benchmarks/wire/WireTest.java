package io.counterfoil.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.benchmarks.wire.Contest.Effort;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What it times here says nothing; how often the store is asked is exact. */
class WireTest {
  private static final Effort LITTLE = new Effort(1, 0, 50, 10);

  @ParameterizedTest
  @EnumSource
  void a_flood_reaches_no_store_and_a_valid_token_reaches_it_once(Container container)
      throws Exception {
    List<Contestant> contestants = Contest.run(container, LITTLE);
    assertThat(contestants).hasSize(8);
    assertThat(contestants).allSatisfy(contestant -> {
      assertThat(contestant.answers()).isPositive();
      boolean asks = contestant.guard() == Guard.OURS && contestant.traffic() == Traffic.VALID;
      assertThat(contestant.storeCalls()).isEqualTo(asks ? contestant.answers() : 0);
    });
    assertThat(new WireTable(container, contestants).toString())
        .contains("| " + container + " |", "| OURS | FORGED |");
  }
}

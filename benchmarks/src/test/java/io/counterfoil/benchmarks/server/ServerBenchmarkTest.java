package io.counterfoil.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.benchmarks.server.LoadTest.Length;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The measured times mean nothing here, but the number of store calls is exact. */
class ServerBenchmarkTest {
  private static final Length SHORT = new Length(1, 1, 50, 10);

  @ParameterizedTest
  @EnumSource
  void a_flood_of_invalid_tokens_does_not_reach_the_store_and_a_valid_token_reaches_it_once(
      ServletContainer container) throws Exception {
    List<Scenario> scenarios = LoadTest.run(container, SHORT);
    assertThat(scenarios).hasSize(7);
    assertThat(scenarios).allSatisfy(scenario -> {
      assertThat(scenario.responses()).isPositive();
      boolean callsStore =
          scenario.filter() == FilterKind.COUNTERFOIL && scenario.traffic() == Traffic.VALID;
      assertThat(scenario.storeCalls()).isEqualTo(callsStore ? scenario.responses() : 0);
    });
    assertThat(new ResultTable(container, scenarios).toString())
        .contains("| " + container + " |", "| COUNTERFOIL | FORGED |");
  }
}

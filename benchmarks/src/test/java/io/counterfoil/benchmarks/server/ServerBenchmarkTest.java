package io.counterfoil.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenStore;
import io.counterfoil.benchmarks.server.LoadTest.Length;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The measured times mean nothing here, but the number of store calls is exact. */
class ServerBenchmarkTest {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int TOKENS = 10;
  private static final int MILLIS = 50;

  @ParameterizedTest
  @EnumSource
  void every_filter_is_measured(ServletContainer container) throws Exception {
    List<Scenario> scenarios = LoadTest.run(container, new Length(2, 1, MILLIS, TOKENS));
    assertThat(scenarios).extracting(Scenario::filter).containsExactly(FilterKind.values());
    assertThat(scenarios).allSatisfy(scenario -> assertThat(scenario.rounds()).hasSize(2));
    assertThat(new ResultTable(container, scenarios).toString())
        .contains("| " + container + " |", "| COUNTERFOIL |");
  }

  @ParameterizedTest
  @EnumSource
  void a_flood_of_forged_tokens_does_not_reach_the_store_and_a_valid_token_reaches_it_once(
      ServletContainer container) throws Exception {
    CountedTokens counted = CountedTokens.of(TOKENS);
    int port = container.start(FilterKind.COUNTERFOIL.create(counted.tokens()));
    TokenStore other = new InMemoryTokenStore();
    ServedTokens forged = ServedTokens.in(other, CountedTokens.withKeyedChecksums(other), TOKENS);

    assertThat(responses(port, forged, UNAUTHORIZED)).isPositive();
    assertThat(counted.calls().sum()).isZero();

    long valid = responses(port, counted.tokens(), OK);
    assertThat(counted.calls().sum()).isEqualTo(valid);
  }

  private static long responses(int port, ServedTokens tokens, int status) throws Exception {
    List<byte[]> requests = ServedTokens.requests(tokens.plaintexts());
    try (LoadGenerator clients = new LoadGenerator(port, requests, status)) {
      return clients.run(MILLIS);
    }
  }
}

package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint {@code counterfoil} where its answer depends on the number of tokens or on the database. */
class CounterfoilEndpointTest {
  @Test
  void if_there_are_too_many_tokens_the_endpoint_says_so_and_leaves_out_the_peppers() {
    TokenManager tokens = managerOf(new InMemoryTokenStore());
    tokens.create(NewToken.named("one"));
    tokens.create(NewToken.named("two"));
    Map<String, Object> report = endpoint(tokens, List.of(), 1).report();
    assertThat(report).containsOnlyKeys("store", "tokens", "warnings");
    assertThat(report.get("tokens"))
        .isEqualTo(Map.of(
            "active", 1L, "disabled", 0L, "expired", 0L, "withoutPepper", 1L, "complete", false));
    assertThat(endpoint(tokens, List.of(), 2).report()).containsEntry("peppers", Map.of());
  }

  @Test
  void the_endpoint_shows_the_warnings_of_the_start_up_check(@TempDir Path folder) {
    DataSource file = Contexts.dataSource("jdbc:h2:" + folder.resolve("db") + ";WRITE_DELAY=0");
    JdbcTokenStore.createSchema(file);
    JdbcTokenStore store = new JdbcTokenStore(file);
    Map<String, Object> report = endpoint(managerOf(store), List.of(store), 1).report();
    assertThat(report.get("warnings").toString())
        .contains("an interrupted thread closes its file", "fix: jdbc:h2:async:")
        .doesNotContain(folder.toString());
  }

  private static TokenManager managerOf(TokenStore store) {
    return TokenManager.builder(store).build();
  }

  private static CounterfoilEndpoint endpoint(
      TokenManager tokens, List<JdbcTokenStore> databases, int maxTokens) {
    return new CounterfoilEndpoint(tokens.reports(), List.of(), databases, maxTokens);
  }
}

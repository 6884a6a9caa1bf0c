package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint {@code counterfoil} where its answer depends on the number of tokens or on the database. */
class CounterfoilEndpointTest {
  private static final Duration EXPIRING = Duration.ofDays(7);

  @Test
  void if_there_are_too_many_tokens_to_read_the_endpoint_leaves_out_the_peppers() {
    TokenManager tokens = managerOf(new InMemoryTokenStore());
    tokens.create(NewToken.named("one"));
    tokens.create(NewToken.named("two"));
    Map<String, Object> report = endpoint(tokens, List.of(), 1).report();
    assertThat(report).containsOnlyKeys("store", "tokens", "warnings");
    assertThat(report.get("tokens"))
        .isEqualTo(Map.of("active", 2L, "expiring", 0L, "disabled", 0L, "expired", 0L));
    assertThat(endpoint(tokens, List.of(), 2).report())
        .containsEntry("withoutPepper", 2L)
        .containsEntry("peppers", Map.of());
  }

  @Test
  void the_endpoint_counts_each_token_by_its_state() {
    Clock noon = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
    TokenStore store = new InMemoryTokenStore();
    TokenManager tokens = TokenManager.builder(store).clock(noon).build();
    tokens.create(NewToken.named("without expiry"));
    tokens.create(NewToken.named("expiring").expiresIn(EXPIRING));
    tokens.create(NewToken.named("later").expiresIn(EXPIRING.plusMillis(1)));
    Clock before = Clock.offset(noon, EXPIRING.negated());
    TokenManager earlier = TokenManager.builder(store).clock(before).build();
    earlier.create(NewToken.named("expired").expiresIn(EXPIRING));
    tokens.disable(earlier
        .create(NewToken.named("expired and disabled").expiresIn(EXPIRING))
        .token()
        .id());
    assertThat(endpoint(tokens, List.of(), 9).report().get("tokens"))
        .isEqualTo(Map.of("active", 3L, "expiring", 1L, "disabled", 1L, "expired", 1L));
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
    return new CounterfoilEndpoint(tokens, List.of(), databases, EXPIRING, maxTokens);
  }
}

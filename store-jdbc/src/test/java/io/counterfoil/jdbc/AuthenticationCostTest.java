package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of statements that an authentication needs. */
@ParameterizedClass
@MethodSource("io.counterfoil.jdbc.Database#withAndWithoutAutoCommit")
class AuthenticationCostTest {
  private static final Duration LONG = Duration.ofDays(1);

  /** The JDBC methods that create or execute a statement. */
  private static final Pattern STATEMENT = Pattern.compile("(prepare|create|execute|addBatch).*");

  @Parameter(0)
  Database database;

  @Parameter(1)
  boolean autoCommit;

  private InstrumentedDataSource watched;
  private JdbcTokenStore store;

  @BeforeEach
  void watch() {
    watched = new InstrumentedDataSource(database.emptied(autoCommit));
    store = Samples.silent(watched.dataSource());
  }

  @Test // K3
  void an_authentication_is_one_query_and_no_write_for_every_verdict() {
    try (TokenManager tokens = TokenManager.builder(store).recordUses(LONG).build()) {
      CreatedToken known = tokens.create(NewToken.named("known"));
      CreatedToken rotated = tokens.create(NewToken.named("rotated"));
      CreatedToken disabled = tokens.create(NewToken.named("disabled"));
      CreatedToken deleted = tokens.create(NewToken.named("deleted"));
      tokens.rotate(rotated.token().id(), LONG);
      tokens.disable(disabled.token().id());
      tokens.delete(deleted.token().id());
      for (CreatedToken accepted : List.of(known, rotated)) {
        assertThat(verdict(tokens, accepted)).isInstanceOf(Verdict.Accepted.class);
        assertOneQuery();
      }
      for (CreatedToken rejected : List.of(disabled, deleted)) {
        assertThat(verdict(tokens, rejected)).isInstanceOf(Verdict.Rejected.class);
        assertOneQuery();
      }
    }
  }

  @Test // K3
  void recording_uses_writes_at_most_one_row_per_token_and_interval() {
    TokenManager tokens = TokenManager.builder(store).recordUses(LONG).build();
    List<CreatedToken> active = Stream.of("one", "two", "three")
        .map(name -> tokens.create(NewToken.named(name)))
        .toList();
    tokens.create(NewToken.named("idle"));
    watched.reset();
    for (int i = 0; i < 100; i++) {
      for (CreatedToken token : active) {
        tokens.authenticate(token.reveal());
      }
    }
    assertThat(watched.calls).doesNotContain("executeBatch", "executeUpdate");
    tokens.close();
    assertThat(Collections.frequency(watched.calls, "addBatch")).isEqualTo(active.size());
    assertThat(Collections.frequency(watched.calls, "executeBatch")).isEqualTo(1);
    assertThat(watched.calls).doesNotContain("executeUpdate");
  }

  private Verdict verdict(TokenManager tokens, CreatedToken token) {
    watched.reset();
    return tokens.authenticate(token.reveal());
  }

  private void assertOneQuery() {
    assertThat(watched.calls)
        .filteredOn(call -> STATEMENT.matcher(call).matches())
        .containsExactly("prepareStatement", "executeQuery");
    assertThat(watched.calls.contains("commit")).isNotEqualTo(autoCommit);
  }
}

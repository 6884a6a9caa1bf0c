package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenQuery;
import io.counterfoil.testing.Effort;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Concurrent inserts into a new table, before the database has cached anything about it. */
class FirstTokensTest {
  private static final int TABLES = Effort.times(4);
  private static final int THREADS = 8;

  @ParameterizedTest
  @EnumSource(Database.class)
  void many_threads_can_insert_the_first_tokens_at_the_same_time(Database database)
      throws Exception {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      for (int i = 0; i < TABLES; i++) {
        String table = "tokens_" + i;
        JdbcTokenStore.createSchema(pool, table);
        JdbcTokenStore store = new JdbcTokenStore(pool, table);
        AtomicInteger names = new AtomicInteger();
        Concurrently.run(
            THREADS, () -> store.insert(Samples.token("ci-" + names.incrementAndGet())));
        assertThat(store.list(TokenQuery.all(), 0, Integer.MAX_VALUE)).hasSize(THREADS);
      }
    }
  }
}

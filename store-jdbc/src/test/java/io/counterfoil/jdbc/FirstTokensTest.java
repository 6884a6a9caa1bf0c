package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first tokens of a table, added at once: nothing of the database is warm then. */
class FirstTokensTest {
  private static final int TABLES = 20;
  private static final int THREADS = 8;

  @ParameterizedTest
  @EnumSource(Database.class)
  void many_may_add_the_first_tokens_at_once(Database database) throws Exception {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      for (int i = 0; i < TABLES; i++) {
        String table = "tokens_" + i;
        JdbcTokenStore.createSchema(pool, table);
        JdbcTokenStore store = new JdbcTokenStore(pool, table);
        AtomicInteger names = new AtomicInteger();
        AtOnce.run(THREADS, () -> store.insert(Samples.token("ci-" + names.incrementAndGet())));
        assertThat(store.list(0, Integer.MAX_VALUE)).hasSize(THREADS);
      }
    }
  }
}

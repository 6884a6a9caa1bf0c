package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestartTest {

  @ParameterizedTest // A11
  @EnumSource(Database.class)
  void the_id_of_a_deleted_token_is_not_assigned_again_after_a_restart(Database database) {
    String url = database.freshUrl();
    long first;
    long deleted;
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = new JdbcTokenStore(pool);
      first = store.insert(Samples.token("first"));
      deleted = store.insert(Samples.token("deleted"));
      assertThat(store.delete(deleted)).isTrue();
    }
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore store = new JdbcTokenStore(pool);
      assertThat(store.findById(first)).contains(Samples.token("first").withId(first));
      assertThat(store.insert(Samples.token("deleted"))).isGreaterThan(deleted);
    }
  }
}

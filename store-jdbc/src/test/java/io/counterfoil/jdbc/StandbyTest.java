package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStoreException;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A standby is a failing store, not a wrong one: a store on it works as soon as the standby is the primary (I5). */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class StandbyTest {
  private static final String READ_ONLY_TRANSACTION = "25006";

  @Test
  void a_store_on_a_standby_reads_and_fails_to_change_until_the_standby_is_the_primary()
      throws Exception {
    try (PostgreSqlServer server = PostgreSqlServer.start()) {
      long id = createToken(server.url("postgres"));
      server.restartAsStandby();
      try (HikariDataSource standby = Database.open(server.url("postgres"), true);
          HikariDataSource empty = Database.open(server.url("template1"), true)) {
        assertThat(JdbcTokenStore.migrateSchema(standby)).isFalse();
        assertThat(JdbcTokenStore.createSchema(standby)).isFalse();
        assertFails(() -> JdbcTokenStore.createSchema(empty));
        assertThat(CapturedLog.of(() -> new JdbcTokenStore(standby))).contains("is read-only now");
        JdbcTokenStore store = new JdbcTokenStore(standby);
        assertThat(store.findById(id)).isPresent();
        RetryTest.assertAllFail(
            Stream.of(Operation.values()).filter(Operation::changes), store, id);
        assertFails(() -> store.disable(id));
        server.promote();
        assertThat(store.disable(id)).isTrue();
        assertThat(store.findById(id).orElseThrow().enabled()).isFalse();
        assertThat(JdbcTokenStore.createSchema(empty)).isTrue();
      }
    }
  }

  private static long createToken(String url) {
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
      return new JdbcTokenStore(pool).insert(Samples.token("ci"));
    }
  }

  private static void assertFails(Runnable change) {
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(change::run)
        .havingCause()
        .isInstanceOfSatisfying(
            SQLException.class,
            cause -> assertThat(cause.getSQLState()).isEqualTo(READ_ONLY_TRANSACTION));
  }
}

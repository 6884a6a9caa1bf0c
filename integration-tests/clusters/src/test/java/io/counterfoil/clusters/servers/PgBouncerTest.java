package io.counterfoil.clusters.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.Thorough;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL, Requirement.PGBOUNCER})
@Timeout(300)
@Thorough
class PgBouncerTest {

  @ParameterizedTest
  @EnumSource
  void it_keeps_a_session_only_in_session_mode_and_works_after_it_or_the_server_was_killed(
      PgBouncer.Mode mode) throws Exception {
    try (PostgreSqlCluster cluster = PostgreSqlCluster.single(Network.loopback());
        PgBouncer pooler = PgBouncer.start(Network.loopback(), cluster.primary(), mode)) {
      assertThat(isSameSession(pooler)).isEqualTo(mode == PgBouncer.Mode.SESSION);
      pooler.kill();
      pooler.restart();
      cluster.primary().kill();
      cluster.primary().restart();
      Polling.await("works again", Duration.ofSeconds(20), pooler::isReady);
    }
  }

  /** Returns whether a first connection still has its server process after a second one needed one meanwhile. */
  private static boolean isSameSession(PgBouncer pooler) throws SQLException {
    try (Connection first = DriverManager.getConnection(pooler.url("tokens"));
        Connection second = DriverManager.getConnection(pooler.url("tokens"))) {
      String before = processOf(first);
      first.setAutoCommit(true);
      second.setAutoCommit(false);
      processOf(second); // keeps the process that is free until its transaction ends
      return processOf(first).equals(before);
    }
  }

  private static String processOf(Connection connection) throws SQLException {
    return Sql.query(connection, "SELECT pg_backend_pid()");
  }
}

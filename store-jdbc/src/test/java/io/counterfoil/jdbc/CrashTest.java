package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.testing.Effort;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rows after a process was killed in the middle of changes. The operating system keeps running, so these tests show that a
 * change is written before it is acknowledged. They do not show that it survives a power failure.
 *
 * <p>Rows are compared only after the last round. This is enough, because a row that an earlier round lost stays lost. An earlier
 * comparison is impossible, because an embedded database may keep its files open until its process ends: if this process opened
 * them, the next client could not.
 */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "kills with SIGKILL")
class CrashTest {
  private static final int CLIENT_ROUNDS = Effort.times(2);
  private static final int SERVER_ROUNDS = Effort.times(1); // of two kills each

  private final ExpectedRows expected = new ExpectedRows();

  /** The number of acknowledgements before each kill, for the analysis of a failure. */
  private final List<Integer> kills = new ArrayList<>();

  @ParameterizedTest // H1, H2, A11
  @EnumSource(Database.class)
  void a_killed_client_loses_no_acknowledged_change_and_leaves_no_half_written_row(
      Database database) throws Exception {
    String url = database.freshUrl();
    for (int round = 0; round < CLIENT_ROUNDS; round++) {
      try (RowChangerProcess changer = RowChangerProcess.start(url, "row-" + round, expected)) {
        changer.awaitAcknowledgements(random());
        assertThat(changer.kill()).isEqualTo(RowChangerProcess.KILLED);
        assertThat(changer.hasReportedNoFailure()).isTrue();
      }
    }
    assertThat(expected.inFlight())
        .as("each thread has at most one unknown outcome per kill")
        .isLessThanOrEqualTo((long) CLIENT_ROUNDS * RowChangerMain.THREADS);
    check(url);
  }

  @Test // H1, H2, A11
  void a_killed_server_loses_no_acknowledged_change_and_leaves_no_half_written_row()
      throws Exception {
    try (PostgreSqlServer server = PostgreSqlServer.start()) {
      String url = server.url("postgres");
      for (int round = 0; round < SERVER_ROUNDS; round++) {
        try (RowChangerProcess changer = RowChangerProcess.start(url, "row-" + round, expected)) {
          changer.awaitAcknowledgements(random());
          server.kill();
          changer.awaitFailure();
          server.restart();
          changer.awaitAcknowledgements(random()); // by the same process, on new connections
          server.kill();
          assertThat(changer.kill()).isEqualTo(RowChangerProcess.KILLED);
        }
        server.restart();
      }
      check(url);
    }
  }

  @Test // proves that the tests above can fail
  void an_h2_that_writes_late_loses_acknowledged_changes() throws Exception {
    String url = Database.H2.freshUrl();
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
    }
    String late = url.replace("WRITE_DELAY=0", "WRITE_DELAY=60000"); // longer than the test takes
    try (RowChangerProcess changer = RowChangerProcess.startUnchecked(late, "row", expected)) {
      changer.awaitAcknowledgements(random());
      changer.kill();
    }
    assertThat(contradictions(url)).isNotEmpty();
  }

  private int random() {
    int acknowledgements = ThreadLocalRandom.current().nextInt(50, 250);
    kills.add(acknowledgements);
    return acknowledgements;
  }

  private void check(String url) {
    assertThat(expected.inFlight())
        .as("some kills came in the middle of a change")
        .isPositive();
    assertThat(contradictions(url))
        .as("killed after %s acknowledgements", kills)
        .isEmpty();
  }

  /** A server may still run a change of the killed client. Even then, this process sees either all of the change or nothing. */
  private List<String> contradictions(String url) {
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore store = new JdbcTokenStore(pool);
      List<StoredToken> found = store.list(TokenQuery.all(), 0, Integer.MAX_VALUE);
      List<String> all = new ArrayList<>(expected.contradictions(found));
      all.addAll(expected.contradictoryKeys(found, store::isRecorded));
      return all;
    }
  }
}

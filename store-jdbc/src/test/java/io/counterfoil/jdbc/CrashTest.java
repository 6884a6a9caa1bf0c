package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.testing.databases.PostgreSql;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is left when a process is killed amid changes. The kernel lives on and writes what it was given, so that this is about
 * what is written before it is acknowledged; whether the disk has it when the power fails, nobody sees here.
 *
 * <p>Rows are compared after the last round, not after each. Nothing brings back what an earlier one has lost, and databases
 * that live in a process may not let go of their files as long as it runs: those of this one would be lost to the next client.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a kill is SIGKILL here")
class CrashTest {
  private static final int ROUNDS = 3;
  private static final int SERVER_ROUNDS = 2; // of two kills each

  private final Journal journal = new Journal();

  /** After how many acknowledgements the kills came, for whoever looks for the cause of a failure. */
  private final List<Integer> kills = new ArrayList<>();

  @ParameterizedTest // H1, H2, A11
  @EnumSource(Database.class)
  void a_killed_client_has_lost_or_undone_nothing_acknowledged_and_left_nothing_half_written(
      Database database) throws Exception {
    String url = database.freshUrl();
    for (int round = 0; round < ROUNDS; round++) {
      try (ChangerProcess changer = ChangerProcess.start(url, "row-" + round, journal)) {
        changer.awaitAcknowledgements(random());
        assertThat(changer.kill()).isEqualTo(ChangerProcess.KILLED);
        assertThat(changer.hasReportedNoFailure()).isTrue();
      }
    }
    assertThat(journal.inFlight())
        .as("so that what is not known for certain stays the exception")
        .isLessThanOrEqualTo((long) ROUNDS * Changer.THREADS);
    check(url);
  }

  @Test // H1, H2, A11
  void a_killed_server_has_lost_or_undone_nothing_acknowledged_and_left_nothing_half_written()
      throws Exception {
    assumeFalse(PostgreSql.isSwitchedOff(), PostgreSql.SWITCHED_OFF);
    try (PostgreSqlServer server = PostgreSqlServer.start()) {
      String url = server.url("postgres");
      for (int round = 0; round < SERVER_ROUNDS; round++) {
        try (ChangerProcess changer = ChangerProcess.start(url, "row-" + round, journal)) {
          changer.awaitAcknowledgements(random());
          server.kill();
          changer.awaitFailure();
          server.restart();
          changer.awaitAcknowledgements(random()); // by the same process, which has got over it
          server.kill();
          assertThat(changer.kill()).isEqualTo(ChangerProcess.KILLED);
        }
        server.restart();
      }
      check(url);
    }
  }

  @Test // that the others can fail
  void an_h2_file_that_is_written_late_is_caught() throws Exception {
    String url = Database.H2.freshUrl();
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
    }
    String late = url.replace("WRITE_DELAY=0", "WRITE_DELAY=60000"); // longer than the test takes
    try (ChangerProcess changer = ChangerProcess.startUnchecked(late, "row", journal)) {
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
    assertThat(journal.inFlight()).as("the kills came in the middle").isPositive();
    assertThat(contradictions(url))
        .as("killed after %s acknowledgements", kills)
        .isEmpty();
  }

  /** A server may still be at work for a client that is gone, but this one, too, sees its change wholly or not at all. */
  private List<String> contradictions(String url) {
    try (HikariDataSource pool = Database.open(url, true)) {
      return journal.contradictions(new JdbcTokenStore(pool).list(0, Integer.MAX_VALUE));
    }
  }
}

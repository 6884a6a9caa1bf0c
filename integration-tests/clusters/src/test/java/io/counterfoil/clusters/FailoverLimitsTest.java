package io.counterfoil.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.clusters.checker.Call;
import io.counterfoil.clusters.checker.Checker;
import io.counterfoil.clusters.checker.FaultPeriod;
import io.counterfoil.clusters.checker.Guarantee;
import io.counterfoil.clusters.checker.History;
import io.counterfoil.clusters.checker.Violation;
import io.counterfoil.clusters.servers.Polling;
import io.counterfoil.clusters.servers.PostgreSqlCluster;
import io.counterfoil.clusters.servers.PostgreSqlNode;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.Thorough;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The limits of a failover that docs/scaling.md describes: a careless operator loses changes, which no library can prevent. The checker
 * must report each loss.
 */
@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL})
@Timeout(300)
class FailoverLimitsTest {
  private final List<Call> calls = new ArrayList<>();
  private final long begin = System.nanoTime();
  private PostgreSqlCluster cluster;

  @BeforeEach
  void start() {
    cluster = PostgreSqlCluster.onLoopback();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  @Thorough
  void a_careful_failover_keeps_a_revocation() {
    try (RecordedApplication application = application("application", cluster.nodes())) {
      CreatedToken token = application.create("token");
      for (int i = 0; i < 2; i++) {
        assertThat(application.authenticate(token)).contains(i == 0);
        application.disable(token);
        cluster.primary().kill();
        cluster.failOver();
        assertThat(verdict(application, token)).isFalse();
      }
    }
    assertThat(violations()).isEmpty();
  }

  @Test
  void promoting_a_standby_that_lags_behind_loses_a_revocation() {
    PostgreSqlNode synchronous = cluster.standbys().get(0);
    PostgreSqlNode asynchronous = cluster.standbys().get(1);
    cluster.primary().set("synchronous_standby_names", synchronous.name());
    try (RecordedApplication application = application("application", cluster.nodes())) {
      CreatedToken token = application.create("token");
      cluster.awaitReplayed(asynchronous);
      asynchronous.stopFollowing(); // as if it was slow, or cut off
      application.disable(token);
      assertThat(application.authenticate(token)).contains(false);
      cluster.primary().kill();
      cluster.promote(asynchronous);
      assertThat(verdict(application, token)).isTrue();
    }
    assertThat(violations()).containsExactly(Guarantee.NO_STALE_ACCEPTANCE);
  }

  @Test
  void an_old_primary_that_still_runs_accepts_a_revoked_token() {
    PostgreSqlNode old = cluster.primary();
    PostgreSqlNode next = cluster.standbys().get(0);
    try (RecordedApplication first = application("first", List.of(old))) {
      CreatedToken token = first.create("token");
      cluster.awaitReplayed(next);
      cluster.promote(next); // the operator believes that the old one is dead
      try (RecordedApplication second = application("second", List.of(next))) {
        second.disable(token);
        assertThat(second.authenticate(token)).contains(false);
        assertThat(first.authenticate(token)).contains(true);
      }
    }
    assertThat(violations()).containsExactly(Guarantee.NO_STALE_ACCEPTANCE);
  }

  private RecordedApplication application(String name, List<PostgreSqlNode> nodes) {
    return new RecordedApplication(
        name, PostgreSqlCluster.url(nodes, PostgreSqlCluster.DATABASE), calls);
  }

  /** Returns the first verdict after a failover. Until then, calls may fail. */
  private static boolean verdict(RecordedApplication application, CreatedToken token) {
    List<Boolean> verdicts = new ArrayList<>();
    Polling.await("the application has a connection", Duration.ofSeconds(30), () -> {
      application.authenticate(token).ifPresent(verdicts::add);
      return !verdicts.isEmpty();
    });
    return verdicts.get(0);
  }

  private List<Guarantee> violations() {
    FaultPeriod failover = new FaultPeriod("failover", begin, System.nanoTime(), Optional.empty());
    return Checker.check(new History(calls, List.of(failover), Map.of())).violations().stream()
        .map(Violation::guarantee)
        .distinct()
        .toList();
  }
}

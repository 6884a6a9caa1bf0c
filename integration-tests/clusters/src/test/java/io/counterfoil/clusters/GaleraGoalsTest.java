package io.counterfoil.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.testing.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The guarantees of a Galera cluster while all its nodes run. */
@RequiresPrograms({Requirement.SERVERS, Requirement.GALERA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class GaleraGoalsTest {
  private static final int THREADS = 6;

  /** With fewer, one slow change on a busy machine would be more than one in a thousand. */
  private static final int LEAST_CHANGES = 2000;

  private List<HikariDataSource> pools;
  private List<JdbcTokenStore> stores;
  private List<TokenManager> nodes;

  @BeforeAll
  void open() {
    pools = SharedGalera.pools(SharedGalera.freshDatabase());
    stores = pools.stream().map(JdbcTokenStore::new).toList();
    nodes = stores.stream()
        .map(store -> TokenManager.builder(store).recordNoUses().build())
        .toList();
  }

  @AfterAll
  void close() {
    nodes.forEach(TokenManager::close);
    stores.forEach(JdbcTokenStore::close); // announces the last changes
    pools.forEach(HikariDataSource::close);
  }

  @Test // P11
  void no_token_is_accepted_on_another_node_after_its_revocation_has_returned() throws Exception {
    int rounds = Effort.times(1000) / THREADS + 1;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread * rounds;
        futures.add(threads.submit(() -> acceptedAfterRevocation(first, first + rounds)));
      }
      int stale = 0;
      for (Future<Integer> future : futures) {
        stale += future.get();
      }
      assertThat(stale).isZero();
      System.err.println(
          "Galera: none of " + THREADS * rounds + " revoked tokens was accepted on another node");
    } finally {
      threads.shutdownNow();
    }
  }

  /** Creates each token on one node, uses it on a second, disables it on a third, and uses it on the second again. */
  private int acceptedAfterRevocation(int first, int end) {
    int accepted = 0;
    for (int i = first; i < end; i++) {
      TokenManager used = nodes.get((i + 1) % 3);
      CreatedToken token = nodes.get(i % 3).create(NewToken.named("token " + i));
      assertThat(used.authenticate(token.reveal())).isInstanceOf(Verdict.Accepted.class);
      assertThat(nodes.get((i + 2) % 3).disable(token.token().id())).isTrue();
      accepted += used.authenticate(token.reveal()) instanceof Verdict.Accepted ? 1 : 0;
    }
    return accepted;
  }

  @Test
  void a_name_can_be_used_again_on_every_node_as_soon_as_its_deletion_has_returned() {
    CreatedToken token = nodes.get(0).create(NewToken.named("again"));
    for (int i = 1; i < Effort.times(200); i++) {
      assertThat(nodes.get((i - 1) % 3).delete(token.token().id())).isTrue();
      token = nodes.get(i % 3).create(NewToken.named("again"));
    }
  }

  @Test
  void of_the_changes_of_six_writers_on_three_nodes_999_in_1000_succeed_within_two_seconds()
      throws Exception {
    Duration time = Duration.ofSeconds(Effort.times(2));
    Writers.run(nodes, Duration.ofSeconds(1), 0); // warms the code up

    Writers.Counts oneNode = Writers.run(nodes.subList(0, 1), time, 0);
    Writers.Counts threeNodes = Writers.run(nodes, time, LEAST_CHANGES);

    System.err.printf(
        "Galera, six writers on one node: %s%nGalera, six writers on three nodes: %s%nratio %.2f%n",
        oneNode, threeNodes, threeNodes.perSecond() / oneNode.perSecond());
    assertThat(threeNodes.share()).as("%s", threeNodes.failures()).isGreaterThanOrEqualTo(0.999);
  }
}

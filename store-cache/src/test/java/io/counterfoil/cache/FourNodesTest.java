package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.testing.Effort;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Measures the staleness bound. Four processes share one PostgreSQL database and authenticate all tokens again and again.
 * Meanwhile, tokens are disabled, deleted and rotated through one process or another.
 *
 * <p>It compares two times: when a change returned, and when the last authentication that still accepted the token began. This
 * test is about time, so it has to sleep. With {@code -Dtest.effort=60}, each test changes tokens for one minute.
 */
@Tag("slow")
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "needs processes that share a clock and can be stopped")
class FourNodesTest {
  private static final int NODES = 4;
  private static final int TOKENS = 100;
  private static final Duration BOUND = Duration.ofMillis(500);
  private static final int MIN_CHANGES = 20;
  private static final Duration TIME = Duration.ofSeconds(Effort.times(1));

  /**
   * In an ordinary build, the pause leaves processor time for other tests. In a thorough build, nodes authenticate without a
   * pause.
   */
  private static final Duration PAUSE = Effort.times(1) == 1 ? Duration.ofMillis(1) : Duration.ZERO;

  private static final Duration PAUSE_BETWEEN_CHANGES = Duration.ofMillis(5);
  private static final int TIMEOUT_SECONDS = 60;
  private static final List<String> CHANGES = List.of("disable", "delete", "rotate");
  private static final List<NodeProcess> NODE_PROCESSES = new ArrayList<>();

  private static PostgreSqlServer server;
  private static HikariDataSource pool;
  private static TokenManager manager;

  private final List<TestToken> active = new ArrayList<>();
  private final List<Revocation> revocations = new ArrayList<>();
  private final Random random = new Random();
  private int created;

  private record TestToken(int index, long id, String plaintext) {}

  private record Revocation(int index, NodeProcess by, long returnedAt) {}

  @BeforeAll
  static void startServerAndNodes() throws Exception {
    server = PostgreSqlServer.start();
    pool = Node.open(server.url("postgres"));
    JdbcTokenStore.createSchema(pool);
    manager = TokenManager.builder(new JdbcTokenStore(pool)).build();
    for (int i = 0; i < NODES; i++) {
      NODE_PROCESSES.add(NodeProcess.launch(server.url("postgres"), PAUSE));
    }
  }

  @AfterAll
  static void stopServerAndNodes() {
    NODE_PROCESSES.forEach(NodeProcess::close);
    if (server != null) {
      manager.close();
      pool.close();
      server.close();
    }
  }

  @AfterEach
  void stopNodesAndDeleteTokens() {
    NODE_PROCESSES.forEach(NodeProcess::stop);
    manager.deleteOwnedBy("");
  }

  private void startNodes(Duration bound, int tokens, boolean isWatching) throws Exception {
    NODE_PROCESSES.forEach(node -> node.start(bound, isWatching));
    for (int i = 0; i < tokens; i++) {
      create(NODE_PROCESSES);
    }
    await(() -> NODE_PROCESSES.stream().allMatch(this::hasAcceptedAll));
  }

  private boolean hasAcceptedAll(NodeProcess node) {
    Map<Integer, Long> accepted = node.lastAccepted();
    return active.stream().allMatch(token -> accepted.containsKey(token.index()));
  }

  @Test // G2
  void no_node_accepts_a_token_revoked_on_another_for_longer_than_the_staleness_bound()
      throws Exception {
    startNodes(BOUND, TOKENS, true);
    revokeMany();
    sleep(BOUND.multipliedBy(2));
    check("four nodes");
  }

  @Test // G2
  void the_bound_holds_without_a_change_feed() throws Exception {
    startNodes(BOUND, TOKENS, false);
    revokeMany();
    sleep(BOUND.multipliedBy(2));
    long latest = check("four nodes without a change feed");
    assertThat(latest).as("the caches were used").isGreaterThan(BOUND.toNanos() / 2);
  }

  @Test // G2
  void the_bound_holds_for_a_node_that_was_frozen() throws Exception {
    startNodes(BOUND, TOKENS, true);
    NodeProcess frozen = NODE_PROCESSES.get(0);
    List<NodeProcess> others = NODE_PROCESSES.subList(1, NODES);
    for (int halves = 1; halves <= 3; halves++) { // shorter than the bound, as long, and longer
      frozen.signal("STOP");
      try {
        revokeFor(BOUND.multipliedBy(halves).dividedBy(2), others);
      } finally {
        frozen.signal("CONT");
      }
      active.forEach(token -> frozen.add(token.index(), token.plaintext()));
      await(() -> hasAcceptedAll(frozen));
    }
    revokeFor(BOUND, NODE_PROCESSES);
    sleep(BOUND.multipliedBy(2));
    check("four nodes, one frozen for a while");
  }

  @Test // I1, G2
  void without_its_database_a_node_accepts_cached_tokens_until_the_bound_ends_and_then_fails()
      throws Exception {
    Duration bound = Duration.ofSeconds(2);
    startNodes(bound, 5, true);
    server.kill();
    try {
      long killed = System.nanoTime();
      sleep(bound.multipliedBy(3).dividedBy(2));
      long longest = Long.MIN_VALUE;
      for (NodeProcess node : NODE_PROCESSES) {
        long served = latestAcceptance(node) - killed;
        System.out.printf("Database killed: served for %d ms more%n", millis(served));
        longest = Math.max(longest, served);
        assertThat(served).isLessThanOrEqualTo(bound.toNanos());
        assertThat(node.counts().failed()).isPositive();
        assertThat(node.counts().rejected()).isZero();
      }
      // The bound of all entries of one node may have ended just before the kill, but very probably
      // not on all four nodes.
      assertThat(longest).isPositive();
    } finally {
      server.restart();
    }
    long restarted = System.nanoTime();
    await(() -> NODE_PROCESSES.stream().allMatch(node -> latestAcceptance(node) - restarted > 0));
  }

  private static long latestAcceptance(NodeProcess node) {
    return node.lastAccepted().values().stream().mapToLong(at -> at).max().orElseThrow();
  }

  private void revokeMany() throws Exception {
    revokeFor(TIME, NODE_PROCESSES);
    while (revocations.size() < MIN_CHANGES) { // on a busy machine
      revokeOne(NODE_PROCESSES);
    }
  }

  private void revokeFor(Duration time, List<NodeProcess> through) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      revokeOne(through);
    }
  }

  /** Revokes a token through one of the nodes, and creates a new one in its place. */
  private void revokeOne(List<NodeProcess> through) throws Exception {
    TestToken token = active.remove(random.nextInt(active.size()));
    NodeProcess node = through.get(random.nextInt(through.size()));
    String[] answer = node.change(CHANGES.get(random.nextInt(CHANGES.size())), token.id());
    revocations.add(new Revocation(token.index(), node, Long.parseLong(answer[0])));
    if (answer.length > 1) {
      add(token.id(), answer[1], through);
    } else {
      create(through);
    }
    sleep(PAUSE_BETWEEN_CHANGES); // otherwise most plaintexts that a node tries would be revoked
  }

  private void create(List<NodeProcess> nodes) {
    CreatedToken token = manager.create(NewToken.named("token " + created));
    add(token.token().id(), token.reveal(), nodes);
  }

  private void add(long id, String plaintext, List<NodeProcess> nodes) {
    TestToken token = new TestToken(created, id, plaintext);
    created++;
    nodes.forEach(node -> node.add(token.index(), plaintext));
    active.add(token);
  }

  /**
   * Checks each change. The node that made it must not accept the old plaintext in an authentication that began after the
   * change. The other nodes must not accept it in an authentication that began after the bound. Returns how long after its
   * change the latest accepting authentication began, in nanoseconds.
   */
  private long check(String setup) {
    long latest = Long.MIN_VALUE;
    for (NodeProcess node : NODE_PROCESSES) {
      Map<Integer, Long> accepted = node.lastAccepted();
      for (Revocation revocation : revocations) {
        Long last = accepted.get(revocation.index());
        if (last != null) {
          long late = last - revocation.returnedAt();
          assertThat(late).isLessThanOrEqualTo(node == revocation.by() ? 0 : BOUND.toNanos());
          latest = Math.max(latest, late);
        }
      }
    }
    long accepted =
        NODE_PROCESSES.stream().mapToLong(node -> node.counts().accepted()).sum();
    System.out.printf(
        "%s: %d changes, %d authentications accepted, the latest %d ms after a change; the bound is %d ms%n",
        setup, revocations.size(), accepted, millis(latest), BOUND.toMillis());
    assertThat(NODE_PROCESSES).allMatch(node -> node.counts().failed() == 0);
    return latest;
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      assertThat(tries).as("hundredths of a second").isLessThan(100 * TIMEOUT_SECONDS);
      sleep(Duration.ofMillis(10));
    }
  }
}

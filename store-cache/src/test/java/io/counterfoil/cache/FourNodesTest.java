package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.testing.databases.PostgreSql;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The bound, measured: four processes on one PostgreSQL authenticate as fast as they can while tokens are disabled, deleted
 * and rotated through one or another of them. {@code -Dcache.seconds=60} takes longer than the build does.
 *
 * <p>What is compared is when a change had returned, and when the latest authentication began that still accepted what it
 * ended. Here it is time that is tested, so time is waited for.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "its processes share a clock, and can be stopped")
class FourNodesTest {
  private static final int NODES = 4;
  private static final int TOKENS = 100;
  private static final int SECONDS = Integer.getInteger("cache.seconds", 10);
  private static final List<String> CHANGES = List.of("disable", "delete", "rotate");

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<Known> living = new ArrayList<>();
  private final List<Ended> ended = new ArrayList<>();
  private final Random random = new Random();
  private PostgreSqlServer server;
  private HikariDataSource pool;
  private TokenManager manager;
  private int made;

  private record Known(int index, long id, String plaintext) {}

  private record Ended(int index, NodeProcess by, long at) {}

  @BeforeEach
  void startServer() throws Exception {
    assumeFalse(PostgreSql.isSwitchedOff(), PostgreSql.SWITCHED_OFF);
    server = PostgreSqlServer.start();
    pool = Node.open(server.url("postgres"));
    JdbcTokenStore.createSchema(pool);
    manager = TokenManager.builder(new JdbcTokenStore(pool)).build();
  }

  @AfterEach
  void stopAll() {
    nodes.forEach(NodeProcess::close);
    if (server != null) {
      manager.close();
      pool.close();
      server.close();
    }
  }

  private void startNodes(Duration lag, int tokens, boolean areBlind) throws Exception {
    for (int i = 0; i < NODES; i++) {
      nodes.add(NodeProcess.start(server.url("postgres"), lag, areBlind));
    }
    nodes.forEach(NodeProcess::awaitReady);
    for (int i = 0; i < tokens; i++) {
      create(nodes);
    }
    await(() -> nodes.stream().allMatch(this::keepsAll));
  }

  private boolean keepsAll(NodeProcess node) {
    return living.stream().allMatch(token -> node.lastAccepted(token.index()) != Node.NEVER);
  }

  @Test // G2
  void no_node_accepts_what_another_has_ended_for_longer_than_the_lag() throws Exception {
    Duration lag = Duration.ofMillis(500);
    startNodes(lag, TOKENS, false);
    changeFor(Duration.ofSeconds(SECONDS), nodes);
    wait(lag.multipliedBy(2));
    check(lag, "four nodes");
  }

  @Test // G2
  void nor_where_all_news_are_lost() throws Exception {
    Duration lag = Duration.ofMillis(500);
    startNodes(lag, TOKENS, true);
    changeFor(Duration.ofSeconds(SECONDS), nodes);
    wait(lag.multipliedBy(2));
    long latest = check(lag, "four nodes without news");
    assertThat(latest).as("so that there was a cache").isGreaterThan(lag.toNanos() / 2);
  }

  @Test // G2
  void nor_does_one_that_stood_still_meanwhile() throws Exception {
    Duration lag = Duration.ofMillis(500);
    startNodes(lag, TOKENS, false);
    NodeProcess frozen = nodes.get(0);
    List<NodeProcess> others = nodes.subList(1, NODES);
    for (int i = 1; i <= 3; i++) { // for less than the lag, for as long, and longer
      frozen.signal("STOP");
      try {
        changeFor(lag.multipliedBy(i).dividedBy(2), others);
      } finally {
        frozen.signal("CONT");
      }
      living.forEach(token -> frozen.know(token.index(), token.plaintext()));
      await(() -> keepsAll(frozen));
    }
    changeFor(lag, nodes);
    wait(lag.multipliedBy(2));
    check(lag, "one of four nodes stopped");
  }

  @Test // I1, G2
  void without_its_database_a_node_accepts_what_it_keeps_until_the_lag_is_over_and_then_fails()
      throws Exception {
    Duration lag = Duration.ofSeconds(2);
    startNodes(lag, 5, false);
    server.kill();
    long killed = System.nanoTime();
    wait(lag.multipliedBy(2));
    long longest = Long.MIN_VALUE;
    for (NodeProcess node : nodes) {
      long served = latest(node) - killed;
      System.out.printf("Database gone: served for %d ms more%n", millis(served));
      longest = Math.max(longest, served);
      assertThat(served).isLessThanOrEqualTo(lag.toNanos());
      assertThat(node.counts().failed()).isPositive();
      assertThat(node.counts().rejected()).isZero();
    }
    // What one keeps may have ended just then, all at once, but not what each of them keeps.
    assertThat(longest).isPositive();
    server.restart();
    long restarted = System.nanoTime();
    await(() -> nodes.stream().allMatch(node -> latest(node) - restarted > 0));
  }

  private long latest(NodeProcess node) {
    return living.stream()
        .mapToLong(token -> node.lastAccepted(token.index()))
        .max()
        .orElseThrow();
  }

  /** Ends tokens through one node or another, and makes new ones in their place. */
  private void changeFor(Duration time, List<NodeProcess> through) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      Known token = living.remove(random.nextInt(living.size()));
      NodeProcess node = through.get(random.nextInt(through.size()));
      String[] answer = node.change(CHANGES.get(random.nextInt(CHANGES.size())), token.id());
      ended.add(new Ended(token.index(), node, Long.parseLong(answer[0])));
      if (answer.length > 1) {
        know(token.id(), answer[1], through);
      } else {
        create(through);
      }
      wait(Duration.ofMillis(5)); // so that those that are ended do not crowd out the living
    }
  }

  private void create(List<NodeProcess> tellTo) {
    CreatedToken created = manager.create(NewToken.named("token " + made));
    know(created.token().id(), created.reveal(), tellTo);
  }

  private void know(long id, String plaintext, List<NodeProcess> tellTo) {
    Known token = new Known(made, id, plaintext);
    made++;
    tellTo.forEach(node -> node.know(token.index(), plaintext));
    living.add(token);
  }

  /** The node that made a change accepts nothing at all that begins after it. Returns how late the latest acceptance began. */
  private long check(Duration lag, String what) {
    long greatest = Long.MIN_VALUE;
    for (Ended token : ended) {
      for (NodeProcess node : nodes) {
        long last = node.lastAccepted(token.index());
        if (last != Node.NEVER) {
          long late = last - token.at();
          assertThat(late).isLessThanOrEqualTo(node == token.by() ? 0 : lag.toNanos());
          greatest = Math.max(greatest, late);
        }
      }
    }
    long accepted = nodes.stream().mapToLong(node -> node.counts().accepted()).sum();
    System.out.printf(
        "%s: %d changes, %d authentications accepted, the latest %d ms after a change; the bound is %d ms%n",
        what, ended.size(), accepted, millis(greatest), lag.toMillis());
    assertThat(nodes).allMatch(node -> node.counts().failed() == 0);
    return greatest;
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static void wait(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      assertThat(tries).as("seconds of patience times 100").isLessThan(6000);
      wait(Duration.ofMillis(10));
    }
  }
}

package io.counterfoil.clusters.servers;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Three PostgreSQL servers, a primary and two standbys, and the failover that a careful operator makes.
 *
 * <p><b>Replication.</b> A change is acknowledged when the primary and at least one of the standbys have flushed it ({@code
 * synchronous_standby_names = 'ANY 1 (…)'}, {@code synchronous_commit = on}). So for each change, one standby is synchronous, and the
 * other one may lag behind. If a single standby was named as the synchronous one, all changes would wait while it is down. {@code
 * remote_apply} would only help queries on standbys, which the contract of a token store forbids: a standby replays all it has
 * received before it accepts connections as the primary.
 *
 * <p><b>Failover.</b> The old primary is dead; then both standbys stop receiving; then the one that has received more is promoted,
 * and the other one follows it. The last acknowledged changes may be on either of them, so both must answer: with one of them alone, an
 * operator cannot know whether it has them. In the end, the old primary is copied from the new one, since its log may have changes
 * that no standby has received.
 *
 * <p>All servers have the same setting, so the new primary waits for a standby from its first change on.
 */
public final class PostgreSqlCluster implements AutoCloseable {
  /** The database of the applications. */
  public static final String DATABASE = "tokens";

  /**
   * In seconds: the longest wait for a connection to one host, for an answer, and for a connection to any host. The second one is
   * the time after which a call on a dead host fails, so it is longer than any statement, and not much longer. The third one allows
   * to try two dead hosts first.
   */
  static final String TIMEOUTS =
      "connectTimeout=2&socketTimeout=5&loginTimeout=8&tcpKeepAlive=true";

  /** A driver remembers for 10 seconds by default that a host was a standby, and does not try it. */
  private static final String TARGET = "targetServerType=primary&hostRecheckSeconds=1";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ServerFolder folder = ServerFolder.create("postgresql", PostgreSqlNode.USER);
  private final List<PostgreSqlNode> nodes;
  private PostgreSqlNode primary;

  private PostgreSqlCluster(List<Host> hosts) {
    nodes = IntStream.range(0, hosts.size())
        .mapToObj(i -> new PostgreSqlNode("node" + (i + 1), hosts.get(i), folder.path()))
        .toList();
    primary = nodes.get(0);
  }

  /** Starts a server on each host; the first one is the primary. Returns when the others have all its changes. */
  public static PostgreSqlCluster start(List<Host> hosts) {
    return Resources.closeOnFailure(new PostgreSqlCluster(hosts), cluster -> {
      cluster.start();
      return cluster;
    });
  }

  /** Starts three servers on ports of the loopback address. */
  public static PostgreSqlCluster onLoopback() {
    return start(Collections.nCopies(3, Network.loopback()));
  }

  /** Starts a single server, which waits for no standby. */
  public static PostgreSqlCluster single(Host host) {
    return start(List.of(host));
  }

  private void start() {
    long begin = System.nanoTime();
    String names = nodes.stream().map(PostgreSqlNode::name).collect(joining(", "));
    boolean isSingle = nodes.size() == 1;
    primary.create(isSingle ? "" : "synchronous_standby_names = 'ANY 1 (" + names + ")'\n");
    primary.restart();
    standbys().forEach(this::rebuild);
    primary.query("CREATE ROLE tokens LOGIN");
    createDatabase(DATABASE);
    awaitHealthy();
    Reports.time("PostgreSQL is ready", begin);
  }

  /** Creates a database without tables, which belongs to the user of the applications. */
  public void createDatabase(String name) {
    primary.query("CREATE DATABASE " + name + " OWNER tokens");
  }

  /** Makes all servers lose data if the operating system crashes, which only changes how fast they are. */
  public void stopSyncing() {
    nodes.forEach(node -> node.set("fsync", "off"));
  }

  /** Returns the servers. */
  public List<PostgreSqlNode> nodes() {
    return nodes;
  }

  /** Returns the present primary, or the last one. */
  public synchronized PostgreSqlNode primary() {
    return primary;
  }

  /** Returns all servers except the primary. */
  public synchronized List<PostgreSqlNode> standbys() {
    return nodes.stream().filter(node -> node != primary).toList();
  }

  /** Returns the URL of a database, with all servers in this order and all timeouts. */
  public static String url(List<PostgreSqlNode> nodes, String database) {
    String addresses = nodes.stream().map(PostgreSqlNode::address).collect(joining(","));
    return "jdbc:postgresql://" + addresses + '/' + database + parameters() + '&' + TARGET;
  }

  /** Returns the URL of a database on the present primary. */
  public String url(String database) {
    return url(nodes, database);
  }

  /** Returns the user and the timeouts for a URL, of a server or of a pooler. */
  static String parameters() {
    return "?user=tokens&sslmode=disable&" + TIMEOUTS;
  }

  /**
   * Makes a standby the primary that has all acknowledged changes, and the other one follow it.
   *
   * @throws IllegalStateException if the old primary is not dead, or if a standby does not answer
   */
  public synchronized void promote() {
    if (primary.isRunning()) {
      throw new IllegalStateException("the primary " + primary.name() + " is still running");
    }
    List<PostgreSqlNode> standbys = standbys();
    standbys.forEach(PostgreSqlNode::stopFollowing);
    promote(standbys.stream()
        .max(Comparator.comparingLong(PostgreSqlNode::receivedBytes))
        .orElseThrow());
  }

  /**
   * Makes a standby the primary, and the other standby follow it. Does not check whether it has received all changes, or whether
   * another server is a primary.
   */
  public synchronized void promote(PostgreSqlNode next) {
    PostgreSqlNode old = primary;
    next.promote();
    primary = next;
    standbys().stream().filter(node -> node != old).forEach(node -> node.follow(next));
  }

  /** Makes a dead server a standby of the primary: copies all its files from there. */
  public synchronized void rebuild(PostgreSqlNode node) {
    node.copyFrom(primary);
    node.restart();
  }

  /** Fails over from a dead primary, and makes it a standby. Returns when both standbys have all changes. */
  public synchronized void failOver() {
    PostgreSqlNode old = primary;
    promote();
    rebuild(old);
    awaitHealthy();
  }

  /** Waits until a standby has all changes of the primary. */
  public synchronized void awaitReplayed(PostgreSqlNode standby) {
    String present = primary.query("SELECT pg_current_wal_flush_lsn()");
    Polling.await(
        standby.name() + " has all changes",
        LIMIT,
        () -> standby
            .query("SELECT pg_last_wal_replay_lsn() >= '" + present + '\'')
            .equals("t"));
  }

  /** Waits until both standbys have all changes of the primary. */
  public synchronized void awaitHealthy() {
    Polling.await("all standbys have all changes", LIMIT, () -> {
      String present = primary.query("SELECT pg_current_wal_flush_lsn()");
      String following =
          primary.query("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
              + " AND sync_state = 'quorum' AND flush_lsn >= '" + present + '\'');
      return following.equals(String.valueOf(nodes.size() - 1));
    });
  }

  /** Kills all servers, and deletes their files. */
  @Override
  public void close() {
    nodes.forEach(Server::kill);
    folder.close();
  }
}

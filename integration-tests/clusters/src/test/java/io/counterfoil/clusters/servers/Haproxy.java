package io.counterfoil.clusters.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * HAProxy in front of a Galera cluster. Each new connection goes to the next node, among those that say that they are synced: a check
 * that only logs in would also send clients to a node without a majority, or to one that is fetching its data.
 */
public final class Haproxy extends Server implements AutoCloseable {
  private static final String USER = "nobody";
  private static final Duration START = Duration.ofSeconds(20);

  private final int nodes;
  private final ServerFolder folder;

  private Haproxy(Host host, int nodes, ServerFolder folder) {
    super("HAProxy", host, 3306, folder.path().resolve("log"));
    this.nodes = nodes;
    this.folder = folder;
  }

  /** Starts a proxy, and returns when new connections reach all nodes. */
  public static Haproxy start(Host host, GaleraCluster cluster) {
    ServerFolder folder = ServerFolder.create("haproxy", USER);
    return Resources.closeOnFailure(new Haproxy(host, cluster.nodes().size(), folder), proxy -> {
      proxy.configure(cluster);
      proxy.restart();
      proxy.awaitNodes();
      return proxy;
    });
  }

  private void configure(GaleraCluster cluster) {
    String servers = cluster.nodes().stream()
        .map(node -> "  server " + node.name() + ' ' + node.address() + '\n')
        .collect(joining());
    try {
      Files.writeString(configuration(), settings() + servers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The check speaks the protocol of MariaDB: a login without a password, the OK of the server, and one query. Connections to a node
   * that fails it twice are closed, so that clients do not wait for their own timeouts.
   */
  private String settings() {
    return """
      global
        log stdout format raw daemon notice
        maxconn 1000
      defaults
        log global
        mode tcp
        timeout connect 1s
        timeout check 1s
        timeout client 1h
        timeout server 1h
        option clitcpka
        option srvtcpka
        retries 2
        option redispatch
      listen galera
        bind %s
        balance roundrobin
        option tcp-check
        tcp-check connect
        tcp-check send-binary %s
        tcp-check expect binary 0700000200
        tcp-check send-binary %s
        tcp-check expect string Synced
        default-server check inter 500ms fall 2 rise 2 on-marked-down shutdown-sessions
      """.formatted(address(), login(), status());
  }

  /** The packet HandshakeResponse41 with the capabilities long password, protocol 4.1 and secure connection. */
  private static String login() {
    String user = HexFormat.of().formatHex(GaleraNode.MONITOR.getBytes(US_ASCII));
    return packet(1, "01820000" + "00000001" + "21" + "00".repeat(23) + user + "00" + "00");
  }

  private static String status() {
    String query = "SHOW STATUS LIKE 'wsrep_local_state_comment'";
    return packet(0, "03" + HexFormat.of().formatHex(query.getBytes(US_ASCII)));
  }

  /** Puts the length of at most 255 bytes and the number of the packet in front of it. */
  private static String packet(int number, String hexBytes) {
    return "%02x0000%02x%s".formatted(hexBytes.length() / 2, number, hexBytes);
  }

  /** Returns the JDBC URL of a database behind the proxy. */
  public String url(String database) {
    return "jdbc:mariadb://" + address() + '/' + database + GaleraCluster.parameters();
  }

  /** Starts the proxy again after it was killed, and returns when it accepts connections. */
  @Override
  public synchronized void restart() {
    kill();
    ServerProcess unused =
        run(USER, List.of(Programs.path("haproxy"), "-db", "-f", configuration().toString()));
    Polling.await("HAProxy listens", START, this::isListening);
  }

  /** Waits until new connections reach all nodes. */
  public void awaitNodes() {
    Polling.await("HAProxy reaches all nodes", START, () -> {
      Set<String> reached = new HashSet<>();
      for (int i = 0; i < nodes; i++) {
        reached.add(nextNode());
      }
      return reached.size() == nodes;
    });
  }

  /** Returns the node that a new connection reaches. */
  String nextNode() throws SQLException {
    return Sql.query(url(""), "SELECT @@wsrep_node_name");
  }

  private boolean isListening() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host().address(), port()), 1000);
      return true;
    }
  }

  private Path configuration() {
    return folder.path().resolve("haproxy.cfg");
  }

  /** Kills the proxy, and deletes its files. */
  @Override
  public void close() {
    kill();
    folder.close();
  }
}

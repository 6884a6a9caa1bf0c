package io.counterfoil.clusters.servers;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One node of a {@link GaleraCluster}: a MariaDB server that can be killed, frozen and started again. */
public final class GaleraNode extends Server {
  static final String USER = "mysql";

  /** A user without a password and without rights, who may only ask for the status. */
  static final String MONITOR = "monitor";

  private static final Pattern POSITION = Pattern.compile("Recovered position: ?(\\S+:\\d+)");

  private static final String SETTINGS = """
      [mysqld]
      skip-name-resolve
      performance-schema=OFF
      max-connections=300
      innodb-buffer-pool-size=64M
      innodb-log-file-size=32M
      innodb-flush-log-at-trx-commit=1
      innodb-autoinc-lock-mode=2
      binlog-format=ROW
      wsrep-on=ON
      wsrep-cluster-name=counterfoil
      wsrep-sst-method=rsync
      wsrep-slave-threads=4
      """;

  private final Path folder;
  private final int groupPort;
  private final int incrementalPort;
  private final int snapshotPort;

  GaleraNode(String name, Host host, Path folder) {
    super(name, host, 3306, folder.resolve("log"));
    this.folder = folder;
    groupPort = FreePorts.on(host, 4567);
    incrementalPort = FreePorts.on(host, 4568);
    snapshotPort = FreePorts.on(host, 4444);
  }

  String groupAddress() {
    return host().address() + ':' + groupPort;
  }

  /** Creates the files of the node. */
  void configure(List<GaleraNode> cluster) {
    runAsUser("mkdir", "-p", data().toString(), temporary().toString());
    String members = cluster.stream().map(GaleraNode::groupAddress).collect(joining(","));
    write(
        configuration(),
        SETTINGS
            + String.join(
                "\n",
                "datadir=" + data(),
                "tmpdir=" + temporary(),
                "socket=socket", // relative, because the path of a socket has at most 107 bytes
                "bind-address=" + host().address(),
                "port=" + port(),
                "wsrep-provider=" + Requirement.galeraLibrary().orElseThrow(),
                "wsrep-cluster-address=gcomm://" + members,
                "wsrep-node-name=" + name(),
                "wsrep-node-address=" + groupAddress(),
                "wsrep-sst-receive-address=" + host().address() + ':' + snapshotPort,
                "wsrep-provider-options=gmcast.listen_addr=tcp://" + groupAddress()
                    + ";ist.recv_addr=" + host().address() + ':' + incrementalPort
                    + ";gcache.size=32M",
                ""));
  }

  /** Creates the data of the first node: the system tables, an empty database, and its users. */
  void createData(String sql) {
    Path extra = folder.resolve("extra.sql");
    write(extra, sql);
    runAsUser(
        Programs.path("mariadb-install-db"),
        "--no-defaults",
        "--datadir=" + data(),
        "--tmpdir=" + temporary(),
        "--auth-root-authentication-method=normal",
        "--skip-name-resolve",
        "--skip-test-db",
        "--extra-file=" + extra);
  }

  /** Copies the data of another node, which has ended. Otherwise that would have to send a copy while it runs, which takes 8 s. */
  void copyData(GaleraNode other) {
    runAsUser("cp", "-rT", other.data().toString(), data().toString());
    runAsUser("rm", data().resolve("galera.cache").toString()); // the other node has it
  }

  /** Deletes the data of this node, which is not running. It must fetch a copy from another node. */
  void deleteData() {
    runAsUser("rm", "-r", data().toString());
    runAsUser("mkdir", data().toString());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void runAsUser(String... command) {
    Programs.run(SystemUser.command(USER, List.of(command)));
  }

  /** Starts the node. It joins the cluster in the background. */
  synchronized void start(String... options) {
    List<String> command = new ArrayList<>(List.of(server(), "--defaults-file=" + configuration()));
    command.addAll(List.of(options));
    ServerProcess unused = run(USER, command);
  }

  /**
   * Starts the node after it was killed, as the service of Debian does: the position in its own data is found first, so that other
   * nodes send only the changes after it.
   */
  @Override
  public synchronized void restart() {
    kill();
    start(position()
        .map(position -> new String[] {"--wsrep-start-position=" + position})
        .orElseGet(() -> new String[0]));
  }

  /** Starts a new cluster from the data of this node, which is not running. */
  synchronized void bootstrap() {
    Path state = data().resolve("grastate.dat");
    try {
      Files.writeString(
          state, Files.readString(state).replace("safe_to_bootstrap: 0", "safe_to_bootstrap: 1"));
      Files.deleteIfExists(data().resolve("gvwstate.dat")); // the members of the old cluster
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("--wsrep-new-cluster", "--wsrep-start-position=" + position().orElseThrow());
  }

  /** Returns the number of the last change in the data of this node, which is not running; -1 if its data is incomplete. */
  long lastChange() {
    return position()
        .map(position -> Long.parseLong(position.substring(position.lastIndexOf(':') + 1)))
        .orElse(-1L);
  }

  /** Returns the last change in the data of this node, which is not running; empty if its data is incomplete. */
  Optional<String> position() {
    String log = Programs.run(host()
        .command(SystemUser.command(
            USER,
            List.of(
                server(),
                "--defaults-file=" + configuration(),
                "--wsrep-recover",
                "--skip-log-error"))));
    Matcher matcher = POSITION.matcher(log);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Shuts the node down. */
  synchronized void stop() {
    if (!terminate(Duration.ofSeconds(30))) {
      throw new IllegalStateException(endOfLog());
    }
    kill();
  }

  /** Returns whether the node is in a cluster of this size, and has all its changes. */
  boolean isSynced(int size) {
    return state().equals("Synced, Primary, ON, " + size) && reachesOthers();
  }

  /**
   * Returns whether the node gets an answer of the others. A node that was frozen says that it is synced, until it notices that the
   * others have excluded it.
   */
  private boolean reachesOthers() {
    try {
      Sql.execute(statusUrl(), "SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Returns whether the node is in a majority, and so accepts changes. */
  boolean isPrimary() {
    return state().contains(", Primary,"); // not "non-Primary"
  }

  /** Returns the status of the node, for a message: its state, that of the cluster, whether it accepts queries, and the number of nodes. */
  String state() {
    try {
      Map<String, String> status = status();
      return Stream.of("local_state_comment", "cluster_status", "ready", "cluster_size")
          .map(name -> status.getOrDefault("wsrep_" + name, "unknown"))
          .collect(joining(", "));
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Map<String, String> status() throws SQLException {
    Map<String, String> status = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(statusUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'wsrep_%'")) {
      while (rows.next()) {
        status.put(rows.getString(1), rows.getString(2));
      }
    }
    return status;
  }

  private String statusUrl() {
    return "jdbc:mariadb://" + address() + "/?user=" + MONITOR
        + "&sslMode=disable&connectTimeout=1000&socketTimeout=2000";
  }

  private static String server() {
    return Programs.path("mariadbd");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private Path configuration() {
    return folder.resolve("my.cnf");
  }
}

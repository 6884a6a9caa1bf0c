package io.counterfoil.clusters.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** PgBouncer in front of one PostgreSQL server. */
public final class PgBouncer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** When a client gets a connection of the server. */
  public enum Mode {
    /** Until it disconnects. */
    SESSION,
    /** For each transaction. */
    TRANSACTION
  }

  private final ServerFolder folder = ServerFolder.create("pgbouncer", PostgreSqlNode.USER);
  private final Host host;
  private final PostgreSqlNode server;
  private final Mode mode;
  private final int port;
  private Optional<ServerProcess> process = Optional.empty();

  private PgBouncer(Host host, PostgreSqlNode server, Mode mode) {
    this.host = host;
    this.server = server;
    this.mode = mode;
    this.port = FreePorts.on(host, 6432);
  }

  /** Starts it on a host, and returns when it accepts connections. */
  public static PgBouncer start(Host host, PostgreSqlNode server, Mode mode) {
    PgBouncer pooler = new PgBouncer(host, server, mode);
    try {
      pooler.configure();
      pooler.start();
      return pooler;
    } catch (RuntimeException e) {
      pooler.close();
      throw e;
    }
  }

  /**
   * In session mode, each connection of an application needs one of the server; in transaction mode, few are enough. After a failed
   * login, PgBouncer would fail all clients for 15 seconds ({@code server_login_retry}).
   */
  private void configure() {
    Path users = write("users.txt", "\"tokens\" \"\"\n");
    write("pgbouncer.ini", """
        [databases]
        * = host=%s port=%s
        [pgbouncer]
        listen_addr = %s
        listen_port = %d
        unix_socket_dir =
        auth_type = trust
        auth_file = %s
        pool_mode = %s
        default_pool_size = %d
        max_client_conn = 400
        server_login_retry = 1
        server_connect_timeout = 5
        query_wait_timeout = 5
        ignore_startup_parameters = extra_float_digits
        """.formatted(
            server.host().address(),
            server.address().substring(server.address().indexOf(':') + 1),
            host.address(),
            port,
            users,
            mode.name().toLowerCase(Locale.ROOT),
            mode == Mode.SESSION ? 100 : 10));
  }

  private Path write(String file, String text) {
    try {
      return Files.writeString(folder.path().resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it after {@link #kill}, and returns when it accepts connections. */
  public synchronized void start() {
    ServerProcess started = ServerProcess.start(
        host,
        PostgreSqlNode.USER,
        folder.path().resolve("log"),
        List.of(
            Programs.path("pgbouncer"), folder.path().resolve("pgbouncer.ini").toString()));
    process = Optional.of(started);
    Polling.await("PgBouncer accepts connections", LIMIT, this::isReady);
  }

  /** Returns whether it connects a client with the server. */
  public boolean isReady() {
    return server.isReachable(host.address(), port);
  }

  /** Returns the host that it runs on. */
  public Host host() {
    return host;
  }

  /** Returns the URL of a database, with all timeouts. In transaction mode it turns prepared statements of the server off. */
  public String url(String database) {
    return urlWithPreparedStatements(database)
        + (mode == Mode.TRANSACTION ? "&prepareThreshold=0" : "");
  }

  /** Returns a URL that is wrong in transaction mode. */
  public String urlWithPreparedStatements(String database) {
    return "jdbc:postgresql://" + host.address() + ':' + port + '/' + database
        + PostgreSqlCluster.parameters();
  }

  /** Returns the timeouts of {@link #url} for reports. */
  public static String timeouts() {
    return PostgreSqlCluster.TIMEOUTS;
  }

  /** Kills it with SIGKILL. */
  public synchronized void kill() {
    process.ifPresent(ServerProcess::close);
    process = Optional.empty();
  }

  /** Stops it with SIGSTOP. */
  public synchronized void freeze() {
    process.ifPresent(ServerProcess::freeze);
  }

  /** Continues it after {@link #freeze}. */
  public synchronized void thaw() {
    process.ifPresent(ServerProcess::thaw);
  }

  /** Kills it, and deletes its files. */
  @Override
  public void close() {
    kill();
    folder.close();
  }
}

package io.counterfoil.clusters.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** PgBouncer in front of one PostgreSQL server. */
public final class PgBouncer extends Server implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** How long a client keeps a connection of the server. */
  public enum Mode {
    /** Until it disconnects. */
    SESSION,
    /** Until its transaction ends. */
    TRANSACTION
  }

  private final ServerFolder folder;
  private final PostgreSqlNode server;
  private final Mode mode;

  private PgBouncer(Host host, PostgreSqlNode server, Mode mode, ServerFolder folder) {
    super("PgBouncer", host, 6432, folder.path().resolve("log"));
    this.folder = folder;
    this.server = server;
    this.mode = mode;
  }

  /** Starts it on a host, and returns when it accepts connections. */
  public static PgBouncer start(Host host, PostgreSqlNode server, Mode mode) {
    ServerFolder folder = ServerFolder.create("pgbouncer", PostgreSqlNode.USER);
    return Resources.closeOnFailure(new PgBouncer(host, server, mode, folder), pooler -> {
      pooler.configure();
      pooler.restart();
      return pooler;
    });
  }

  /**
   * In session mode, each connection of an application needs one of the server; in transaction mode, few are enough. After a failed
   * login, PgBouncer would fail all clients for 15 seconds ({@code server_login_retry}).
   */
  private void configure() {
    Path users = write("users.txt", "\"tokens\" \"\"\n");
    write("pgbouncer.ini", """
        [databases]
        * = host=%s port=%d
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
            server.port(),
            host().address(),
            port(),
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
  @Override
  public synchronized void restart() {
    ServerProcess unused = run(
        PostgreSqlNode.USER,
        List.of(
            Programs.path("pgbouncer"), folder.path().resolve("pgbouncer.ini").toString()));
    Polling.await("PgBouncer accepts connections", LIMIT, this::isReady);
  }

  /** Returns whether it connects a client with the server. */
  public boolean isReady() {
    return server.isReachable(host().address(), port());
  }

  /** Returns the URL of a database, with all timeouts. In transaction mode it turns prepared statements of the server off. */
  public String url(String database) {
    return urlWithPreparedStatements(database)
        + (mode == Mode.TRANSACTION ? "&prepareThreshold=0" : "");
  }

  /** Returns a URL that is wrong in transaction mode. */
  public String urlWithPreparedStatements(String database) {
    return "jdbc:postgresql://" + address() + '/' + database + PostgreSqlCluster.parameters();
  }

  /** Kills it, and deletes its files. */
  @Override
  public void close() {
    kill();
    folder.close();
  }
}

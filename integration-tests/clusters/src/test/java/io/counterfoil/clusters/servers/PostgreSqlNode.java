package io.counterfoil.clusters.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server that can be killed, frozen and started again. It loses no acknowledged change when it is killed. Its role {@code
 * tokens}, for applications, is no superuser.
 */
public final class PostgreSqlNode extends Server {
  static final String USER = "postgres";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * Durable: the defaults, written out. The timeouts replace defaults of a minute, with which a standby that was cut off would return
   * late. They decide nothing about the safety of a change.
   */
  private static final String SETTINGS = """
      fsync = on
      full_page_writes = on
      synchronous_commit = on
      wal_level = replica
      hot_standby = on
      max_connections = 200
      max_wal_senders = 10
      wal_keep_size = 512MB
      wal_sender_timeout = 5s
      wal_receiver_timeout = 5s
      wal_retrieve_retry_interval = 500ms
      shared_buffers = 64MB
      unix_socket_directories = ''
      """;

  private static final String ACCESS = """
      host all all samenet trust
      host replication all samenet trust
      """;

  private final Path folder;

  PostgreSqlNode(String name, Host host, Path folder) {
    super(name, host, 5432, folder.resolve(name + ".log"));
    this.folder = folder;
  }

  /**
   * Creates the files of the server.
   *
   * @param settings lines for {@code postgresql.conf}, which standbys copy
   */
  void create(String settings) {
    run(
        "initdb",
        "--pgdata=" + data(),
        "--username=postgres",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync"); // the empty database need not survive a crash of the operating system
    write("postgresql.conf", SETTINGS + settings, StandardOpenOption.APPEND);
    write("pg_hba.conf", ACCESS, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Replaces the files of the server, which is not running, by a copy of another one, and makes it a standby of that one. */
  void copyFrom(PostgreSqlNode primary) {
    requireDead();
    Programs.run(SystemUser.command(USER, List.of("rm", "-rf", data().toString())));
    run(
        "pg_basebackup",
        "--pgdata=" + data(),
        "--dbname=" + primary.connectionInfo(),
        "--checkpoint=fast",
        "--no-sync", // see above
        "--write-recovery-conf");
  }

  /** Starts the server, and returns when it accepts connections. */
  @Override
  public synchronized void restart() {
    requireDead();
    List<String> command =
        new ArrayList<>(List.of(program("postgres"), "-D", data().toString()));
    command.addAll(
        List.of("-p", String.valueOf(port()), "-c", "listen_addresses=" + host().address()));
    command.addAll(List.of("-c", "cluster_name=" + name())); // the name as a standby
    ServerProcess started = run(USER, command);
    Polling.await(name() + " accepts connections", LIMIT, () -> {
      if (!started.isRunning()) {
        throw new AssertionError(endOfLog());
      }
      return query("SELECT 1").equals("1");
    });
  }

  /** Runs one statement as the superuser, on the host of the server. Returns the rows in lines, with columns separated by {@code |}. */
  public String query(String sql) {
    return run(
            "psql",
            "--dbname=" + connectionInfo() + " dbname=postgres",
            "--no-psqlrc",
            "--quiet",
            "--no-align",
            "--tuples-only",
            "--set=ON_ERROR_STOP=1",
            "--command=" + sql)
        .strip();
  }

  /** Changes a setting that needs no restart. */
  public void set(String setting, String value) {
    query("ALTER SYSTEM SET " + setting + " = '" + value.replace("'", "''") + '\'');
    query("SELECT pg_reload_conf()");
    Polling.await(
        name() + " has reloaded " + setting,
        LIMIT,
        () -> query("SHOW " + setting).equals(value));
  }

  /** Makes a standby follow a primary. */
  public void follow(PostgreSqlNode primary) {
    set("primary_conninfo", primary.connectionInfo());
  }

  /** Makes a standby follow nobody. Afterwards it confirms nothing, and {@link #receivedBytes} does not change. */
  public void stopFollowing() {
    set("primary_conninfo", "");
    Polling.await(
        name() + " receives nothing",
        LIMIT,
        () -> query("SELECT count(*) FROM pg_stat_wal_receiver").equals("0"));
  }

  /** Returns the position in the log up to which a standby has received and flushed it. */
  public long receivedBytes() {
    // After a restart, the first one is missing or too low.
    return Long.parseLong(query("SELECT pg_wal_lsn_diff("
        + "greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0')"));
  }

  /** Makes a standby the primary, and returns when it accepts changes. */
  public void promote() {
    run("pg_ctl", "promote", "--wait", "--pgdata=" + data());
  }

  /** Returns whether an application on this host reaches its database through this address. */
  boolean isReachable(String address, int pooler) {
    return run(
            "psql",
            "--dbname=host=" + address + " port=" + pooler + " user=tokens dbname="
                + PostgreSqlCluster.DATABASE + " connect_timeout=5",
            "--no-psqlrc",
            "--tuples-only",
            "--command=SELECT 1")
        .strip()
        .equals("1");
  }

  private void requireDead() {
    if (isRunning()) {
      throw new IllegalStateException(name() + " is still running");
    }
  }

  /** Without the timeout, a standby would try to reach a host that was cut off for two minutes. */
  private String connectionInfo() {
    return "host=" + host().address() + " port=" + port()
        + " user=postgres sslmode=disable gssencmode=disable connect_timeout=5 tcp_user_timeout=3000";
  }

  /** Runs a program on the host of the server, which also reaches it when the host is cut off. */
  private String run(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program(program)));
    command.addAll(List.of(arguments));
    return Programs.run(host().command(SystemUser.command(USER, command)));
  }

  private static String program(String name) {
    return Requirement.postgreSqlPrograms().orElseThrow().resolve(name).toString();
  }

  private Path data() {
    return folder.resolve(name());
  }

  private void write(String file, String text, StandardOpenOption option) {
    try {
      Files.writeString(data().resolve(file), text, option);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.counterfoil.jdbc;

import io.counterfoil.ChangeWatch;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * Stores tokens in a table of a relational database: PostgreSQL, MariaDB, H2, SQLite, HSQLDB or Apache Derby. According to their
 * documentation, MySQL, SQL Server and Oracle work too.
 *
 * <p>Thread-safe. Many processes may use one database. The store caches nothing, and need not be closed: its threads end when
 * they are idle. But {@link #close} it before the data source if the process ends soon after a change, as in a command-line tool.
 *
 * <p><b>Connections.</b> Each call takes a connection from the data source and closes it. By then, nothing is open on the
 * connection, and auto-commit has its previous value. Auto-commit stays off only if a call fails and its rollback fails too. A
 * {@link #watch} may hold a connection longer. Use a data source with its own connections, preferably a pool. Do not use one that
 * joins a transaction of the caller: when a change returns, it is committed, and cannot be rolled back with other work.
 * Auto-commit may be off; then each call commits. In that case, the pool must end a transaction that another user of the pool
 * left open, as nearly all pools do. Otherwise a read in an old transaction may miss later revocations.
 *
 * <p><b>Settings of the database.</b> The constructors refuse settings with which a database loses acknowledged changes when its
 * process is killed, or returns old data although it accepts changes:
 *
 * <ul>
 *   <li>PostgreSQL: {@code synchronous_commit=off} for the connections of the data source.
 *   <li>MySQL in a Galera cluster: a {@code wsrep_sync_wait} that lacks 1 (reads) or 2 (updates and deletes), for the
 *       connections of the data source. Without 4 (inserts), a name that was deleted on another node may still be taken for a moment.
 *   <li>H2: a {@code WRITE_DELAY} other than 0. By default, H2 writes half a second late, so a killed process loses acknowledged
 *       changes: a disabled token would be enabled again.
 *   <li>HSQLDB: {@code hsqldb.write_delay} other than {@code false}, for the same reason. HSQLDB shows this setting only to
 *       administrators, so the store cannot check it for other users.
 *   <li>SQLite: {@code journal_mode} {@code OFF} or {@code MEMORY}.
 * </ul>
 *
 * <p>{@link #acceptingUnsafeSettings} accepts them. The constructors only log a warning about these settings:
 *
 * <ul>
 *   <li>Changes survive if the process of the database is killed, but not a power failure. PostgreSQL: {@code fsync=off}. MariaDB
 *       and MySQL: {@code innodb_flush_log_at_trx_commit} other than 1 (0 also loses changes when the server is killed), or a
 *       binary log with a {@code sync_binlog} other than 1. SQLite: {@code synchronous} lower than {@code FULL}.
 *   <li>A failover may undo changes, because they do not wait until a synchronous standby of PostgreSQL has written them ({@code
 *       synchronous_commit} is {@code local} or {@code remote_write}), or because {@code client_min_messages=error} hides that such a
 *       wait was canceled.
 *   <li>H2 opens the file without {@code jdbc:h2:async:}. Then a thread that is interrupted while it uses the database closes the
 *       file, and every later call fails.
 *   <li>The database is read-only now: a standby, a replica, or a former primary after a failover. It is a failing store, not a
 *       wrong one. Changes fail with {@link TokenStoreException} until the data source has connections to a primary. Reads work,
 *       but may return old data, so use the address of the primary.
 * </ul>
 *
 * <p>On SQLite with {@code journal_mode=WAL}, readers do not wait for a writer. With {@code busy_timeout}, writers wait for each
 * other; set it to more than the longest wait, such as 30 seconds.
 *
 * <p><b>Derby.</b> If many threads insert tokens at once, set the property {@code derby.storage.indexStats.auto} to {@code
 * false}. Otherwise, when a table has grown, Derby counts its rows in the background, and meanwhile inserts may fail because they
 * get no id. The first inserts of several processes on one Derby server may fail in the same way. Within one class loader,
 * inserts and changes of several tokens take turns.
 *
 * <p><b>Schema.</b> {@link #createSchema(DataSource)} creates the table of tokens and two small tables, whose names have a suffix:
 * {@code _changes} for announcements (see below), and {@code _once} for the keys of {@link #insertOnce}. Another tool can run the
 * script {@code io/counterfoil/jdbc/schema-<database>.sql} from the jar instead. {@link #migrateSchema(DataSource)} migrates a
 * table of an older version to the current one. Another tool can run {@code migrate-<database>-<version>.sql} instead. The
 * constructors check the columns, the indexes, the exact comparison of texts, and the settings above. Do not delete rows of {@code
 * _once}: a token that was inserted once would be inserted again.
 *
 * <p><b>Changes.</b> Each change is a single statement, which the database commits by itself, whatever the auto-commit setting
 * of the pool. So a node that stalls blocks no other node. Only {@link #insertOnce}, {@link #recordUses} and {@link
 * #deleteExpired(Instant, int)} need several statements in one transaction. On PostgreSQL, MySQL and MariaDB, they begin with a
 * limit: the database ends the connection if the node is idle in the transaction for 2 seconds. Afterwards, the connection has
 * its previous setting. SQL Server and Oracle have no such limit.
 *
 * <p><b>Announcements.</b> A second table with a single row, {@code counterfoil_tokens_changes} (or the name of the table followed
 * by {@code _changes}), counts the changes that caches must notice. A {@link #watch} reads the number. Caches must notice all
 * changes except inserting a token, recording uses and {@link #deleteExpired(Instant, int)}. After
 * such a change is committed, a thread of the store announces it: it adds one to the number, in a statement of its own. Changes
 * made meanwhile are announced together. The thread ends when it is idle. If an announcement fails for a temporary reason, the
 * thread tries it up to 50 times, with pauses of 200 ms. An announcement may be late. It is lost if all tries fail, if the
 * process ends before it, or if the database user may not update the second table. No guarantee depends on it.
 *
 * <p>If the second table or its row is missing when the store is created, or if the user may not read it, the store works without
 * it: there is no watch, and the watches of other stores do not notice the change. Restart the nodes after adding the table.
 *
 * <p><b>Galera.</b> If {@code wsrep_on} is set when the store is created, each statement that reads, creates, changes or deletes
 * tokens waits until the node has applied all earlier changes of other nodes ({@code SET STATEMENT wsrep_sync_wait}). Otherwise a
 * node would still accept a token after its revocation on another node has returned. If the node cannot catch up, the call fails.
 * Only {@link #recordUses} and {@link #deleteExpired(Instant, int)} do not wait. After a server has joined a cluster, restart
 * the applications that use it.
 *
 * <p><b>Poolers.</b> A pooler such as PgBouncer in {@code transaction} mode may run each transaction in another process of
 * PostgreSQL. There, a prepared statement can be confused with one of another connection that has the same name, so that a query
 * deletes a token. When the store is created, it looks whether another process runs its statements than the one that the driver
 * connected to. If so, it prepares no statements under a name, and its {@link #watch} does not listen for notifications. It needs
 * PostgreSQL's own driver for that, which connections {@linkplain java.sql.Wrapper#unwrap unwrap} to, and a {@code
 * prepareThreshold} of at least 0. Otherwise, set {@code prepareThreshold=0} in the URL. The store does not need it, but other
 * statements on its connections do: those of the host, and the test queries of some pools. All this also applies to session mode and
 * to poolers that handle prepared statements: the server then plans each statement again.
 *
 * <p><b>Errors.</b> If the database reports that it has rolled back a call because of other transactions (SQLState 40001 and
 * 40P01; MySQL's error 1213 has the former) or that it is read-only now (25006), the call is repeated for at most 2 seconds,
 * with random pauses. A read is also repeated once if its connection was lost. Any other failed change is never repeated, since
 * it may have taken effect. On PostgreSQL, a change also fails if its wait for a synchronous standby was canceled: the server has
 * committed it then, but a failover may undo it. This needs PostgreSQL's own driver. {@link #insertOnce}, {@link #recordUses} and
 * {@link #deleteExpired(Instant, int)} do not notice it. A repeated call that finds nothing left to change does not wait for a
 * standby: the first change is safe as soon as any later change has returned.
 *
 * <p><b>Queries.</b> An index finds the tokens of an owner, those that are enabled or disabled, and those with an expiry, and also
 * counts them. For a part of a name, a scope or unused tokens, the database reads one token after the other until the page is full:
 * if few match, it reads all tokens, or all that the other conditions select.
 *
 * <p><b>Unreadable rows.</b> If the row of a token cannot be read, for example because another program wrote it, lists leave it
 * out. The store logs its id once per hour, and at most 100 ids per hour.
 */
public final class JdbcTokenStore implements TokenStore, AutoCloseable {
  private final StatementRunner runner;
  private final Statements sql;
  private final List<String> warnings;
  private final QueryRunner queries;

  /**
   * Creates a store on the table {@code counterfoil_tokens} in the schema of the connections.
   *
   * @throws IllegalStateException if the table is missing or invalid, if there is no script for the database, or if a setting of
   *     the database is unsafe. The message includes the fix
   * @throws TokenStoreException if the database cannot be reached
   */
  public JdbcTokenStore(DataSource dataSource) {
    this(dataSource, Statements.DEFAULT_TABLE);
  }

  /**
   * Creates a store on a table with another name, like {@link #JdbcTokenStore(DataSource)}.
   *
   * @param table the name of the table; not a reserved word of the database
   * @throws IllegalArgumentException if the name is not 1 to 40 characters of {@code a-z 0-9 _}, the first one a letter
   */
  public JdbcTokenStore(DataSource dataSource, String table) {
    this(new Schema(dataSource, table));
  }

  JdbcTokenStore(Schema schema) {
    this(schema, ChangeAnnouncer.thread());
  }

  JdbcTokenStore(Schema schema, Executor announcements) {
    this(schema.open(announcements));
  }

  /** Creates a store without checking its table. */
  JdbcTokenStore(DataSource dataSource, Statements sql) {
    this(new Schema.Opened(
        new StatementRunner(
            Transactions.on(dataSource, sql.dialect),
            sql,
            new RowMapper(sql.dialect),
            Optional.empty()),
        List.of()));
  }

  private JdbcTokenStore(Schema.Opened table) {
    this.runner = table.runner();
    this.sql = runner.sql();
    this.queries = new QueryRunner(runner);
    this.warnings = table.warnings();
  }

  /**
   * Creates the table {@code counterfoil_tokens}, its indexes, and its tables of changes and of keys if they are missing.
   *
   * <p>May be called at every start, and by many nodes at once. If the tables of tokens and keys are complete, this method changes
   * nothing and needs no right to change the schema. That holds even if the table of changes is missing, since the store works
   * without it. Not needed if another tool runs the script.
   *
   * @return whether the table of tokens was missing
   * @throws IllegalStateException if there is no script for the database, or if a setting of the database is unsafe; in both
   *     cases, nothing is changed. Also if the table exists and is still invalid at the end; then the cause is the first failure of
   *     a statement, if there was one
   * @throws TokenStoreException if the database cannot be reached or rejects the creation of the table
   */
  public static boolean createSchema(DataSource dataSource) {
    return createSchema(dataSource, Statements.DEFAULT_TABLE);
  }

  /**
   * Creates a table with another name, like {@link #createSchema(DataSource)}.
   *
   * @throws IllegalArgumentException if the name is not 1 to 40 characters of {@code a-z 0-9 _}, the first one a letter
   */
  public static boolean createSchema(DataSource dataSource, String table) {
    return new Schema(dataSource, table).create();
  }

  /**
   * Migrates the table {@code counterfoil_tokens} from an older version of this library to the current one. Does nothing if there
   * is no table.
   *
   * <p>Migrations only add to the schema, so nodes of the older version continue to work. May be called at every start, before
   * {@link #createSchema(DataSource)}, and by many nodes at once. The exception is HSQLDB as a server for several processes: a
   * statement that runs while its table is changed may be lost without an error. There, stop all other nodes before you migrate.
   *
   * @return whether the table had an older version
   * @throws IllegalStateException if there is no script for the database, or if a setting of the database is unsafe; in both
   *     cases, nothing is changed. Also if the table is invalid even after the migration; then the cause is the first failure of a
   *     statement, if there was one
   * @throws TokenStoreException if the database cannot be reached
   */
  public static boolean migrateSchema(DataSource dataSource) {
    return migrateSchema(dataSource, Statements.DEFAULT_TABLE);
  }

  /**
   * Migrates a table with another name, like {@link #migrateSchema(DataSource)}.
   *
   * @throws IllegalArgumentException if the name is not 1 to 40 characters of {@code a-z 0-9 _}, the first one a letter
   */
  public static boolean migrateSchema(DataSource dataSource, String table) {
    return new Schema(dataSource, table).migrate();
  }

  /**
   * Returns a data source with which this class accepts the unsafe settings of its database, see {@link JdbcTokenStore}. The
   * constructors then log a warning about each of them.
   *
   * <p>For databases whose loss is acceptable, such as those of tests, or whose changes are kept by other means. Pass the result
   * to {@link #migrateSchema(DataSource)}, {@link #createSchema(DataSource)} and the constructors. The table is checked as always.
   */
  public static DataSource acceptingUnsafeSettings(DataSource dataSource) {
    return new UnsafeSettingsAccepted(Objects.requireNonNull(dataSource));
  }

  /**
   * Returns the warnings that the constructor logged about settings of the database, see {@link JdbcTokenStore}. Each one
   * includes the fix. They contain no values of tokens, and are not checked again. Empty if there were none.
   */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public long insert(StoredToken token) {
    return new TokenInsert(runner).insert(token);
  }

  @Override
  public OptionalLong insertOnce(String key, StoredToken token) {
    return new TokenInsert(runner).insertOnce(key, token);
  }

  @Override
  public boolean isRecorded(String key) {
    return runner.isRecorded(key);
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    return runner.find("find a token by its hash", sql.findByHash(candidates.size()), query -> {
      int index = 0;
      for (TokenHash candidate : candidates) {
        byte[] bytes = candidate.bytes();
        query.setBytes(++index, bytes);
        query.setBytes(++index, bytes);
      }
    });
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return runner.findById(id);
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return runner.findByName(owner, name);
  }

  @Override
  public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    return queries.list(query, afterId, limit);
  }

  @Override
  public long count(TokenQuery query) {
    return queries.count(query);
  }

  @Override
  public boolean update(StoredToken changed) {
    try {
      return runner.announcedUpdate(
              "update a token",
              changed.id(),
              sql.update,
              update -> runner.rows().bindUpdate(update, changed))
          > 0;
    } catch (TokenStoreException failure) {
      throw new Duplicates(runner).explainUpdate(failure, changed);
    }
  }

  /** Raises the revision even if the token is disabled: some drivers do not count an unchanged row. */
  @Override
  public boolean disable(long id) {
    return runner.announcedUpdate("disable a token", id, sql.disable, update -> {
          update.setBoolean(1, false);
          update.setLong(2, id);
        })
        > 0;
  }

  @Override
  public int disableAll() {
    return runner.announcedUpdateOfMany("disable all tokens", sql.disableAll, update -> {
      update.setBoolean(1, false);
      update.setBoolean(2, false);
    });
  }

  @Override
  public int disableOwnedBy(String owner) {
    return runner.announcedUpdateOfMany(
        "disable the tokens of an owner", sql.disableOwnedBy, update -> {
          update.setBoolean(1, false);
          update.setBoolean(2, false);
          update.setString(3, runner.rows().encode(owner));
        });
  }

  /** Updates in ascending order of ids, as all changes of several tokens do, so that they cannot deadlock. */
  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    if (uses.isEmpty()) {
      return;
    }
    int[] unused = DerbyTurns.take(sql.dialect, () -> write(uses, latestPlausible));
  }

  private int[] write(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    return runner.transactions().atomic("record uses", sql.idleLimit, connection -> {
      try (PreparedStatement update = connection.prepareStatement(sql.recordUse)) {
        for (Map.Entry<Long, StoredToken.Use> use : new TreeMap<>(uses).entrySet()) {
          long at = EpochMillis.of(use.getValue().at());
          update.setLong(1, at);
          update.setString(2, use.getValue().from().orElse(null));
          update.setLong(3, use.getKey());
          update.setLong(4, at);
          update.setLong(5, EpochMillis.of(latestPlausible));
          update.addBatch();
        }
        return update.executeBatch();
      }
    });
  }

  @Override
  public boolean delete(long id) {
    return runner.announcedUpdate("delete a token", id, sql.delete, delete -> delete.setLong(1, id))
        > 0;
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return runner.announcedUpdateOfMany(
        "delete the tokens of an owner",
        sql.deleteOwnedBy,
        delete -> delete.setString(1, runner.rows().encode(owner)));
  }

  @Override
  public boolean deleteExpired(long id, Instant before) {
    return runner.announcedUpdate("delete an expired token", id, sql.deleteIfExpired, delete -> {
          delete.setLong(1, id);
          delete.setLong(2, EpochMillis.ceiling(before));
        })
        > 0;
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    ExpiredTokens expired = new ExpiredTokens(runner.transactions(), sql);
    return DerbyTurns.take(sql.dialect, () -> expired.delete(before, limit));
  }

  /**
   * Returns a watch that reads the change counter; empty if the store works without it (see above). The watch reads it once in
   * each wait, and holds no connection while it waits.
   *
   * <p>On PostgreSQL with its own driver, notifications end a wait early; if one is lost, the wait takes its full time. For them,
   * the watch holds a connection of the data source from its first wait until it is closed: make the pool larger by one. If the
   * pool does not provide another connection within 2 seconds, the watch returns its own to the pool and polls for an hour, as on
   * other databases. To find that out, it starts a thread that ends when the pool answers. Some pools report connections that are
   * held for a long time; they will report this one.
   *
   * @throws TokenStoreException if the counter cannot be read now
   */
  @Override
  public Optional<ChangeWatch> watch() {
    return runner.announcer().map(ChangeAnnouncer::watch);
  }

  /**
   * Waits until the changes of this store are announced to other nodes, at most 2 seconds. Without this call, an announcement may
   * be lost if the process ends directly after a change. Does not close the data source. The store can still be used.
   */
  @Override
  public void close() {
    runner.announcer().ifPresent(ChangeAnnouncer::close);
  }
}

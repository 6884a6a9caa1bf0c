package io.counterfoil.jdbc;

import io.counterfoil.ChangeWatch;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens in one table of a relational database: PostgreSQL, MariaDB, H2, SQLite, HSQLDB or
 * Apache Derby; by their documentation also MySQL, SQL Server and Oracle.
 *
 * <p>Each call, but those of a {@link #watch}, takes a connection from the data source, and gives it back closed, with nothing
 * open on it and auto-commit as it was; only where the rollback of a failed call fails too, auto-commit is left off. Auto-commit
 * may be on or off; where it is off, the call commits its own work, and the pool must end what its other users leave open, as
 * nearly all do: where a transaction shows the table as it was at its beginning, a read in an old one sees no revocation since.
 * Give it a data source that hands out connections of their own, best a pool, not one that joins a transaction of the caller: a
 * change that has returned is in force, and cannot be rolled back with something else. Names are unique by a constraint of the
 * table, not by a look before the insert.
 *
 * <p>How a change that has returned outlives a crash is for the database to say:
 *
 * <ul>
 *   <li>PostgreSQL: {@code synchronous_commit} on, which is its default.
 *   <li>MariaDB: {@code innodb_flush_log_at_trx_commit=1}, which is its default.
 *   <li>H2: {@code WRITE_DELAY=0} in the URL. Its default writes half a second late, and a killed process loses what it had
 *       acknowledged: a disabled token would be enabled again.
 *   <li>HSQLDB: {@code hsqldb.write_delay=false} in the URL, for the same reason; HSQLDB shows its setting to administrators
 *       alone, so that for others it goes unchecked.
 *   <li>SQLite: {@code synchronous=FULL}, its default. With {@code journal_mode=WAL} readers do not wait for a writer; with
 *       {@code busy_timeout} writers wait for each other, so give it more than the longest queue takes, such as 30 seconds.
 * </ul>
 *
 * <p>Where many add tokens to Derby at once, set its property {@code derby.storage.indexStats.auto} to {@code false}: when it
 * counts a table that has grown, which it does beside the work, inserts may fail because they get no id. So may the first ones
 * of several processes on one Derby server; those of one class loader take turns.
 *
 * <p>The table comes from {@link #createSchema(DataSource)}, or from the same script, {@code
 * io/counterfoil/jdbc/schema-<database>.sql} in the jar, run by other means; what later versions change of it, from {@link
 * #migrateSchema(DataSource)} or {@code migrate-<database>-<version>.sql}. A store is only made of a table that is as the
 * script says: its columns, its indexes and its exact comparison of texts are checked, and so is whether the database writes
 * before it answers.
 *
 * <p>Beside that table there is one of a single row, {@code counterfoil_tokens_changes}, or with {@code _changes} behind the name
 * of the host's choice. A change that ends something, which is every one but to add a token, to put another hash of a
 * plaintext, to note uses and to delete what has expired, adds one to its number in the same transaction, by which a {@link #watch} notices it. So such a
 * change is a transaction of two statements, and those of all nodes queue for that row, each until the one before is written.
 * Leave the isolation of transactions at what the database has by default: under REPEATABLE READ and stricter, PostgreSQL
 * refuses one of two changes made at once. So do clusters that take writes at several nodes, such as Galera.
 *
 * <p>A user who may read that table must also be allowed to update it, or can end nothing. Where it is not there when a store
 * is made, lacks its row or may not be read, the store works without: no watch, one statement for a change, and the watches of
 * others do not tell of its changes. The script makes it with a new table; a table of an older version gets it from {@link
 * #migrateSchema(DataSource)} or the migration to version 3, after which nodes want to be started anew.
 *
 * <p>A read that fails because its connection was lost, or because the database chose it to give way (SQLState class 40), is
 * tried once more. A change never is: whether it was made, nobody knows. Safe for use by many threads and by many processes
 * on one database; keeps nothing in memory, and but for its watches starts no thread and has nothing to close.
 */
public final class JdbcTokenStore implements TokenStore {
  /**
   * Held while a token is added to Derby. Whoever draws an id there while another has looked at where ids come from, which
   * preparing an insert does, is refused with 40XL1 and no wait. For all stores, since no two know of each other.
   */
  private static final Lock DERBY_INSERTS = new ReentrantLock();

  private final Transactions transactions;
  private final Statements sql;
  private final Rows rows;
  private final Optional<Stamp> stamp;

  /**
   * Makes a store of the table {@code counterfoil_tokens}, in the schema that connections are set to.
   *
   * @throws IllegalStateException if the table is not there or not as it must be, the database is none of those that have a
   *     script, or it would lose what it has acknowledged when it is killed; the message says what cures it
   * @throws TokenStoreException if the database cannot be reached
   */
  public JdbcTokenStore(DataSource dataSource) {
    this(dataSource, Statements.DEFAULT_TABLE);
  }

  /**
   * Makes a store of a table with a name of the host's choice, like {@link #JdbcTokenStore(DataSource)}.
   *
   * @param table not a reserved word of the database
   * @throws IllegalArgumentException if the name is not 1 to 40 of {@code a-z 0-9 _}, starting with a letter
   */
  public JdbcTokenStore(DataSource dataSource, String table) {
    this(dataSource, new Schema(dataSource, table));
  }

  JdbcTokenStore(DataSource dataSource, Schema schema) {
    this.transactions = new Transactions(dataSource);
    this.sql = schema.checked();
    this.rows = new Rows(sql.dialect);
    this.stamp = schema.stamp();
  }

  /** Makes a store of a table that nobody looks at. */
  JdbcTokenStore(DataSource dataSource, Statements sql) {
    this.transactions = new Transactions(dataSource);
    this.sql = sql;
    this.rows = new Rows(sql.dialect);
    this.stamp = Optional.empty();
  }

  /**
   * Creates the table {@code counterfoil_tokens} and its indexes, as far as they are not there.
   *
   * <p>May be called at every start, and by many nodes at once; where all is there, it changes nothing and needs no right to.
   * The table of changes it creates before that of tokens, but not where that is whole already: it serves without.
   * A host that keeps its migrations elsewhere has no need to.
   *
   * @return whether the table was absent
   * @throws IllegalStateException if the database is none of those that have a script, or would lose what it has acknowledged
   *     when it is killed: nothing is changed then; or if there is a table of that name which is not as it must be
   * @throws TokenStoreException if it cannot be reached or refuses
   */
  public static boolean createSchema(DataSource dataSource) {
    return createSchema(dataSource, Statements.DEFAULT_TABLE);
  }

  /**
   * Creates a table with a name of the host's choice, like {@link #createSchema(DataSource)}.
   *
   * @throws IllegalArgumentException if the name is not 1 to 40 of {@code a-z 0-9 _}, starting with a letter
   */
  public static boolean createSchema(DataSource dataSource, String table) {
    return new Schema(dataSource, table).create();
  }

  /**
   * Brings the table {@code counterfoil_tokens} of an older version of this library to the present one; where there is no
   * table, does nothing.
   *
   * <p>Only adds, so that nodes of the older version go on working. May be called at every start, before {@link
   * #createSchema(DataSource)}, and by many nodes at once. Not so with HSQLDB run as a server for several processes, where a
   * statement that meets a change of its table may be lost without an error: there let one migrate while the others rest.
   *
   * @return whether the table was of an older version
   * @throws IllegalStateException if the database is none of those that have a script, or an older table is not as it must
   *     be even when it is migrated
   * @throws TokenStoreException if it cannot be reached or refuses
   */
  public static boolean migrateSchema(DataSource dataSource) {
    return migrateSchema(dataSource, Statements.DEFAULT_TABLE);
  }

  /**
   * Migrates a table with a name of the host's choice, like {@link #migrateSchema(DataSource)}.
   *
   * @throws IllegalArgumentException if the name is not 1 to 40 of {@code a-z 0-9 _}, starting with a letter
   */
  public static boolean migrateSchema(DataSource dataSource, String table) {
    return new Schema(dataSource, table).migrate();
  }

  @Override
  public long insert(StoredToken token) {
    try {
      return sql.dialect == Dialect.DERBY ? insertedInTurn(token) : inserted(token);
    } catch (TokenStoreException failure) {
      if (isCertainlyNotMade(failure.getCause()) && isNameTaken(token, failure)) {
        throw new DuplicateTokenNameException();
      }
      throw failure; // the hash was taken, or nobody knows what came of the insert (H4)
    }
  }

  private long insertedInTurn(StoredToken token) {
    DERBY_INSERTS.lock();
    try {
      return inserted(token);
    } finally {
      DERBY_INSERTS.unlock();
    }
  }

  private long inserted(StoredToken token) {
    return transactions.single("insert a token", connection -> {
      try (PreparedStatement insert = connection.prepareStatement(sql.insert, sql.id())) {
        rows.bind(insert, token);
        insert.executeUpdate();
        return generatedId(insert);
      }
    });
  }

  private static long generatedId(Statement insert) throws SQLException {
    try (ResultSet keys = insert.getGeneratedKeys()) {
      if (!keys.next()) {
        throw new SQLException("the driver returned no generated id");
      }
      return keys.getLong(1);
    }
  }

  /**
   * Says whether a row of that name, if there is one, is another's. SQLState class 23 is that of integrity constraints; 40 that
   * of transactions rolled back, save 40003, statement completion unknown (ISO/IEC 9075-2): what waits in a circle for the one
   * that has the name may be rolled back. SQLite has no SQLState, and 19 is its SQLITE_CONSTRAINT.
   */
  private static boolean isCertainlyNotMade(@Nullable Throwable cause) {
    if (!(cause instanceof SQLException failure)) {
      return false;
    }
    String state = failure.getSQLState();
    return state == null
        ? failure.getErrorCode() == 19
        : state.startsWith("23") || (state.startsWith("40") && !state.equals("40003"));
  }

  /** A second failure does not hide the first. */
  private boolean isNameTaken(StoredToken token, TokenStoreException first) {
    try {
      return findByName(token.owner(), token.name()).isPresent();
    } catch (TokenStoreException second) {
      first.addSuppressed(second);
      return false;
    }
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    return find("find a token by its hash", sql.findByHash(candidates.size()), query -> {
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
    return find("find a token by its id", sql.findById, query -> query.setLong(1, id));
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return find("find a token by its name", sql.findByName, query -> {
      query.setString(1, sql.dialect.kept(owner));
      query.setString(2, sql.dialect.kept(name));
    });
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return select("list tokens", sql.list, query -> {
      query.setLong(1, afterId);
      query.setInt(2, limit);
    });
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return select("list the tokens of an owner", sql.listOwnedBy, query -> {
      query.setString(1, sql.dialect.kept(owner));
      query.setLong(2, afterId);
      query.setInt(3, limit);
    });
  }

  /** With {@code useAffectedRows=true} in its URL, a driver of MySQL or MariaDB does not count a row that was so already. */
  @Override
  public boolean setEnabled(long id, boolean enabled) {
    int changed = end("enable or disable a token", id, sql.setEnabled, update -> {
      update.setBoolean(1, enabled);
      update.setLong(2, id);
    });
    return changed > 0 || findById(id).isPresent();
  }

  @Override
  public int disableAll() {
    return end("disable all tokens", Stamp.MANY, sql.disableAll, update -> {
      update.setBoolean(1, false);
      update.setBoolean(2, false);
    });
  }

  @Override
  public int disableOwnedBy(String owner) {
    return end("disable the tokens of an owner", Stamp.MANY, sql.disableOwnedBy, update -> {
      update.setBoolean(1, false);
      update.setBoolean(2, false);
      update.setString(3, sql.dialect.kept(owner));
    });
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return end("rotate a token", id, sql.rotate, update -> {
          update.setLong(1, Millis.of(previousUntil));
          update.setBytes(2, replacement.bytes());
          update.setString(3, replacement.tag());
          update.setLong(4, id);
          update.setBytes(5, expected.bytes());
          update.setString(6, expected.tag());
        })
        > 0;
  }

  @Override
  public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
    return update("put another hash of a plaintext", sql.rehash, update -> {
          update.setBytes(1, replacement.bytes());
          update.setString(2, replacement.tag());
          update.setLong(3, id);
          update.setBytes(4, expected.bytes());
          update.setString(5, expected.tag());
        })
        > 0;
  }

  @Override
  public boolean endPrevious(long id, TokenHash previous, Instant until) {
    return end("end the previous plaintext of a token", id, sql.endPrevious, update -> {
          long end = Millis.of(until);
          update.setLong(1, end);
          update.setLong(2, id);
          update.setBytes(3, previous.bytes());
          update.setString(4, previous.tag());
          update.setLong(5, end);
        })
        > 0;
  }

  /** In ascending order of id: two nodes that note the uses of the same tokens cannot wait for each other in a circle. */
  @Override
  public void recordUses(Map<Long, Instant> uses) {
    if (uses.isEmpty()) {
      return;
    }
    transactions.several("note uses", connection -> {
      try (PreparedStatement update = connection.prepareStatement(sql.recordUse)) {
        for (Map.Entry<Long, Instant> use : new TreeMap<>(uses).entrySet()) {
          long at = Millis.of(use.getValue());
          update.setLong(1, at);
          update.setLong(2, use.getKey());
          update.setLong(3, at);
          update.addBatch();
        }
        return update.executeBatch();
      }
    });
  }

  @Override
  public boolean delete(long id) {
    return end("delete a token", id, sql.delete, delete -> delete.setLong(1, id)) > 0;
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return end(
        "delete the tokens of an owner",
        Stamp.MANY,
        sql.deleteOwnedBy,
        delete -> delete.setString(1, sql.dialect.kept(owner)));
  }

  /**
   * Finds first, and then deletes by id. In one statement, InnoDB locks what its subquery reads, and two nodes wait for each
   * other in a circle; and Derby counts what another node deletes at the same time. In one transaction, SQLite lets nobody
   * write who has read before another wrote.
   */
  @Override
  public int deleteExpired(Instant before, int limit) {
    long end = Millis.ceiling(before);
    List<Long> ids = expired(end, limit);
    if (ids.isEmpty()) {
      return 0;
    }
    return transactions.several("delete expired tokens", connection -> {
      int deleted = 0;
      try (PreparedStatement delete = connection.prepareStatement(sql.deleteExpired)) {
        for (int from = 0; from < ids.size(); from += Statements.AT_ONCE) {
          delete.setLong(1, end);
          for (int i = 0; i < Statements.AT_ONCE; i++) { // the last one again where there are fewer
            delete.setLong(i + 2, ids.get(Math.min(from + i, ids.size() - 1)));
          }
          deleted += delete.executeUpdate();
        }
      }
      return deleted;
    });
  }

  /** In ascending order: two nodes that delete the same cannot wait for each other in a circle. */
  private List<Long> expired(long end, int limit) {
    return transactions.read("find expired tokens", connection -> {
      try (PreparedStatement query = connection.prepareStatement(sql.expired)) {
        query.setLong(1, end);
        query.setInt(2, limit);
        List<Long> ids = new ArrayList<>();
        try (ResultSet results = query.executeQuery()) {
          while (results.next()) {
            ids.add(results.getLong(1));
          }
        }
        Collections.sort(ids);
        return ids;
      }
    });
  }

  private Optional<StoredToken> find(String verb, String statement, Binding binding) {
    return transactions.read(verb, connection -> {
      try (PreparedStatement query = connection.prepareStatement(statement)) {
        binding.bind(query);
        return rows.readFirst(query);
      }
    });
  }

  private List<StoredToken> select(String verb, String statement, Binding binding) {
    return transactions.read(verb, connection -> {
      try (PreparedStatement query = connection.prepareStatement(statement)) {
        binding.bind(query);
        return rows.readAll(query);
      }
    });
  }

  private int update(String verb, String statement, Binding binding) {
    return transactions.single(verb, connection -> update(connection, statement, binding));
  }

  /** Runs an update that ends what a token was good for, and tells those that watch for it. */
  private int end(String verb, long token, String statement, Binding binding) {
    if (stamp.isEmpty()) {
      return update(verb, statement, binding);
    }
    return transactions.several(verb, connection -> {
      int changed = update(connection, statement, binding);
      if (changed > 0) {
        stamp.get().advance(connection, token);
      }
      return changed;
    });
  }

  private static int update(Connection connection, String statement, Binding binding)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(statement)) {
      binding.bind(update);
      return update.executeUpdate();
    }
  }

  /**
   * Returns a watch on the number in the table of changes; empty where that was not there, or not to be read, when this store
   * was made. It asks for the number once in each wait, and holds nothing meanwhile.
   *
   * <p>On PostgreSQL with its own driver, notifications end a wait; one that is lost costs no more than the rest of the wait.
   * For them the watch holds a connection of the data source from its first wait until it is closed: count it in where the
   * pool is given its size. If there is no other to be had within two seconds, it gives it back, and does as it does everywhere
   * else for an hour; to find that out, it starts a thread that ends with the answer. A change whose node stops before it is
   * committed, PostgreSQL ends after ten seconds, for all others wait for it. A pool that reports connections which are
   * not given back for long will report this one. A pooler between that gives each transaction another process of the server,
   * such as PgBouncer in its mode {@code transaction}, loses the notifications and lets connections of others hear them: there,
   * give the store a data source whose connections are no wrappers for {@code PGConnection}.
   *
   * @throws TokenStoreException if the number cannot be read now
   */
  @Override
  public Optional<ChangeWatch> watch() {
    return stamp.map(Stamp::watch);
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }
}

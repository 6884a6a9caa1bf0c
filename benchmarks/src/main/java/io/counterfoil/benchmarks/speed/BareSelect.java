package io.counterfoil.benchmarks.speed;

import io.counterfoil.TokenHash;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The statement of the store without the store: what whoever does it by hand, and with care, has to do all the same. */
final class BareSelect {
  private final DataSource pool;
  private final String sql;

  /** Takes the statement from the mouth of a store. */
  BareSelect(DataSource pool) {
    this.pool = pool;
    AtomicReference<String> last = new AtomicReference<>("");
    new JdbcTokenStore(overheard(pool, last))
        .findByHash(List.of(TokenHash.of("sha256", new byte[TokenHash.LENGTH])));
    this.sql = last.get();
  }

  /** All of a row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(
      long id,
      String owner,
      String name,
      byte[] hash,
      String hashTag,
      byte @Nullable [] previousHash,
      @Nullable String previousHashTag,
      @Nullable Long previousUntil,
      boolean enabled,
      String scopes,
      String allowedAddresses,
      long createdAt,
      @Nullable Long expiresAt,
      @Nullable Long trackedSince,
      @Nullable Long lastUsedAt) {}

  /** Finds the row of a hash. */
  Row row(byte[] hash) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return row(connection, hash);
    }
  }

  /** Finds the row of a hash, on a connection that is there. */
  Row row(Connection connection, byte[] hash) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setBytes(1, hash);
      query.setBytes(2, hash);
      try (ResultSet results = query.executeQuery()) {
        if (!results.next()) {
          throw new SQLException("a known token was not found");
        }
        return read(results);
      }
    }
  }

  /** By number, in the order of the statement. */
  private static Row read(ResultSet results) throws SQLException {
    return new Row(
        results.getLong(1),
        results.getString(2),
        results.getString(3),
        results.getBytes(4),
        results.getString(5),
        results.getBytes(6),
        results.getString(7),
        time(results, 8),
        results.getBoolean(9),
        results.getString(10),
        results.getString(11),
        results.getLong(12),
        time(results, 13),
        time(results, 14),
        time(results, 15));
  }

  private static @Nullable Long time(ResultSet results, int column) throws SQLException {
    long millis = results.getLong(column);
    return results.wasNull() ? null : millis;
  }

  private static DataSource overheard(DataSource pool, AtomicReference<String> last) {
    return overheard(DataSource.class, pool, last);
  }

  /** Passes all on, and remembers the text of the last statement that was prepared. */
  private static <T> T overheard(Class<T> type, T real, AtomicReference<String> last) {
    return type.cast(Proxy.newProxyInstance(
        BareSelect.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          if (method.getName().equals("prepareStatement")) {
            last.set((String) arguments[0]);
          }
          try {
            Object result = method.invoke(real, arguments);
            return result instanceof Connection connection
                ? overheard(Connection.class, connection, last)
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}

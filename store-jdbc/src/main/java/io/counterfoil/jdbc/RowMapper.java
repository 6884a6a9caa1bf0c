package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Maps rows of the table to {@link StoredToken}s and back.
 *
 * <p>A row that cannot be read is a failure of the store, never a token with missing parts: each exception here becomes a {@code
 * TokenStoreException} (I1).
 */
final class RowMapper {
  private final String terminator;

  RowMapper(Dialect dialect) {
    this.terminator = dialect.terminator;
  }

  /** Returns a text as the table stores it. */
  String encode(String text) {
    return text + terminator;
  }

  /** Undoes {@link #encode}. */
  private String decode(String stored) throws SQLException {
    if (!stored.endsWith(terminator)) {
      throw new SQLException("a text does not end in " + terminator);
    }
    return stored.substring(0, stored.length() - terminator.length());
  }

  /** Does not look for a second row: some databases would compute it first. */
  Optional<StoredToken> readFirst(PreparedStatement query) throws SQLException {
    try (ResultSet results = query.executeQuery()) {
      return results.next() ? Optional.of(read(results)) : Optional.empty();
    }
  }

  List<StoredToken> readAll(PreparedStatement query) throws SQLException {
    try (ResultSet results = query.executeQuery()) {
      List<StoredToken> rows = new ArrayList<>();
      while (results.next()) {
        rows.add(read(results));
      }
      return rows;
    }
  }

  /** Reads columns by their position in {@link Statements}: some drivers look up a name again for each row. */
  private StoredToken read(ResultSet row) throws SQLException {
    StoredToken.Builder token = StoredToken.builder()
        .id(row.getLong(1))
        .owner(decode(row.getString(2)))
        .name(decode(row.getString(3)))
        .hash(TokenHash.of(row.getString(5), row.getBytes(4)))
        .enabled(row.getBoolean(9))
        .scopes(words(decode(row.getString(10))))
        .allowedAddresses(words(decode(row.getString(11))))
        .createdAt(EpochMillis.instant(row.getLong(12)));
    previous(row).ifPresent(token::previous);
    time(row, 13).ifPresent(token::expiresAt);
    time(row, 14).ifPresent(token::trackedSince);
    time(row, 15).ifPresent(token::lastUsedAt);
    return token.build();
  }

  private static Optional<StoredToken.Previous> previous(ResultSet row) throws SQLException {
    byte[] hash = row.getBytes(6);
    if (hash == null) {
      return Optional.empty();
    }
    Instant until = time(row, 8).orElseThrow();
    return Optional.of(new StoredToken.Previous(TokenHash.of(row.getString(7), hash), until));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(EpochMillis.instant(millis));
  }

  /** An extra space yields an empty word, not an empty set: an empty set would mean no restriction. */
  private static Set<String> words(String joined) {
    return joined.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(joined.split(" ", -1)));
  }

  /** Binds all columns except the id, in the order of {@link Statements#insert}. */
  void bind(PreparedStatement insert, StoredToken token) throws SQLException {
    insert.setString(1, encode(token.owner()));
    insert.setString(2, encode(token.name()));
    bindHashes(insert, 3, token);
    insert.setBoolean(8, token.enabled());
    insert.setString(9, encode(String.join(" ", token.scopes())));
    insert.setString(10, encode(String.join(" ", token.allowedAddresses())));
    insert.setLong(11, EpochMillis.of(token.createdAt()));
    bind(insert, 12, token.expiresAt());
    bind(insert, 13, token.trackedSince());
    bind(insert, 14, token.lastUsedAt());
  }

  /** Binds both hashes, each with its tag, and the end of the overlap. */
  static void bindHashes(PreparedStatement statement, int index, StoredToken token)
      throws SQLException {
    Optional<StoredToken.Previous> previous = token.previous();
    statement.setBytes(index, token.hash().bytes());
    statement.setString(index + 1, token.hash().tag());
    statement.setBytes(index + 2, previous.map(old -> old.hash().bytes()).orElse(null));
    statement.setString(index + 3, previous.map(old -> old.hash().tag()).orElse(null));
    bind(statement, index + 4, previous.map(StoredToken.Previous::until));
  }

  private static void bind(PreparedStatement statement, int index, Optional<Instant> at)
      throws SQLException {
    if (at.isPresent()) {
      statement.setLong(index, EpochMillis.of(at.get()));
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }
}

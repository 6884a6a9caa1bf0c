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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps rows of the table to {@link StoredToken}s and back.
 *
 * <p>A row that cannot be read is a failure, never a token with missing parts (I1). It is reported with its id, so that it does
 * not hide the other rows.
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
  private String decode(@Nullable String stored) {
    if (stored == null || !stored.endsWith(terminator)) {
      throw new IllegalArgumentException("a text does not end in " + terminator);
    }
    return stored.substring(0, stored.length() - terminator.length());
  }

  /** Does not look for a second row: some databases would compute it first. */
  Optional<ResultRow> readFirst(PreparedStatement query) throws SQLException {
    try (ResultSet results = query.executeQuery()) {
      return results.next() ? Optional.of(read(results)) : Optional.empty();
    }
  }

  List<ResultRow> readAll(PreparedStatement query) throws SQLException {
    try (ResultSet results = query.executeQuery()) {
      List<ResultRow> rows = new ArrayList<>();
      while (results.next()) {
        rows.add(read(results));
      }
      return rows;
    }
  }

  /**
   * Reads columns by their position in {@link Statements}: some drivers look up a name again for each row. Reads all columns before
   * it interprets them. So a failure of the driver, such as a lost connection, is not mistaken for an unreadable row.
   */
  private ResultRow read(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    Columns columns = new Columns(row);
    try {
      return new ResultRow(id, token(id, columns), null);
    } catch (RuntimeException unreadable) {
      return new ResultRow(id, null, unreadable);
    }
  }

  /** The columns of a row except the id, as the table has them. */
  private static final class Columns {
    final @Nullable String owner;
    final @Nullable String name;
    final byte @Nullable [] hash;
    final @Nullable String hashTag;
    final byte @Nullable [] previousHash;
    final @Nullable String previousHashTag;
    final Optional<Instant> previousUntil;
    final boolean enabled;
    final @Nullable String scopes;
    final @Nullable String allowedAddresses;
    final Optional<Instant> createdAt;
    final Optional<Instant> expiresAt;
    final Optional<Instant> trackedSince;
    final Optional<Instant> lastUsedAt;

    Columns(ResultSet row) throws SQLException {
      owner = row.getString(2);
      name = row.getString(3);
      hash = row.getBytes(4);
      hashTag = row.getString(5);
      previousHash = row.getBytes(6);
      previousHashTag = row.getString(7);
      previousUntil = time(row, 8);
      enabled = row.getBoolean(9);
      scopes = row.getString(10);
      allowedAddresses = row.getString(11);
      createdAt = time(row, 12);
      expiresAt = time(row, 13);
      trackedSince = time(row, 14);
      lastUsedAt = time(row, 15);
    }
  }

  private StoredToken token(long id, Columns columns) {
    StoredToken.Builder token = StoredToken.builder()
        .id(id)
        .owner(decode(columns.owner))
        .name(decode(columns.name))
        .hash(hash(columns.hashTag, columns.hash))
        .enabled(columns.enabled)
        .scopes(words(decode(columns.scopes)))
        .allowedAddresses(words(decode(columns.allowedAddresses)))
        .createdAt(columns.createdAt.orElseThrow());
    if (columns.previousHash != null) {
      TokenHash previous = hash(columns.previousHashTag, columns.previousHash);
      token.previous(new StoredToken.Previous(previous, columns.previousUntil.orElseThrow()));
    }
    columns.expiresAt.ifPresent(token::expiresAt);
    columns.trackedSince.ifPresent(token::trackedSince);
    columns.lastUsedAt.ifPresent(token::lastUsedAt);
    return token.build();
  }

  private static TokenHash hash(@Nullable String tag, byte @Nullable [] bytes) {
    return TokenHash.of(Objects.requireNonNull(tag), Objects.requireNonNull(bytes));
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

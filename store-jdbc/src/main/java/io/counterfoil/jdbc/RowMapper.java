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
  private final boolean limitsRows;

  RowMapper(Dialect dialect) {
    this.terminator = dialect.terminator;
    this.limitsRows = dialect == Dialect.POSTGRESQL;
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

  /**
   * Does not look for a second row: some databases would compute it first. PostgreSQL computes all rows for its driver, unless the
   * driver sends a limit with the execution. That is cheaper for PostgreSQL than {@code LIMIT} in the statement, which is another
   * step of the plan. Other drivers would change the statement, or send another one before it.
   */
  Optional<ResultRow> readFirst(PreparedStatement query) throws SQLException {
    if (limitsRows) {
      query.setMaxRows(1);
    }
    try (ResultSet results = query.executeQuery()) {
      return results.next() ? Optional.of(read(results)) : Optional.empty();
    }
  }

  List<ResultRow> readAll(PreparedStatement query) throws SQLException {
    if (limitsRows) {
      query.setMaxRows(0); // a pool of statements may keep the limit of readFirst
    }
    try (ResultSet results = query.executeQuery()) {
      List<ResultRow> rows = new ArrayList<>();
      while (results.next()) {
        rows.add(read(results));
      }
      return rows;
    }
  }

  /**
   * Reads columns by their position in {@link Statements#SELECT_COLUMNS}: some drivers look up a name again for each row. Reads
   * them before it interprets them. So a failure of the driver, such as a lost connection, is not mistaken for an unreadable row.
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

  /** The columns of a row as the table has them, except the id and the folded name. */
  private static final class Columns {
    final @Nullable String owner;
    final @Nullable String name;
    final @Nullable String description;
    final byte @Nullable [] hash;
    final @Nullable String hashTag;
    final byte @Nullable [] previousHash;
    final @Nullable String previousHashTag;
    final Optional<Instant> previousUntil;
    final boolean enabled;
    final @Nullable String scopes;
    final @Nullable String allowedAddresses;
    final Optional<Instant> createdAt;
    final Optional<Instant> renewedAt;
    final Optional<Instant> expiresAt;
    final Optional<Instant> noticeAfter;
    final Optional<Instant> trackedSince;
    final Optional<Instant> lastUsedAt;
    final @Nullable String lastUsedFrom;
    final Optional<Long> revision;

    Columns(ResultSet row) throws SQLException {
      owner = row.getString(2);
      name = row.getString(3);
      description = row.getString(5);
      hash = row.getBytes(6);
      hashTag = row.getString(7);
      previousHash = row.getBytes(8);
      previousHashTag = row.getString(9);
      previousUntil = time(row, 10);
      enabled = row.getBoolean(11);
      scopes = row.getString(12);
      allowedAddresses = row.getString(13);
      createdAt = time(row, 14);
      renewedAt = time(row, 15);
      expiresAt = time(row, 16);
      noticeAfter = time(row, 17);
      trackedSince = time(row, 18);
      lastUsedAt = time(row, 19);
      lastUsedFrom = row.getString(20);
      long number = row.getLong(21);
      revision = row.wasNull() ? Optional.empty() : Optional.of(number);
    }
  }

  private StoredToken token(long id, Columns columns) {
    StoredToken.Builder token = StoredToken.builder()
        .id(id)
        .owner(decode(columns.owner))
        .name(decode(columns.name))
        .description(decode(columns.description))
        .hash(hash(columns.hashTag, columns.hash))
        .enabled(columns.enabled)
        .scopes(words(decode(columns.scopes)))
        .allowedAddresses(words(decode(columns.allowedAddresses)))
        .createdAt(columns.createdAt.orElseThrow())
        .renewedAt(columns.renewedAt.orElseThrow())
        .revision(columns.revision.orElseThrow());
    if (columns.previousHash != null) {
      TokenHash previous = hash(columns.previousHashTag, columns.previousHash);
      token.previous(new StoredToken.Previous(previous, columns.previousUntil.orElseThrow()));
    }
    columns.expiresAt.ifPresent(token::expiresAt);
    columns.noticeAfter.ifPresent(token::noticeAfter);
    columns.trackedSince.ifPresent(token::trackedSince);
    columns.lastUsedAt.ifPresent(token::lastUsedAt);
    if (columns.lastUsedFrom != null) {
      token.lastUsedFrom(columns.lastUsedFrom);
    }
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
    int last = bindChangeable(insert, token);
    insert.setString(last + 1, encode(token.owner()));
    insert.setLong(last + 2, EpochMillis.of(token.createdAt()));
    bind(insert, last + 3, token.trackedSince());
    bind(insert, last + 4, token.lastUsedAt());
    insert.setString(last + 5, token.lastUsedFrom().orElse(null));
    insert.setLong(last + 6, token.revision());
  }

  /** Binds all parameters of {@link Statements#update}. */
  void bindUpdate(PreparedStatement update, StoredToken changed) throws SQLException {
    int last = bindChangeable(update, changed);
    update.setLong(last + 1, changed.id());
    update.setLong(last + 2, changed.revision());
  }

  /** Binds the columns that an update replaces, and returns the index of the last one. */
  private int bindChangeable(PreparedStatement statement, StoredToken token) throws SQLException {
    Optional<StoredToken.Previous> previous = token.previous();
    statement.setString(1, encode(token.name()));
    statement.setString(2, token.foldedName());
    statement.setString(3, encode(token.description()));
    statement.setBytes(4, token.hash().bytes());
    statement.setString(5, token.hash().tag());
    statement.setBytes(6, previous.map(old -> old.hash().bytes()).orElse(null));
    statement.setString(7, previous.map(old -> old.hash().tag()).orElse(null));
    bind(statement, 8, previous.map(StoredToken.Previous::until));
    statement.setBoolean(9, token.enabled());
    statement.setString(10, encode(String.join(" ", token.scopes())));
    statement.setString(11, encode(String.join(" ", token.allowedAddresses())));
    statement.setLong(12, EpochMillis.of(token.renewedAt()));
    bind(statement, 13, token.expiresAt());
    bind(statement, 14, token.noticeAfter());
    return 14;
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

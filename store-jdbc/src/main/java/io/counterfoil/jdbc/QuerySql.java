package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;

import io.counterfoil.TokenQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of a {@link TokenQuery}. It consists of fixed texts, so caches of prepared statements see one text per combination of
 * conditions.
 *
 * <p>An index has to find few matching tokens among a million as well as the first of many, without statistics of the values. So
 * this class chooses the index: that of the owner, else that of the expiry, else that of the enabled flag, else that of the ids.
 */
final class QuerySql {
  /** The number of rows that {@link #listNear} looks at. */
  private static final int NEAR = 10_000;

  /** The next rows, with all columns that a condition may contain. */
  private static final String NEAR_ROWS = """
      SELECT id, owner, name_folded, enabled, scopes, expires_at, tracked_since, last_used_at
      FROM counterfoil_tokens WHERE id > ? ORDER BY id LIMIT\s""" + NEAR;

  private static final String TABLE_WHERE = Statements.DEFAULT_TABLE + " WHERE ";

  private final Statements sql;
  private final Index index;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** The index that finds the rows. */
  private enum Index {
    OWNER,
    EXPIRY,
    ENABLED,
    ID
  }

  QuerySql(Statements sql, TokenQuery query) {
    this.sql = sql;
    this.index = index(query);
    query.owner().ifPresent(owner -> add("owner = ?", owner + sql.dialect.terminator));
    query.enabled().ifPresent(enabled -> add(column("enabled", Index.ENABLED) + " = ?", enabled));
    String expiry = column("expires_at", Index.EXPIRY);
    query.expiresAfter().ifPresent(after -> add(expiry + " > ?", millis(after)));
    query.expiresBy().ifPresent(last -> add(expiry + " <= ?", millis(last)));
    query.foldedName().ifPresent(name -> add(contains("name_folded"), name));
    query.scope().ifPresent(this::addScope);
    query
        .unusedSince()
        .ifPresent(since -> add("COALESCE(last_used_at, tracked_since) < ?", millis(since)));
  }

  private static Index index(TokenQuery query) {
    if (query.owner().isPresent()) {
      return Index.OWNER;
    }
    if (hasExpiry(query)) {
      return Index.EXPIRY;
    }
    return query.enabled().isPresent() ? Index.ENABLED : Index.ID;
  }

  private static boolean hasExpiry(TokenQuery query) {
    return query.expiresAfter().isPresent() || query.expiresBy().isPresent();
  }

  private static long millis(Instant instant) {
    return EpochMillis.of(instant);
  }

  /** SQLite, which often has no statistics, uses no index for a column with a plus sign. The others compare costs. */
  private String column(String name, Index indexOfColumn) {
    return sql.dialect == Dialect.SQLITE && index != indexOfColumn ? '+' + name : name;
  }

  private void add(String condition, Object... parameters) {
    conditions.add(condition);
    values.addAll(List.of(parameters));
  }

  /**
   * The stored text has one space between two scopes, and may end in a terminator. The first comparison finds a scope before
   * another one, the second finds the last one: only the end has two spaces.
   */
  private void addScope(String scope) {
    add(
        '(' + contains(concat("' '", "scopes")) + " OR " + contains(concat("' '", "scopes", "'  '"))
            + ')',
        ' ' + scope + ' ',
        ' ' + scope + sql.dialect.terminator + "  ");
  }

  /** Has no wildcards, and is as exact as the collation of the column: LIKE of SQLite ignores the case of ASCII letters. */
  private String contains(String text) {
    return switch (sql.dialect) {
      case POSTGRESQL, HSQLDB -> "POSITION(? IN " + text + ") > 0";
      case MARIADB, MYSQL, H2, DERBY -> "LOCATE(?, " + text + ") > 0";
      case SQLITE, ORACLE -> "INSTR(" + text + ", ?) > 0";
      case SQLSERVER -> "CHARINDEX(?, " + text + ") > 0";
    };
  }

  private String concat(String... texts) {
    return switch (sql.dialect) {
      case MARIADB, MYSQL, SQLSERVER -> "CONCAT(" + String.join(", ", texts) + ')';
      default -> String.join(" || ", texts);
    };
  }

  /** Returns whether {@link #list} sorts all matching tokens before it returns the first ones. */
  boolean needsSort() {
    return index == Index.EXPIRY;
  }

  /** Returns the query for the matching tokens among the next {@value #NEAR}, in ascending order of ids. */
  String listNear() {
    return page("(" + NEAR_ROWS + ") near_rows WHERE " + String.join(" AND ", conditions), "id");
  }

  void bindListNear(PreparedStatement list, long afterId, int limit) throws SQLException {
    list.setLong(1, afterId);
    bind(list, 2);
    list.setInt(2 + values.size(), limit);
  }

  /**
   * Returns the query for the next matching tokens, in ascending order of ids. Sorts by {@code id + 0} if the index has another
   * order: a planner might read all rows in order of ids instead, in the hope of finding enough of them soon.
   */
  String list() {
    return switch (index) {
      case OWNER, ID ->
        sql.query(Statements.SELECT + "WHERE " + withLowerBound("id") + " ORDER BY id LIMIT ?");
      case ENABLED -> page(TABLE_WHERE + withLowerBound("id"), "id");
      case EXPIRY -> page(TABLE_WHERE + withLowerBound(column("id", Index.ID)), "id + 0");
    };
  }

  private String withLowerBound(String id) {
    return conditions.stream().map(condition -> condition + " AND ").collect(joining()) + id
        + " > ?";
  }

  /**
   * Finds the ids of a page first, often in an index alone, and then reads their rows. The cross join keeps SQLite from reading
   * the table first.
   */
  private String page(String from, String order) {
    return sql.query(Statements.SELECT_COLUMNS + "FROM (SELECT id AS page_id FROM " + from
        + " ORDER BY " + order + " LIMIT ?) page CROSS JOIN " + Statements.DEFAULT_TABLE
        + " WHERE id = page_id ORDER BY id");
  }

  void bindList(PreparedStatement list, long afterId, int limit) throws SQLException {
    bind(list, 1);
    list.setLong(values.size() + 1, afterId);
    list.setInt(values.size() + 2, limit);
  }

  /** Returns the query for the number of matching tokens. */
  String count() {
    return sql.query("SELECT COUNT(*) FROM " + Statements.DEFAULT_TABLE
        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions)));
  }

  void bindCount(PreparedStatement query) throws SQLException {
    bind(query, 1);
  }

  private void bind(PreparedStatement query, int first) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value instanceof String text) {
        query.setString(first + i, text);
      } else if (value instanceof Boolean flag) {
        query.setBoolean(first + i, flag);
      } else {
        query.setLong(first + i, (Long) value);
      }
    }
  }
}

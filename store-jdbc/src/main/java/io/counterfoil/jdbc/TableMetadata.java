package io.counterfoil.jdbc;

import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns and indexes that a table has or must have. Names are in lower case. If the table does not exist, there are no
 * columns.
 */
record TableMetadata(Map<String, Column> columns, List<Index> indexes) {
  static final List<String> EXPECTED_COLUMNS =
      List.of(("id owner name name_folded description hash hash_tag previous_hash previous_hash_tag"
              + " previous_until enabled scopes allowed_addresses created_at renewed_at expires_at"
              + " notice_after tracked_since last_used_at last_used_from revision")
          .split(" "));

  /** The only column of the table of keys. */
  static final String ONCE_KEY = "once_key";

  private static final Set<Integer> BYTES =
      Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

  /** Excludes CHAR, which pads with spaces. */
  private static final Set<Integer> TEXT = Set.of(Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR);

  /** Excludes INTEGER, whose four bytes cannot hold a time. */
  private static final Set<Integer> LONG = Set.of(Types.BIGINT, Types.NUMERIC, Types.DECIMAL);

  /** INTEGER has eight bytes there. Excludes NUMERIC, which its driver reports for types that it does not know, even texts. */
  private static final Set<Integer> SQLITE_LONG = Set.of(Types.INTEGER, Types.BIGINT);

  /** Besides the types for longs. */
  private static final Set<Integer> FLAG =
      Set.of(Types.BOOLEAN, Types.BIT, Types.TINYINT, Types.SMALLINT, Types.INTEGER);

  /** A column with its type from {@link Types}. It is numbered if the driver reports that the database generates its values. */
  record Column(int type, int size, boolean isNumbered) {

    /** Returns whether the type is right for the column of that name. */
    boolean hasTypeOf(String name, Dialect dialect) {
      boolean isLong = (dialect == Dialect.SQLITE ? SQLITE_LONG : LONG).contains(type);
      return switch (name) {
        case "hash", "previous_hash" -> BYTES.contains(type);
        case "owner",
            "name",
            "name_folded",
            "description",
            "hash_tag",
            "previous_hash_tag",
            "scopes",
            "allowed_addresses",
            "last_used_from",
            ONCE_KEY -> TEXT.contains(type);
        case "enabled" -> isLong || FLAG.contains(type);
        default -> isLong;
      };
    }
  }

  /** An index, with its columns in order. It is incomplete if it leaves out rows, or if its creation failed. */
  record Index(String name, List<String> columns, boolean isUnique, boolean isComplete) {

    /**
     * Returns whether this index can replace the other. For a unique index, the columns must be the same; for a plain one, more
     * may follow.
     */
    boolean covers(Index other) {
      List<String> first = columns.subList(0, Math.min(columns.size(), other.columns.size()));
      return isComplete
          && (other.isUnique
              ? isUnique && columns.equals(other.columns)
              : first.equals(other.columns));
    }
  }

  boolean exists() {
    return !columns.isEmpty();
  }

  /**
   * Returns the expected indexes, including those of constraints. SQLite has none on its row ids. Previous hashes are not unique:
   * two tokens may have had a plaintext that was imported twice.
   */
  static List<Index> expectedIndexes(Dialect dialect, String table) {
    return Stream.of(
            expected(true, table + "_pkey", "id"),
            expected(true, table + "_name_key", "owner", "name"),
            expected(true, table + "_hash_key", "hash"),
            expected(false, table + "_previous_hash_idx", "previous_hash"),
            expected(false, table + "_owner_idx", "owner", "id"),
            expected(false, table + "_enabled_idx", "enabled", "id"),
            expected(false, table + "_expires_at_idx", "expires_at", "id"))
        .filter(index -> dialect != Dialect.SQLITE || !index.columns().equals(List.of("id")))
        .toList();
  }

  static Index expectedIndexOfKeys(String onceTable) {
    return expected(true, onceTable + "_pkey", ONCE_KEY);
  }

  private static Index expected(boolean isUnique, String name, String... columns) {
    return new Index(name, List.of(columns), isUnique, true);
  }
}

package io.counterfoil.jdbc;

import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a table must have. */
sealed interface Part {
  boolean isIn(Found found);

  /** Says whether it need not be made, though it may be wrong. */
  default boolean isThere(Found found) {
    return isIn(found);
  }

  /** Says what is wrong where it is not there. */
  String complaint(Found found);

  /** Returns what it is, in as few words as tell it from all others. */
  String subject();

  /** Returns the statement that makes it. */
  String cure();

  /** A primary key, a constraint or an index. */
  record Key(List<String> columns, boolean isUnique, String cure) implements Part {

    @Override
    public boolean isIn(Found found) {
      return found.has(new Found.Index(columns, isUnique));
    }

    @Override
    public String complaint(Found found) {
      return (isUnique ? "nothing keeps unique (" : "there is no index on (") + subject() + ')';
    }

    @Override
    public String subject() {
      return String.join(", ", columns);
    }
  }

  /** A column, with what stands behind its name in the script. */
  record Column(String name, String definition, String cure) implements Part {
    private static final Pattern SIZE = Pattern.compile("\\w+\\((\\d+).*");
    private static final Pattern NUMBERED = Pattern.compile("IDENTITY|AUTO_?INCREMENT");

    @Override
    public boolean isIn(Found found) {
      return fits(found) && isNumberedAsWanted(found);
    }

    /** Says whether it holds what it is to hold. */
    boolean fits(Found found) {
      Found.Column column = found.columns().get(name);
      return column != null
          && Kind.of(definition).types.contains(column.type())
          && column.size() >= size();
    }

    private boolean isNumberedAsWanted(Found found) {
      Found.Column column = found.columns().get(name);
      return !NUMBERED.matcher(definition).find() || (column != null && column.isNumbered());
    }

    @Override
    public boolean isThere(Found found) {
      return found.columns().containsKey(name);
    }

    @Override
    public String complaint(Found found) {
      if (!isThere(found)) {
        return "there is no column " + name;
      }
      return "column " + name
          + (fits(found) ? " is not numbered by the database" : " is of another type or too small");
    }

    @Override
    public String subject() {
      return name;
    }

    /** Zero where it has no limit. */
    private int size() {
      Matcher size = SIZE.matcher(definition);
      return size.matches() ? Integer.parseInt(size.group(1)) : 0;
    }
  }

  /** What a column is for, by its definition in the scripts, and what drivers may call that. */
  @SuppressWarnings("ImmutableEnumChecker") // sets of Set.of are
  enum Kind {
    BYTES(
        ".* FOR BIT DATA.*|(BYTEA|BLOB|VARBINARY|RAW).*",
        Types.BINARY,
        Types.VARBINARY,
        Types.LONGVARBINARY,
        Types.BLOB),
    /** Not CHAR, which fills up with blanks. */
    TEXT("N?VARCHAR.*|TEXT.*", Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR),
    FLAG(
        "BOOLEAN.*|BIT.*|NUMBER\\(1\\).*",
        Types.BOOLEAN,
        Types.BIT,
        Types.TINYINT,
        Types.SMALLINT,
        Types.NUMERIC,
        Types.DECIMAL),
    /** SQLite's, of eight bytes. */
    INTEGER("INTEGER.*", Types.INTEGER, Types.BIGINT),
    /** Four bytes cannot hold a time. */
    LONG("BIGINT.*|NUMBER.*", Types.BIGINT, Types.NUMERIC, Types.DECIMAL);

    private final Pattern definition;
    private final Set<Integer> types;

    Kind(String definition, Integer... types) {
      this.definition = Pattern.compile(definition);
      this.types = Set.of(types);
    }

    static Kind of(String definition) {
      return Arrays.stream(values())
          .filter(kind -> kind.definition.matcher(definition).matches())
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("not understood: " + definition));
    }
  }
}

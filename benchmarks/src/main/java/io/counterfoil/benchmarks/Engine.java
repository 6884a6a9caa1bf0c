package io.counterfoil.benchmarks;

import io.counterfoil.testing.databases.PostgreSql;
import java.nio.file.Path;
import java.util.List;

/** A database to fill, opened as a host would that wants durability, and what it is asked in words of its own. */
enum Engine {
  POSTGRESQL {
    @Override
    String freshUrl(Path folder) {
      return PostgreSql.freshUrl();
    }

    @Override
    List<String> settle(String table) {
      return List.of("VACUUM ANALYZE " + table, "CHECKPOINT");
    }

    @Override
    String sizes(String table) {
      return """
          SELECT 'table' AS part, pg_relation_size('%1$s') AS bytes
          UNION ALL
          SELECT
            'index on ' || (
              SELECT string_agg(CAST(attname AS TEXT), ', ' ORDER BY attnum)
              FROM pg_attribute WHERE attrelid = indexrelid),
            pg_relation_size(indexrelid)
          FROM pg_index WHERE indrelid = CAST('%1$s' AS regclass)
          ORDER BY bytes DESC
          """.formatted(table);
    }

    @Override
    String typeOf(String column) {
      return "CAST(pg_typeof(" + column + ") AS TEXT)";
    }
  },

  SQLITE {
    @Override
    String freshUrl(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("tokens.db")
          + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000";
    }

    @Override
    List<String> settle(String table) {
      return List.of("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    @Override
    String sizes(String table) {
      return """
          SELECT
            CASE WHEN part.type = 'table' THEN 'table'
            ELSE 'index on ' || (SELECT group_concat(name, ', ') FROM pragma_index_info(part.name))
            END AS part,
            pages.pgsize AS bytes
          FROM sqlite_schema AS part JOIN dbstat AS pages ON pages.name = part.name
          WHERE part.tbl_name = '%1$s' AND pages.aggregate = TRUE
          ORDER BY bytes DESC
          """.formatted(table);
    }

    @Override
    String typeOf(String column) {
      return "typeof(" + column + ")";
    }
  };

  /** Makes a new database without any table and returns its URL. */
  abstract String freshUrl(Path folder);

  /** What a database does now and then by itself, done now, that it may not fall into the measurements. */
  abstract List<String> settle(String table);

  /** A query for the bytes of the table and of each of its indexes. */
  abstract String sizes(String table);

  /** The type of what a column holds, row by row. */
  abstract String typeOf(String column);
}

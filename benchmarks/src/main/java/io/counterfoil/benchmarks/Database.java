package io.counterfoil.benchmarks;

import io.counterfoil.testing.databases.PostgreSql;
import java.nio.file.Path;
import java.util.List;

/** The measured databases. */
public enum Database {
  /** PostgreSQL, which the benchmark starts without {@code fsync}. */
  POSTGRESQL {
    @Override
    String newUrl(Path folder) {
      return PostgreSql.freshUrl();
    }

    @Override
    List<String> maintenance(String table) {
      return List.of("VACUUM ANALYZE " + table, "CHECKPOINT");
    }

    @Override
    String sizeQuery(String table) {
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
  },

  /** SQLite with a write-ahead log and durable commits. */
  SQLITE {
    @Override
    String newUrl(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("tokens.db")
          + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000";
    }

    @Override
    List<String> maintenance(String table) {
      return List.of("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    @Override
    String sizeQuery(String table) {
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
  };

  /** Creates an empty database and returns its URL. */
  abstract String newUrl(Path folder);

  /** Returns statements for the maintenance that the database would otherwise do during the measurement. */
  abstract List<String> maintenance(String table);

  /** Returns a query for the bytes of the table and of each of its indexes, with the columns "part" and "bytes". */
  abstract String sizeQuery(String table);
}

package io.counterfoil.springboot;

import io.counterfoil.jdbc.JdbcTokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Lets Flyway create and migrate the table of tokens. It is a repeatable migration: it has no version that could collide with
 * those of the application, and Flyway runs it again after an update of the library that has changed the table.
 */
final class TokenTableMigration implements JavaMigration {
  private final String table;

  TokenTableMigration(String table) {
    this.table = table;
  }

  @Override
  public @Nullable MigrationVersion getVersion() {
    return null;
  }

  @Override
  public String getDescription() {
    return "Counterfoil table " + table;
  }

  /** The script of one database stands for all: a change of the table is in each of them. */
  @Override
  public Integer getChecksum() {
    try (InputStream script = JdbcTokenStore.class.getResourceAsStream("schema-h2.sql")) {
      CRC32 checksum = new CRC32();
      checksum.update(Objects.requireNonNull(script, "script").readAllBytes());
      return (int) checksum.getValue();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The jar cannot be read", unreadable);
    }
  }

  /** The library commits by itself, and each of its statements may run again. */
  @Override
  public boolean canExecuteInTransaction() {
    return false;
  }

  @Override
  public void migrate(Context context) {
    DataSource dataSource = new SingleConnectionDataSource(context.getConnection(), true);
    JdbcTokenStore.migrateSchema(dataSource, table);
    JdbcTokenStore.createSchema(dataSource, table);
  }
}

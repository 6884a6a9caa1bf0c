package io.counterfoil.cli;

import io.counterfoil.jdbc.JdbcTokenStore;
import javax.sql.DataSource;
import picocli.CommandLine.Command;

/** Creates or migrates the tables. */
@Command(
    name = "migrate",
    description = "Creates the tables if they are missing, and migrates those of an older version.")
final class MigrateCommand extends TokenCommand {
  MigrateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() {
    return session -> {
      DataSource source = session.openOrCreate();
      String table = session.table();
      boolean isMigrated =
          check("counterfoil.jdbc.table", () -> JdbcTokenStore.migrateSchema(source, table));
      boolean isCreated = JdbcTokenStore.createSchema(source, table);
      String outcome = isCreated ? "created" : isMigrated ? "migrated" : "unchanged";
      session.store(); // checks the result
      session.out.line(outcome, "table " + table);
      return ExitCode.DONE;
    };
  }
}

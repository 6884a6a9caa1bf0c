package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyway and Liquibase run the schema scripts of the jar; Flyway also a migration that only tests have. */
class MigrationToolsTest {

  @TempDir
  Path folder;

  @ParameterizedTest // the databases that the core of Flyway supports
  @EnumSource(
      value = Database.class,
      names = {"H2", "SQLITE"})
  void flyway_runs_copies_of_them(Database database) throws Exception {
    String name = database.dialect().script();
    copy("schema-" + name + ".sql", "V1__tokens.sql");
    copy("migrate-" + name + "-2.sql", "V2__tokens.sql");
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      Flyway flyway =
          Flyway.configure().dataSource(pool).locations("filesystem:" + folder).load();
      assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
      assertThat(new JdbcTokenStore(pool).insert(Samples.token("n"))).isPositive();
      assertThat(new JdbcTokenStore(pool).watch()).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void liquibase_runs_them_from_the_jar(Database database) throws Exception {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      try (Connection connection = pool.getConnection()) {
        // Not closed: close() would shut Derby down, with a class that is not in Derby's jar.
        Liquibase liquibase = new Liquibase(
            "changelog.xml",
            new ClassLoaderResourceAccessor(),
            DatabaseFactory.getInstance()
                .findCorrectDatabaseImplementation(new JdbcConnection(connection)));
        liquibase.setChangeLogParameter("database.script", database.dialect().script());
        liquibase.update(new Contexts(), new LabelExpression());
      }
      assertThat(new JdbcTokenStore(pool).insert(Samples.token("n"))).isPositive();
      assertThat(new JdbcTokenStore(pool).watch()).isPresent();
    }
  }

  private void copy(String script, String as) throws Exception {
    try (InputStream in = JdbcTokenStore.class.getResourceAsStream(script)) {
      Files.copy(in, folder.resolve(as));
    }
  }
}

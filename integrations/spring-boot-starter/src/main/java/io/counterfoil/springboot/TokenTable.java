package io.counterfoil.springboot;

import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.springboot.CounterfoilProperties.InitializeSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.util.ClassUtils;

/** Creates the table of tokens if the properties say so, and opens a store on it. */
final class TokenTable {
  private static final Pattern IN_MEMORY =
      Pattern.compile("jdbc:(h2:mem:|hsqldb:mem:|derby:memory:|sqlite::memory:)");

  private final DataSource dataSource;
  private final CounterfoilProperties.Jdbc setting;

  TokenTable(DataSource dataSource, CounterfoilProperties.Jdbc setting) {
    this.dataSource = dataSource;
    this.setting = setting;
  }

  JdbcTokenStore open() {
    requireFlyway();
    try {
      return InvalidSettingException.check("counterfoil.jdbc.table", this::store);
    } catch (IllegalStateException unusable) {
      throw new InvalidSettingException(
          "",
          "The database cannot be used for API tokens: " + unusable.getMessage(),
          "If the table is missing, set counterfoil.jdbc.initialize-schema to always, or to flyway"
              + " if the application uses Flyway, or let Liquibase run"
              + " io/counterfoil/jdbc/schema-<database>.sql from the jar of"
              + " counterfoil-store-jdbc. If the table exists, run the SQL above. If a setting of"
              + " the database is unsafe, change it.");
    }
  }

  private JdbcTokenStore store() {
    if (createsTable()) {
      JdbcTokenStore.migrateSchema(dataSource, setting.table());
      JdbcTokenStore.createSchema(dataSource, setting.table());
    }
    return new JdbcTokenStore(dataSource, setting.table());
  }

  private void requireFlyway() {
    if (setting.initializeSchema() == InitializeSchema.FLYWAY
        && !ClassUtils.isPresent("org.flywaydb.core.Flyway", null)) {
      throw new InvalidSettingException(
          "counterfoil.jdbc.initialize-schema",
          "flyway, but the application has no Flyway (expected: embedded, always or never)",
          "Choose another value, or add Flyway: spring-boot-starter-flyway, or flyway-core with"
              + " Spring Boot 3.");
    }
  }

  private boolean createsTable() {
    return setting.initializeSchema() == InitializeSchema.ALWAYS
        || (setting.initializeSchema() == InitializeSchema.EMBEDDED && isInMemory(dataSource));
  }

  /** Returns whether the database ends with the process. */
  static boolean isInMemory(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return IN_MEMORY
          .matcher(String.valueOf(connection.getMetaData().getURL()))
          .lookingAt();
    } catch (SQLException unknown) {
      return false; // the store reports a database that cannot be reached
    }
  }
}

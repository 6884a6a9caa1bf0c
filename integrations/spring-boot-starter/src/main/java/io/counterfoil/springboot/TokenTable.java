package io.counterfoil.springboot;

import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.springboot.CounterfoilProperties.InitializeSchema;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.util.ClassUtils;

/** Creates the table of tokens if the properties say so, and opens a store on it. */
final class TokenTable {
  private final DataSource dataSource;
  private final CounterfoilProperties.Jdbc setting;

  TokenTable(DataSource dataSource, CounterfoilProperties.Jdbc setting) {
    this.dataSource = dataSource;
    this.setting = setting;
  }

  JdbcTokenStore open() {
    InvalidSettingException.check("counterfoil.jdbc.table", () -> {
      if (createsTable()) {
        JdbcTokenStore.migrateSchema(dataSource, setting.table());
        JdbcTokenStore.createSchema(dataSource, setting.table());
      }
      return true;
    });
    return checkedStore();
  }

  private JdbcTokenStore checkedStore() {
    try {
      return InvalidSettingException.check(
          "counterfoil.jdbc.table", () -> new JdbcTokenStore(dataSource, setting.table()));
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

  private boolean createsTable() {
    return setting.initializeSchema() == InitializeSchema.ALWAYS
        || (setting.initializeSchema() == InitializeSchema.EMBEDDED && isInMemory(dataSource));
  }

  /**
   * Returns whether the database is embedded and ends with the process. In Spring Boot 4, the class that knows it is in
   * spring-boot-jdbc, which an application with a DataSource of its own may lack.
   */
  static boolean isInMemory(DataSource dataSource) {
    return ClassUtils.isPresent(
            "org.springframework.boot.jdbc.EmbeddedDatabaseConnection",
            TokenTable.class.getClassLoader())
        && EmbeddedDatabaseConnection.isEmbedded(dataSource);
  }
}

package io.counterfoil.springboot;

import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the migration that Flyway runs if {@code counterfoil.jdbc.initialize-schema} is {@code flyway}. Spring Boot
 * passes beans of its type to Flyway. It is there even if {@code counterfoil.enabled} is false, because Flyway fails if a migration
 * is missing that it has run before.
 */
@AutoConfiguration
@ConditionalOnClass(JavaMigration.class)
@ConditionalOnProperty(name = "counterfoil.jdbc.initialize-schema", havingValue = "flyway")
final class CounterfoilFlywayAutoConfiguration {
  CounterfoilFlywayAutoConfiguration() {}

  /** Without the bean of the properties, which an application without tokens does not have. */
  @Bean
  TokenTableMigration counterfoilTokenTableMigration(Environment environment) {
    CounterfoilProperties.Jdbc setting =
        Binder.get(environment).bindOrCreate("counterfoil.jdbc", CounterfoilProperties.Jdbc.class);
    return new TokenTableMigration(setting.table());
  }
}

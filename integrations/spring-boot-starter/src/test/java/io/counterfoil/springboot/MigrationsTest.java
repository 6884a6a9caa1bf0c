package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Flyway and Liquibase, as Spring Boot configures them, on an empty database. The store is created after they have run. */
class MigrationsTest {
  private static final Class<?> FLYWAY = Contexts.present(
      "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration");
  private static final Class<?> LIQUIBASE = Contexts.present(
      "org.springframework.boot.autoconfigure.liquibase.LiquibaseAutoConfiguration",
      "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration");

  private final WebApplicationContextRunner plain =
      Contexts.servletApplication(); // each run uses the same database
  private final WebApplicationContextRunner application =
      plain.withUserConfiguration(EarlyUser.class);
  private final WebApplicationContextRunner flyway = withFlyway(application);

  private static WebApplicationContextRunner withFlyway(WebApplicationContextRunner application) {
    return application
        .withConfiguration(AutoConfigurations.of(FLYWAY, CounterfoilFlywayAutoConfiguration.class))
        .withPropertyValues(
            "counterfoil.jdbc.initialize-schema=flyway",
            "counterfoil.jdbc.table=api_tokens",
            "spring.flyway.locations=classpath:migrations");
  }

  /** Its bean is created first, and would have the store created before the migrations. */
  @Configuration(proxyBeanMethods = false)
  static class EarlyUser {
    @Bean
    List<Token> tokensAtTheStart(TokenManager tokens) {
      return tokens.list().toList();
    }
  }

  @Test
  void flyway_creates_the_table_after_the_tables_of_the_application() {
    flyway.run(context -> {
      createToken(context.getBean(TokenManager.class));
      JdbcTemplate database = new JdbcTemplate(context.getBean(DataSource.class));
      assertThat(history(database)).containsExactly("application", "Counterfoil table api_tokens");
      assertThat(database.queryForList("SELECT name FROM api_tokens", String.class))
          .containsExactly("ci");
    });
  }

  @Test
  void flyway_does_not_run_it_again_until_the_schema_changes() {
    flyway.run(first -> flyway.run(second -> {
      JdbcTemplate database = new JdbcTemplate(second.getBean(DataSource.class));
      assertThat(history(database)).hasSize(2);
      database.update("UPDATE \"flyway_schema_history\" SET \"checksum\" = 1"
          + " WHERE \"description\" LIKE 'Counterfoil%'");
      createToken(second.getBean(TokenManager.class));
      flyway.run(third -> {
        assertThat(history(database))
            .containsExactly(
                "application", "Counterfoil table api_tokens", "Counterfoil table api_tokens");
        assertThat(third.getBean(TokenManager.class).list()).hasSize(1);
      });
    }));
  }

  @Test
  void flyway_finds_its_migration_again_in_an_application_without_tokens() {
    flyway.run(first -> {
      createToken(first.getBean(TokenManager.class));
      withFlyway(plain).withPropertyValues("counterfoil.enabled=false").run(second -> {
        assertThat(second).hasNotFailed().doesNotHaveBean(TokenManager.class);
        assertThat(history(new JdbcTemplate(second.getBean(DataSource.class)))).hasSize(2);
      });
      flyway.run(third -> assertThat(third.getBean(TokenManager.class).list()).hasSize(1));
    });
  }

  @Test
  void without_flyway_nobody_creates_the_table() {
    application
        .withPropertyValues("counterfoil.jdbc.initialize-schema=flyway")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("there is no such table"));
  }

  @Test
  void liquibase_runs_the_script_of_the_jar() {
    application
        .withConfiguration(AutoConfigurations.of(LIQUIBASE))
        .withPropertyValues(
            "counterfoil.jdbc.initialize-schema=never",
            "spring.liquibase.change-log=classpath:migrations/changelog.xml")
        .run(context -> {
          createToken(context.getBean(TokenManager.class));
          JdbcTemplate database = new JdbcTemplate(context.getBean(DataSource.class));
          assertThat(database.queryForList(
                  "SELECT id FROM DATABASECHANGELOG ORDER BY ORDEREXECUTED", String.class))
              .containsExactly("orders", "tokens-1");
        });
  }

  private static void createToken(TokenManager tokens) {
    tokens.create(NewToken.named("ci"));
  }

  private static List<String> history(JdbcTemplate database) {
    return database.queryForList(
        "SELECT \"description\" FROM \"flyway_schema_history\" WHERE \"checksum\" IS NOT NULL"
            + " ORDER BY \"installed_rank\"",
        String.class);
  }
}

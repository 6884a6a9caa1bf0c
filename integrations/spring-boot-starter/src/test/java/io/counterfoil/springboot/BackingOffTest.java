package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

/** Applications to which the filter does not belong. A path of a property must not stay unguarded there, even if beans are lazy. */
class BackingOffTest {
  private final ReactiveWebApplicationContextRunner reactive =
      new ReactiveWebApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(
              Contexts.DATA_SOURCE,
              CounterfoilAutoConfiguration.class,
              CounterfoilServletAutoConfiguration.class))
          .withClassLoader(WithoutSpringSecurity.LOADER)
          .withPropertyValues("spring.datasource.url=" + Contexts.newDatabase());

  @Test
  void a_reactive_application_has_a_manager_and_one_log_line() {
    String log = Startup.consoleOf(
        () -> reactive.run(context -> assertThat(context).hasSingleBean(TokenManager.class)));
    assertThat(log.lines()
            .filter(line -> line.contains("INFO") && line.contains("CounterfoilAutoConfiguration")))
        .singleElement()
        .asString()
        .endsWith("This is a reactive application: there is a TokenManager, but no filter,"
            + " management API or page");
  }

  @Test
  void a_reactive_application_with_a_path_does_not_start() {
    for (String property : List.of(
        "counterfoil.filter.url-patterns",
        "counterfoil.management.path",
        "counterfoil.page.path")) {
      reactive
          .withInitializer(Contexts::initializeLazily)
          .withPropertyValues(property + "=/api/*")
          .run(context -> assertThat(context)
              .getFailure()
              .rootCause()
              .hasMessage(property + ": needs a servlet application, and this one is reactive"
                  + " (expected: no value)"));
    }
  }

  @Test
  void an_application_with_spring_security_and_patterns_does_not_start() {
    Contexts.servletApplication()
        .withClassLoader(getClass().getClassLoader())
        .withInitializer(Contexts::initializeLazily)
        .withPropertyValues("counterfoil.filter.url-patterns=/api/*")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessage("counterfoil.filter.url-patterns: is for applications without Spring"
                + " Security (expected: no value)"));
  }
}

package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.counterfoil.TokenManager;
import java.util.List;
import java.util.UUID;
import org.assertj.core.util.Throwables;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/** Application contexts with the auto-configurations of the starter and those of Spring Boot that they need. */
final class Contexts {
  /** The auto-configuration of the data source, by its names in Spring Boot 3 and 4. */
  static final Class<?> DATA_SOURCE = present(
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");

  private Contexts() {}

  /** Returns a servlet application without a server, without Spring Security, and with a new database in memory. */
  static WebApplicationContextRunner servletApplication() {
    return new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(
            DATA_SOURCE,
            CounterfoilAutoConfiguration.class,
            CounterfoilServletAutoConfiguration.class))
        .withClassLoader(WithoutSpringSecurity.LOADER)
        .withPropertyValues("spring.datasource.url=" + newDatabase());
  }

  /** Does the same as {@code spring.main.lazy-initialization=true}. */
  static void initializeLazily(ConfigurableApplicationContext context) {
    context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
  }

  /** Returns the URL of a new database in memory, which exists until the JVM ends. */
  static String newDatabase() {
    return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  }

  /** Returns connections of the user that Spring Boot uses for databases in memory. */
  static SimpleDriverDataSource dataSource(String url) {
    return new SimpleDriverDataSource(new org.h2.Driver(), url, "sa", "");
  }

  /** Returns the class that exists of these names in different versions of Spring Boot. */
  static Class<?> present(String... names) {
    for (String name : names) {
      if (ClassUtils.isPresent(name, Contexts.class.getClassLoader())) {
        return ClassUtils.resolveClassName(name, Contexts.class.getClassLoader());
      }
    }
    throw new IllegalStateException("none of " + String.join(", ", names) + " is there");
  }

  static void assertStarts(WebApplicationContextRunner application) {
    application.run(context -> assertThat(context).hasNotFailed());
  }

  /** Asserts that the start fails with this message, and that no message contains one of the secrets. */
  static void assertFails(
      WebApplicationContextRunner application, String message, String... secrets) {
    application.run(context -> assertThat(context.getStartupFailure())
        .extracting(Throwables::getStackTrace, STRING)
        .contains(message)
        .satisfies(
            text -> List.of(secrets).forEach(secret -> assertThat(text).doesNotContain(secret))));
  }

  static void assertNoTokens(WebApplicationContextRunner application) {
    application.run(
        context -> assertThat(context.getBean(TokenManager.class).list()).isEmpty());
  }
}

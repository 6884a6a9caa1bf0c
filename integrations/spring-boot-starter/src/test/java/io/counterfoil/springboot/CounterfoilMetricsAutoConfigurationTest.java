package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.micrometer.CounterfoilMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The bean of the meters. */
class CounterfoilMetricsAutoConfigurationTest {
  private final WebApplicationContextRunner application = Contexts.servletApplication()
      .withConfiguration(AutoConfigurations.of(CounterfoilMetricsAutoConfiguration.class));

  private final WebApplicationContextRunner withRegistry =
      application.withBean(SimpleMeterRegistry.class);

  @Test
  void the_manager_counts_in_the_meters() {
    withRegistry.run(context -> {
      MeterRegistry registry = bound(context);
      TokenManager tokens = context.getBean(TokenManager.class);
      tokens.authenticate(tokens.create(NewToken.named("ci")).reveal());
      tokens.authenticate("nonsense");
      assertThat(count(registry, "counterfoil.changes", "change", "created")).isEqualTo(1);
      assertThat(count(registry, "counterfoil.authentications", "outcome", "accepted"))
          .isEqualTo(1);
      assertThat(count(registry, "counterfoil.authentications", "outcome", "rejected"))
          .isEqualTo(1);
      assertThat(registry.find("cache.gets").meters()).isEmpty();
    });
  }

  @Test
  void the_meters_of_the_cache_have_the_tags_of_other_caches_in_spring_boot() {
    withRegistry.withPropertyValues("counterfoil.cache.max-revocation-lag=5s").run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      String plaintext = tokens.create(NewToken.named("ci")).reveal();
      tokens.authenticate(plaintext);
      tokens.authenticate(plaintext);
      MeterRegistry registry = bound(context);
      assertThat(count(registry, "cache.gets", "result", "hit")).isEqualTo(1);
      assertThat(registry.get("cache.size").meter().getId().getTags())
          .extracting(tag -> tag.getKey() + '=' + tag.getValue())
          .containsExactlyInAnyOrder("cache=counterfoil", "cache.manager=none", "name=counterfoil");
    });
  }

  @Test
  void an_application_may_define_its_own_meters() {
    CounterfoilMetrics own = new CounterfoilMetrics();
    withRegistry.withBean("own", CounterfoilMetrics.class, () -> own).run(context -> {
      context.getBean(TokenManager.class).create(NewToken.named("ci"));
      assertThat(count(bound(context), "counterfoil.changes", "change", "created"))
          .isEqualTo(1);
      assertThat(context).getBean(CounterfoilMetrics.class).isSameAs(own);
    });
  }

  @Test
  void without_a_registry_there_are_no_meters() {
    application.run(context -> assertThat(context)
        .hasSingleBean(TokenManager.class)
        .doesNotHaveBean(CounterfoilMetrics.class)
        .doesNotHaveBean(TokenManagerCustomizer.class));
  }

  @Test
  void without_micrometer_and_the_actuator_an_application_starts() {
    application
        .withConfiguration(AutoConfigurations.of(
            CounterfoilActuatorAutoConfiguration.class, CounterfoilMdcAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader(
            "org.springframework.security",
            "io.micrometer",
            "org.springframework.boot.actuate",
            "org.springframework.boot.micrometer"))
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(TokenManager.class);
          assertThat(Set.of(context.getBeanDefinitionNames()))
              .doesNotContain("counterfoilMetrics", "counterfoilEndpoint", "counterfoilInfo");
        });
  }

  @Test
  void without_tokens_there_are_no_meters() {
    withRegistry
        .withPropertyValues("counterfoil.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(CounterfoilMetrics.class));
  }

  /** Binds the meters, as Spring Boot does. */
  private static MeterRegistry bound(ApplicationContext context) {
    MeterRegistry registry = context.getBean(MeterRegistry.class);
    context.getBean(CounterfoilMetrics.class).bindTo(registry);
    return registry;
  }

  private static double count(MeterRegistry registry, String name, String key, String value) {
    return registry.get(name).tag(key, value).meters().stream()
        .map(Meter::measure)
        .mapToDouble(measurements -> measurements.iterator().next().getValue())
        .sum();
  }
}

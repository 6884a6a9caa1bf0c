package io.counterfoil.springboot;

import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.micrometer.CounterfoilMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of the meters, if the application has a {@link MeterRegistry}. Spring Boot binds them to each registry. The
 * {@code TokenManager} of the starter counts in them. An application with a {@code TokenManager} of its own passes {@link
 * CounterfoilMetrics#listener} to its builder.
 */
@AutoConfiguration(
    afterName = {
      // The names in Spring Boot 3 and in Spring Boot 4.
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@Conditional(Enabled.class)
final class CounterfoilMetricsAutoConfiguration {
  /** The tags that Spring Boot adds to the meters of its caches. Prometheus needs the same keys for all caches. */
  private static final Tag[] CACHE_TAGS = {
    Tag.of("cache.manager", "none"), Tag.of("name", "counterfoil")
  };

  CounterfoilMetricsAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  CounterfoilMetrics counterfoilMetrics(ObjectProvider<CachedTokenStore> cache) {
    CachedTokenStore only = cache.getIfUnique();
    return only == null ? new CounterfoilMetrics() : new CounterfoilMetrics(only, CACHE_TAGS);
  }

  @Bean
  TokenManagerCustomizer counterfoilMetricsCustomizer(CounterfoilMetrics metrics) {
    return builder -> builder.synchronousListener(metrics.listener());
  }
}

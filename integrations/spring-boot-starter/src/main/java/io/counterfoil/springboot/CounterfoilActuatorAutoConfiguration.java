package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of the endpoint {@code counterfoil} and of the contribution to the endpoint {@code info}. Spring Boot
 * exposes neither over HTTP by default. Keys and hashes in properties are hidden in all endpoints.
 */
@AutoConfiguration(after = CounterfoilAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
final class CounterfoilActuatorAutoConfiguration {
  /** The endpoint reads no peppers if there are more tokens, so that it takes seconds and not minutes. */
  private static final int MAX_TOKENS = 100_000;

  CounterfoilActuatorAutoConfiguration() {}

  /**
   * Hides keys and hashes in the endpoints {@code env} and {@code configprops}, even if the application shows all values, or has no
   * tokens but still their properties.
   */
  @Bean
  ConfiguredKeys counterfoilSanitizingFunction(ObjectProvider<CounterfoilProperties> properties) {
    return new ConfiguredKeys(properties.getIfAvailable());
  }

  @Bean
  @Conditional(Enabled.class)
  @ConditionalOnBean(TokenManager.class)
  @ConditionalOnAvailableEndpoint
  CounterfoilEndpoint counterfoilEndpoint(
      TokenManager tokens,
      CounterfoilProperties properties,
      ObjectProvider<CachedTokenStore> cache,
      ObjectProvider<JdbcTokenStore> database) {
    return new CounterfoilEndpoint(
        tokens,
        cache.stream().toList(),
        database.stream().toList(),
        properties.notices().within(),
        MAX_TOKENS);
  }

  @Bean
  @Conditional(Enabled.class)
  @ConditionalOnBean(TokenManager.class)
  @ConditionalOnEnabledInfoContributor("counterfoil")
  CounterfoilInfo counterfoilInfo(
      ObjectProvider<TokenStore> store, ObjectProvider<CachedTokenStore> cache) {
    return new CounterfoilInfo(store.stream().toList(), cache.stream().toList());
  }
}

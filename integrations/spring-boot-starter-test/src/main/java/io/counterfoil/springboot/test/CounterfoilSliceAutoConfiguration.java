package io.counterfoil.springboot.test;

import io.counterfoil.KnownScopes;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.springboot.CounterfoilAutoConfiguration;
import io.counterfoil.springboot.ExpiryNotifier;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of a {@code @WebMvcTest}: a {@link TokenManager} in memory, unless the test has a {@link TokenManager} or a
 * {@link TokenStore}. The starter adds its bearer check and its filter, with the properties of the application.
 *
 * <p>Its known scopes are those of the properties. Peppers, checksum keys and the customizers of the manager do not apply to
 * it: they may need files or beans that such a test does not have.
 */
@AutoConfiguration(before = CounterfoilAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "counterfoil.enabled", matchIfMissing = true)
// Spring Boot sets it in tests of a part of the application, but not in a @SpringBootTest.
@ConditionalOnBooleanProperty(
    name = EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY,
    havingValue = false)
final class CounterfoilSliceAutoConfiguration {
  CounterfoilSliceAutoConfiguration() {}

  /** MockMvc does not reach the management API, but its path may be among the properties. */
  @Bean
  @ConditionalOnMissingBean
  ManagementPolicy counterfoilNobodyManagesTokens() {
    return request -> Optional.empty();
  }

  /** An application may set {@code counterfoil.notices.within}, and the test may not contain its {@code ExpiryNotifier}. */
  @Bean
  @ConditionalOnMissingBean
  ExpiryNotifier counterfoilNobodyIsNotified() {
    return token -> {};
  }

  /** A test must not write the file of the first token. */
  @Bean
  static BeanFactoryPostProcessor counterfoilNoStartupTokens() {
    return beans -> {
      if (beans instanceof BeanDefinitionRegistry registry
          && registry.containsBeanDefinition("counterfoilStartupTokens")) {
        registry.removeBeanDefinition("counterfoilStartupTokens");
      }
    };
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean({TokenManager.class, TokenStore.class})
  static class InMemoryConfiguration {

    @Bean
    InMemoryTokenStore counterfoilInMemoryTokenStore() {
      return new InMemoryTokenStore();
    }

    @Bean
    TokenManager counterfoilInMemoryTokenManager(TokenStore store, KnownScopes scopes) {
      return TokenManager.builder(store).recordNoUses().knownScopes(scopes).build();
    }
  }
}

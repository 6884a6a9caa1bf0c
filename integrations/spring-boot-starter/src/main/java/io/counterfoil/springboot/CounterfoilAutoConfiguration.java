package io.counterfoil.springboot;

import io.counterfoil.KnownScopes;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.jdbc.JdbcTokenStore;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;

/**
 * Auto-configuration of the tokens: a {@link TokenStore} on the {@code DataSource} of the application, a cache in front of it if
 * {@code counterfoil.cache.max-revocation-lag} is set, a {@link TokenManager}, and a {@link BearerAuthenticator}. Each of them
 * backs off if the application defines its own.
 *
 * <p>A prototype bean {@link BearerAuthenticator.Builder} has the properties applied, for applications that need another check.
 */
@AutoConfiguration(
    afterName = {
      // The names in Spring Boot 3 and in Spring Boot 4.
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
      "org.springframework.boot.autoconfigure.liquibase.LiquibaseAutoConfiguration",
      "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration"
    })
@Conditional(Enabled.class)
@EnableConfigurationProperties(CounterfoilProperties.class)
public final class CounterfoilAutoConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(CounterfoilAutoConfiguration.class);

  private static final String CACHE = "counterfoilTokenCache";

  CounterfoilAutoConfiguration() {}

  @Bean
  @DependsOnDatabaseInitialization
  @ConditionalOnMissingBean(TokenStore.class)
  @ConditionalOnSingleCandidate(DataSource.class)
  JdbcTokenStore counterfoilTokenStore(DataSource dataSource, CounterfoilProperties properties) {
    return new TokenTable(dataSource, properties.jdbc()).open();
  }

  /** Around the store of the application or the one above. Primary for beans of the application; that store may be, too. */
  @Bean(CACHE)
  @Primary
  @ConditionalOnMissingBean(CachedTokenStore.class)
  @ConditionalOnProperty("counterfoil.cache.max-revocation-lag")
  CachedTokenStore counterfoilTokenCache(
      ObjectProvider<TokenStore> store, CounterfoilProperties properties) {
    return CacheSettings.cache(requiredStore(store), properties.cache());
  }

  @Bean
  @ConditionalOnMissingBean
  KnownScopes counterfoilKnownScopes(CounterfoilProperties properties) {
    return ScopeSettings.of(properties.scopes());
  }

  @Bean
  @ConditionalOnMissingBean
  TokenManager counterfoilTokenManager(
      @Qualifier(CACHE) ObjectProvider<TokenStore> cache,
      ObjectProvider<TokenStore> store,
      CounterfoilProperties properties,
      KnownScopes scopes,
      ObjectProvider<TokenListener> listeners,
      ObjectProvider<TokenManagerCustomizer> customizers) {
    TokenManager.Builder builder =
        TokenManager.builder(cache.getIfAvailable(() -> requiredStore(store)));
    ManagerSettings settings = new ManagerSettings(properties);
    settings.applyTo(builder);
    builder.knownScopes(scopes);
    listeners.orderedStream().forEach(builder::listener);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return settings.build(builder);
  }

  /** Created at the start even if beans are lazy: Spring Boot makes no {@code SmartInitializingSingleton} lazy. */
  @Bean
  StartupTokens counterfoilStartupTokens(
      TokenManager tokens,
      CounterfoilProperties properties,
      ObjectProvider<JdbcTokenStore> store,
      ObjectProvider<DataSource> dataSource) {
    return new StartupTokens(tokens, properties, () -> {
      DataSource database = dataSource.getIfUnique();
      return store.getIfAvailable() != null && database != null && TokenTable.isInMemory(database);
    });
  }

  @Bean
  @Scope("prototype")
  @ConditionalOnMissingBean
  BearerAuthenticator.Builder counterfoilBearerAuthenticatorBuilder(
      TokenManager tokens, CounterfoilProperties properties, ObjectProvider<RouteScopes> routes) {
    BearerAuthenticator.Builder builder = BearerAuthenticator.builder(tokens);
    BearerSettings.apply(properties, builder);
    routes.ifAvailable(builder::routes);
    return builder;
  }

  @Bean
  @ConditionalOnMissingBean
  BearerAuthenticator counterfoilBearerAuthenticator(BearerAuthenticator.Builder builder) {
    return builder.build();
  }

  private static TokenStore requiredStore(ObjectProvider<TokenStore> provider) {
    TokenStore store = provider.getIfAvailable();
    if (store == null) {
      throw new InvalidSettingException(
          "",
          "There is no store for API tokens, because there is no DataSource, or more than one.",
          "Configure a database (spring-boot-starter-jdbc, a driver and spring.datasource.url)."
              + " If there are several DataSources, mark one with @Primary, or define a bean of type"
              + " TokenStore. To start without API tokens, set counterfoil.enabled=false.");
    }
    return store;
  }

  /** The properties are checked even if there are no notices. */
  @Configuration(proxyBeanMethods = false)
  @Lazy(false)
  static class NoticesConfiguration {
    NoticesConfiguration(CounterfoilProperties properties) {
      NoticeSettings.check(properties.notices());
    }

    @Bean
    @ConditionalOnBean(ExpiryNotifier.class)
    NoticeScheduler counterfoilNoticeScheduler(
        TokenManager tokens, ExpiryNotifier notifier, CounterfoilProperties properties) {
      return new NoticeScheduler(tokens, properties.notices(), notifier);
    }
  }

  /** Without this check, the property would have no effect. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("counterfoil.notices.within")
  @ConditionalOnMissingBean(ExpiryNotifier.class)
  @Lazy(false)
  static class NoNotifierConfiguration {
    NoNotifierConfiguration() {
      throw new InvalidSettingException(
          "counterfoil.notices.within",
          "nothing receives the notices about expiring tokens (expected: a bean of type"
              + " ExpiryNotifier)",
          "Define the bean, or remove the property.");
    }
  }

  /** A reactive application has no servlet filters. It can use the manager, but nothing guards its paths. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  @Lazy(false)
  static class ReactiveConfiguration {
    ReactiveConfiguration(CounterfoilProperties properties) {
      String pathProperty = properties.pathProperty();
      if (pathProperty.isEmpty()) {
        LOG.info("This is a reactive application: there is a TokenManager, but no filter,"
            + " management API or page");
      } else {
        throw new InvalidSettingException(
            pathProperty,
            "needs a servlet application, and this one is reactive (expected: no value)",
            "Remove the property, and call the TokenManager in a WebFilter of your own.");
      }
    }
  }
}

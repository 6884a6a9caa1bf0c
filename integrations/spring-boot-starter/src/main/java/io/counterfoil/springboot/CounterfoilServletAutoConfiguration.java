package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import io.counterfoil.http.ApiHandler;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.SelfService;
import io.counterfoil.http.TokenApi;
import io.counterfoil.http.TokenPage;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.filter.CorsFilter;

/**
 * Auto-configuration of a servlet application: the bearer filter (only without Spring Security), the management API and the
 * management page, each at the paths of its properties.
 */
@AutoConfiguration(after = CounterfoilAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(Enabled.class)
@ConditionalOnBean(TokenManager.class)
final class CounterfoilServletAutoConfiguration {
  static final String FILTER = "counterfoilFilter";

  private static final Logger LOG =
      LoggerFactory.getLogger(CounterfoilServletAutoConfiguration.class);
  private static final String MANAGEMENT = FilteredPaths.MANAGEMENT;

  CounterfoilServletAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty(MANAGEMENT)
  TokenApi counterfoilTokenApi(
      TokenManager tokens,
      ObjectProvider<ManagementPolicy> policy,
      CounterfoilProperties properties) {
    SelfService[] selfService = properties.management().selfService().toArray(SelfService[]::new);
    TokenApi api = TokenApi.of(tokens, required(policy), selfService);
    return properties.management().acceptBasic() ? api.acceptBasic() : api;
  }

  @Bean
  @ConditionalOnProperty(MANAGEMENT)
  ServletRegistrationBean<ApiServlet> counterfoilManagement(
      TokenApi api, CounterfoilProperties properties) {
    return registration(api, "counterfoilManagement", managementPath(properties) + "/*");
  }

  /** The OpenAPI document of the management API. */
  @Bean
  @ConditionalOnProperty(MANAGEMENT)
  ServletRegistrationBean<ApiServlet> counterfoilManagementDescription(
      TokenApi api, CounterfoilProperties properties, ServletContext context) {
    String path = managementPath(properties);
    return registration(
        api.description(context.getContextPath() + path),
        "counterfoilManagementDescription",
        path + "/openapi.json");
  }

  @Bean
  @ConditionalOnProperty("counterfoil.page.path")
  ServletRegistrationBean<ApiServlet> counterfoilPage(
      TokenManager tokens, CounterfoilProperties properties, ServletContext context) {
    String path = MountPath.of("counterfoil.page.path", properties.page().path());
    if (properties.management().path() == null) {
      throw new InvalidSettingException(
          "counterfoil.page.path",
          "the page has no management API to call (expected: counterfoil.management.path, too)",
          "Set both properties, or none.");
    }
    String root = context.getContextPath();
    String api = root + managementPath(properties);
    return registration(TokenPage.of(root + path, api, tokens), "counterfoilPage", path + "/*");
  }

  private static String managementPath(CounterfoilProperties properties) {
    return MountPath.of(MANAGEMENT, properties.management().path());
  }

  private static ServletRegistrationBean<ApiServlet> registration(
      ApiHandler handler, String name, String mapping) {
    var registration = new ServletRegistrationBean<>(new ApiServlet(handler), mapping);
    registration.setName(name);
    return registration;
  }

  private static ManagementPolicy required(ObjectProvider<ManagementPolicy> provider) {
    ManagementPolicy policy = provider.getIfAvailable();
    if (policy == null) {
      throw new InvalidSettingException(
          MANAGEMENT,
          "no policy decides which callers may manage tokens (expected: a bean of type"
              + " ManagementPolicy)",
          """
          Define a bean, for example for tokens with the scope "tokens":

            @Bean
            ManagementPolicy managementPolicy() {
              return ManagementPolicy.tokensWith("tokens");
            }""");
    }
    return policy;
  }

  /** There is no {@link LoggingSystem} bean in a context that was not started by {@code SpringApplication}. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.apache.catalina.startup.Tomcat")
  @Lazy(false)
  static class TomcatConfiguration {
    TomcatConfiguration(ObjectProvider<LoggingSystem> logging) {
      logging.ifAvailable(TomcatLog::hideHeaders);
    }
  }

  /** The filter. With Spring Security, the configurer {@code counterfoil()} takes its place. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass(SecurityChains.TYPE)
  static class FilterConfiguration {
    /** The order of Spring Security's own filter: after the filters that wrap requests. */
    private static final int ORDER = -100;

    @Bean(FILTER)
    @Conditional(FilteredPaths.class)
    FilterRegistrationBean<BearerFilter> counterfoilFilter(
        BearerAuthenticator bearer, CounterfoilProperties properties, ListableBeanFactory beans) {
      if (bearer.check(List.of()) instanceof BearerAuthenticator.PassedOn) {
        LOG.warn("The BearerAuthenticator of the application passes requests without a token on:"
            + " another filter must check them");
      }
      BearerFilter filter = properties.filter().cors()
          ? new BearerFilter(bearer, new CorsFilter(CorsRules.of(beans)))
          : new BearerFilter(bearer);
      var registration = new FilterRegistrationBean<>(filter);
      registration.setName(FILTER);
      registration.setUrlPatterns(FilteredPaths.of(properties));
      LOG.info("These paths need an API token: {}", registration.getUrlPatterns());
      registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
      registration.setOrder(ORDER);
      return registration;
    }
  }

  /** With Spring Security, a filter of this property would not take part in the rules of any filter chain. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = SecurityChains.TYPE)
  @Lazy(false)
  static class SecurityConfiguration {
    SecurityConfiguration(CounterfoilProperties properties) {
      if (properties.filter().cors()) {
        throw new InvalidSettingException(
            CorsRules.PROPERTY,
            "is for applications without Spring Security (expected: no value)",
            "Remove the property, and add http.cors(withDefaults()) to the SecurityFilterChain.");
      }
      if (!properties.filter().urlPatterns().isEmpty()) {
        throw new InvalidSettingException(
            FilteredPaths.PATTERNS,
            "is for applications without Spring Security (expected: no value)",
            "Remove the property, and add http.with(counterfoil(), withDefaults()) to the"
                + " SecurityFilterChain that guards these paths.");
      }
    }
  }
}

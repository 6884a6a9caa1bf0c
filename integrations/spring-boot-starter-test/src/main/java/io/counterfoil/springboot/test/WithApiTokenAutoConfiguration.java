package io.counterfoil.springboot.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of each test with MockMvc and Spring Security: its requests have the token of {@link WithApiToken}. */
@AutoConfiguration
@ConditionalOnClass(
    name = {
      "org.springframework.security.web.SecurityFilterChain",
      "org.springframework.security.test.web.support.WebTestUtils"
    })
final class WithApiTokenAutoConfiguration {
  WithApiTokenAutoConfiguration() {}

  @Bean
  FilterRegistrationBean<WithApiTokenFilter> counterfoilWithApiTokenFilter(
      ApplicationContext application) {
    var registration = new FilterRegistrationBean<>(new WithApiTokenFilter(application));
    registration.setName("counterfoilWithApiTokenFilter");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }
}

package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Auto-configuration of the key {@code token.id} in the log, if {@code counterfoil.mdc} is true. */
@AutoConfiguration(after = CounterfoilAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional({Enabled.class, CounterfoilMdcAutoConfiguration.Requested.class})
@ConditionalOnBean(TokenManager.class)
final class CounterfoilMdcAutoConfiguration {
  /** Directly after the bearer filter, and after Spring Security's filter, which have the order -100. */
  private static final int ORDER = -99;

  CounterfoilMdcAutoConfiguration() {}

  @Bean
  FilterRegistrationBean<TokenIdFilter> counterfoilMdcFilter() {
    var registration = new FilterRegistrationBean<>(new TokenIdFilter());
    registration.setName("counterfoilMdcFilter");
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(ORDER);
    return registration;
  }

  /** Matches if {@code counterfoil.mdc} is true. */
  static final class Requested implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return Enabled.bound(context.getEnvironment(), "counterfoil.mdc", false);
    }
  }
}

package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** Prevents the user that Spring Boot creates, with a password in the log, for an application that has no users. */
@AutoConfiguration(
    after = CounterfoilAutoConfiguration.class,
    beforeName = {
      // The names in Spring Boot 3 and in Spring Boot 4.
      "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
    })
@ConditionalOnClass(SecurityFilterChain.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "counterfoil.enabled", matchIfMissing = true)
@ConditionalOnBean(TokenManager.class)
final class CounterfoilSecurityAutoConfiguration {
  CounterfoilSecurityAutoConfiguration() {}

  /**
   * Of the types of beans that prevent that user, this is the only one that neither Spring Boot nor Spring Security injects. An
   * {@code AuthenticationProvider}, for example, would replace the users of a {@code UserDetailsService}.
   */
  @Bean
  @Conditional(NoUserInProperties.class)
  @ConditionalOnMissingBean({
    AuthenticationManager.class,
    AuthenticationProvider.class,
    UserDetailsService.class,
    AuthenticationManagerResolver.class
  })
  AuthenticationManagerResolver<HttpServletRequest> counterfoilNoPasswords() {
    return request -> login -> {
      throw new BadCredentialsException("There are no passwords here");
    };
  }

  /** Matches if the properties {@code spring.security.user.*} do not define a user. */
  static final class NoUserInProperties implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !Binder.get(context.getEnvironment())
          .bind("spring.security.user", Bindable.mapOf(String.class, Object.class))
          .isBound();
    }
  }
}

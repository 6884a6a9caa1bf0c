package io.counterfoil.examples.springboot;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import jakarta.servlet.DispatcherType;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** The access rules. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityConfiguration {
  /** Every scope that the rules require. An unrestricted token receives exactly these. */
  private static final Set<String> SCOPES = Set.of("servers:read", "servers:write");

  @Bean
  SecurityFilterChain chain(HttpSecurity http, TokenManager tokens) throws Exception {
    var bearer = BearerAuthenticator.builder(tokens).passWithoutBearer().build();
    var filter = new TokenAuthenticationFilter(bearer, SCOPES);
    var errors = new TokenErrorHandler(bearer);
    return http.addFilterBefore(filter, BasicAuthenticationFilter.class)
        .exceptionHandling(on -> on.authenticationEntryPoint(errors).accessDeniedHandler(errors))
        .sessionManagement(on -> on.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable) // browsers do not send bearer tokens by themselves
        .logout(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests -> requests
            .dispatcherTypeMatchers(DispatcherType.ERROR)
            .permitAll() // only the container dispatches errors
            .requestMatchers("/public/**")
            .permitAll()
            .requestMatchers("/api/servers")
            .hasAuthority("SCOPE_servers:read")
            .anyRequest()
            .authenticated())
        .build();
  }

  /** There are no passwords. Without this bean, Spring Boot creates a user and logs its password. */
  @Bean
  AuthenticationManager noPasswords() {
    return login -> {
      throw new BadCredentialsException("there are no passwords here");
    };
  }
}

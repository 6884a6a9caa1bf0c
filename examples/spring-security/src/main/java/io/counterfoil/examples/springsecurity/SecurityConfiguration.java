package io.counterfoil.examples.springsecurity;

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

/** Who may do what. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityConfiguration {
  /** Every scope that Spring Security asks for: one that is forgotten here, unrestricted tokens lack. */
  private static final Set<String> SCOPES = Set.of("servers:read", "servers:write");

  @Bean
  SecurityFilterChain chain(HttpSecurity http, TokenManager tokens) throws Exception {
    var bearer = BearerAuthenticator.builder(tokens).passWithoutBearer().build();
    var filter = new TokenAuthenticationFilter(bearer, SCOPES);
    var refusals = new TokenRefusals(bearer);
    return http.addFilterBefore(filter, BasicAuthenticationFilter.class)
        .exceptionHandling(
            on -> on.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .sessionManagement(on -> on.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable) // no browser sends a token of its own accord
        .logout(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests -> requests
            .dispatcherTypeMatchers(DispatcherType.ERROR)
            .permitAll() // only containers send there
            .requestMatchers("/public/**")
            .permitAll()
            .requestMatchers("/api/servers")
            .hasAuthority("SCOPE_servers:read")
            .anyRequest()
            .authenticated())
        .build();
  }

  /** Nobody has a password; without this, Spring Boot makes up a user and logs his. */
  @Bean
  AuthenticationManager noPasswords() {
    return login -> {
      throw new BadCredentialsException("there are no passwords here");
    };
  }
}

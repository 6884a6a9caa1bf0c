package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;

import io.counterfoil.http.ManagementPolicy;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** An application whose only login are tokens. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableMethodSecurity
@Import({SecuredPages.class, SessionCount.class})
class TokenOnlyApplication {
  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.with(counterfoil(), tokens -> tokens.scopes("servers:read", "servers:write"))
        .authorizeHttpRequests(requests -> requests
            .dispatcherTypeMatchers(DispatcherType.ERROR)
            .permitAll() // only the container dispatches errors
            .requestMatchers("/public/**")
            .permitAll()
            .requestMatchers("/servers")
            .hasAuthority("SCOPE_servers:read")
            .anyRequest()
            .authenticated())
        .build();
  }

  @Bean
  ManagementPolicy managementPolicy() {
    return ManagementPolicy.tokensWith("tokens");
  }
}

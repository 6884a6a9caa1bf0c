package io.counterfoil.host;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;

import io.counterfoil.http.RouteScopes;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** An application with Spring Security, whose scopes are in a table, a rule and a method. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableMethodSecurity
@Import(Servers.class)
class SecuredApplication {

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.with(counterfoil(), tokens -> tokens.scopes("servers:delete", "reports"))
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/servers/reports")
            .hasAuthority("SCOPE_reports")
            .anyRequest()
            .authenticated())
        .build();
  }

  @Bean
  RouteScopes routes() {
    return RouteScopes.builder()
        .scope("servers:read", "GET /servers")
        .scope("servers:write", "POST /servers")
        .anyToken("DELETE /servers", "GET /servers/reports")
        .build();
  }
}

package io.counterfoil.examples.mcp;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** An MCP server for tokens with the scope {@code mcp}. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableMethodSecurity
public class McpExample {

  /** Starts the server. */
  public static void main(String[] args) {
    SpringApplication.run(McpExample.class, args);
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.with(counterfoil(), tokens -> tokens.scopes("mcp", "servers:write"))
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/mcp")
            .hasAuthority("SCOPE_mcp")
            .anyRequest()
            .denyAll())
        .build();
  }
}

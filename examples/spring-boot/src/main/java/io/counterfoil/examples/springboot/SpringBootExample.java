package io.counterfoil.examples.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;

import io.counterfoil.TokenListener;
import io.counterfoil.http.ManagementPolicy;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** A server with a public page, an API for tokens, and a page that manages the tokens. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableMethodSecurity
public class SpringBootExample {

  /** Starts the server. */
  public static void main(String[] args) {
    SpringApplication.run(SpringBootExample.class, args);
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.with(counterfoil(), tokens -> tokens.scopes("servers:read", "servers:write"))
        .authorizeHttpRequests(requests -> requests
            .dispatcherTypeMatchers(DispatcherType.ERROR)
            .permitAll() // only the container dispatches errors
            .requestMatchers("/", "/tokens/**")
            .permitAll()
            .requestMatchers(HttpMethod.GET, "/api/servers")
            .hasAuthority("SCOPE_servers:read")
            .anyRequest()
            .authenticated())
        .build();
  }

  /** Tokens with the scope {@code tokens} may manage the tokens of their owner. */
  @Bean
  ManagementPolicy managementPolicy() {
    return ManagementPolicy.tokensWith("tokens");
  }

  /** Logs each change of a token, and each rejected token. */
  @Bean
  TokenListener auditLog() {
    return TokenListener.audit();
  }
}

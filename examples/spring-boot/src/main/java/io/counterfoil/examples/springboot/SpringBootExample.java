package io.counterfoil.examples.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;

import io.counterfoil.TokenListener;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.springboot.ExpiryNotifier;
import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** A server with a public page, an API for tokens, and a page that manages the tokens. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
public class SpringBootExample {
  private static final Logger LOG = LoggerFactory.getLogger(SpringBootExample.class);

  /** Starts the server. */
  public static void main(String[] args) {
    SpringApplication.run(SpringBootExample.class, args);
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.with(
            counterfoil(), tokens -> tokens.scopes("servers:read", "servers:write", "tokens"))
        .authorizeHttpRequests(requests -> requests
            .dispatcherTypeMatchers(DispatcherType.ERROR)
            .permitAll() // only the container dispatches errors
            .requestMatchers("/", "/tokens/**")
            .permitAll()
            .requestMatchers("/api/me")
            .authenticated() // every token, even one without scopes
            .requestMatchers(HttpMethod.GET, "/api/servers")
            .hasAuthority("SCOPE_servers:read")
            .requestMatchers(HttpMethod.POST, "/api/servers/**")
            .hasAuthority("SCOPE_servers:write")
            .requestMatchers("/api/tokens/**")
            .hasAuthority("SCOPE_tokens")
            .anyRequest()
            .denyAll())
        .build();
  }

  /** Tokens with the scope {@code tokens} may manage the tokens of their owner. */
  @Bean
  ManagementPolicy managementPolicy() {
    return ManagementPolicy.tokensWith("tokens");
  }

  /** Warns the owner of a token that will expire within a week. An application with a mail server sends an e-mail instead. */
  @Bean
  ExpiryNotifier expiryNotifier() {
    return token -> LOG.warn(
        "To {}: your token {} expires at {}. Renew it before then.",
        token.userName(),
        token.name(),
        token.expiresAt().orElseThrow());
  }

  /** Logs each change of a token, and each rejected token. */
  @Bean
  TokenListener auditLog() {
    return TokenListener.audit();
  }
}

package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.BearerFilter;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** The MDC key {@code token.id}, with Spring Security: the token is accepted inside its filter. */
class MdcTest {
  @EnableWebSecurity
  static class SecuredApplication extends LoggingApplication {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, BearerAuthenticator bearer) throws Exception {
      return http.securityMatcher("/api/**")
          .addFilterBefore(new BearerFilter(bearer), AnonymousAuthenticationFilter.class)
          .build();
    }
  }

  @Test
  void the_id_of_the_token_is_there_while_its_request_runs_and_not_after_it() throws Exception {
    try (Server server = Server.start(SecuredApplication.class, "counterfoil.mdc=true")) {
      String token = server.tokenWith();
      assertThat(server.get("/api/now", token).body()).isEqualTo("id 1");
      assertThat(server.get("/api/later", token).body()).isEqualTo("id 1");
      assertThat(server.get("/api/now?outer", token).body()).isEqualTo("id 1");
      assertThat(server.bean(LoggingApplication.After.class).values())
          .containsExactly("REQUEST null", "REQUEST null", "ASYNC null", "REQUEST outer");
    }
  }
}

package io.counterfoil.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.http.RouteScopes;
import io.counterfoil.springboot.test.WithApiToken;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Method security without requests, in an application context without a manager. */
@SpringJUnitConfig(MethodSecurityTest.Services.class)
class MethodSecurityTest {
  @Autowired
  private Backups backups;

  @Test
  @WithApiToken(owner = "ann", scopes = "backups")
  void a_token_with_the_scope_may_call() {
    assertThat(backups.start("ann")).isEqualTo("started");
  }

  @Test
  @WithApiToken(owner = "bob", scopes = "backups")
  void the_name_of_the_caller_is_the_owner() {
    assertThatThrownBy(() -> backups.start("ann")).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  @WithApiToken(owner = "ann", scopes = "servers")
  void a_token_without_the_scope_is_denied() {
    assertThatThrownBy(() -> backups.start("ann")).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  @WithApiToken(owner = "ann", scopes = "*")
  void an_unrestricted_token_has_the_scopes_of_the_routes() {
    assertThat(backups.start("ann")).isEqualTo("started");
  }

  static class Backups {
    @PreAuthorize("hasAuthority('SCOPE_backups') and authentication.name == #owner")
    public String start(String owner) {
      return "started";
    }
  }

  @Configuration
  @EnableMethodSecurity
  @Import(Backups.class)
  static class Services {
    @Bean
    RouteScopes routes() {
      return RouteScopes.builder().scope("backups", "POST /backups").build();
    }
  }
}

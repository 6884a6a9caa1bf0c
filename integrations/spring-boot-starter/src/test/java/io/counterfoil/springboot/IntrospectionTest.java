package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.Caller;
import io.counterfoil.http.Introspection;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.servlet.ApiServlet;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

/** A resource server of Spring Security asks another application about the tokens that it receives. */
class IntrospectionTest {
  private static Server tokens;
  private static Server resources;

  @BeforeAll
  static void start() {
    tokens = Server.start(TokenApplication.class);
    TokenManager manager = tokens.bean(TokenManager.class);
    NewToken server = NewToken.named("resource-server").scopes("introspect");
    resources = Server.start(
        ResourceApplication.class,
        "counterfoil.enabled=false",
        "introspection.uri=" + tokens.request("/introspect").build().uri(),
        "introspection.token=" + manager.create(server).reveal());
  }

  @AfterAll
  static void stop() {
    resources.close();
    tokens.close();
  }

  /** The application that has the tokens. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class TokenApplication {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.with(counterfoil(), withDefaults())
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    ServletRegistrationBean<ApiServlet> introspection(TokenManager manager) {
      ManagementPolicy resourceServers = request -> request
          .accepted()
          .filter(accepted -> accepted.token().permits("introspect"))
          .map(accepted -> Caller.token(accepted).ofAllOwners());
      return new ServletRegistrationBean<>(
          new ApiServlet(Introspection.of(manager, resourceServers)), "/introspect");
    }
  }

  /** The application that has none. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ResourceApplication {
    @Bean
    @Order(1)
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
          .authorizeHttpRequests(requests -> requests
              .requestMatchers("/servers")
              .access(AuthorityAuthorizationManager.hasAnyAuthority("SCOPE_servers", "SCOPE_*"))
              .anyRequest()
              .authenticated())
          .build();
    }

    @Bean
    OpaqueTokenIntrospector introspector(
        @Value("${introspection.uri}") String uri, @Value("${introspection.token}") String token) {
      RestTemplate client = new RestTemplate();
      client.getInterceptors().add((request, body, execution) -> {
        request.getHeaders().setBearerAuth(token); // instead of a client id and a secret
        return execution.execute(request, body);
      });
      return new SpringOpaqueTokenIntrospector(uri, client);
    }

    @RestController
    static class Pages {
      @GetMapping({"/who", "/servers"})
      String who(Authentication authentication) {
        return authentication.getName() + ' ' + authentication.getAuthorities();
      }
    }
  }

  private static HttpResponse<String> who(String authorization) throws Exception {
    return resources.get("/who", authorization);
  }

  @Test
  void the_principal_is_the_owner_and_the_authorities_are_the_scopes() throws Exception {
    assertThat(who(tokens.tokenWith("a", "b")).body())
        .startsWith("ann [")
        .contains("SCOPE_a", "SCOPE_b");
    String none = tokens.tokenWith();
    assertThat(who(none).body()).startsWith("ann [").doesNotContain("SCOPE_");
    TokenManager manager = tokens.bean(TokenManager.class);
    String nobodys = manager.create(NewToken.named("ann")).reveal();
    assertThat(who("Bearer " + nobodys).body())
        .startsWith("token:" + tokens.newestToken().id() + " [");
  }

  @Test // P2
  void a_rule_for_a_scope_accepts_it_and_the_scope_of_an_unrestricted_token() throws Exception {
    assertThat(resources.get("/servers", tokens.tokenWith("servers")).statusCode())
        .isEqualTo(200);
    assertThat(resources.get("/servers", tokens.tokenWith("*")).statusCode()).isEqualTo(200);
    assertThat(resources.get("/servers", tokens.tokenWith("other")).statusCode())
        .isEqualTo(403);
    assertThat(resources.get("/servers", tokens.tokenWith()).statusCode()).isEqualTo(403);
  }

  @Test
  void a_token_that_is_not_active_gets_401() throws Exception {
    String token = tokens.tokenWith("a");
    assertThat(who(token).statusCode()).isEqualTo(200);
    tokens.bean(TokenManager.class).disable(tokens.newestToken().id());
    assertThat(who(token).statusCode()).isEqualTo(401);
    assertThat(who("Bearer cf_wrong").statusCode()).isEqualTo(401);
    assertThat(resources.get("/who").statusCode()).isEqualTo(401);
  }

  @Test
  void both_plaintexts_are_active_during_an_overlap() throws Exception {
    String before = tokens.tokenWith("a");
    TokenManager manager = tokens.bean(TokenManager.class);
    String after = manager
        .rotate(tokens.newestToken().id(), Duration.ofMinutes(5))
        .orElseThrow()
        .reveal();
    assertThat(who(before).statusCode()).isEqualTo(200);
    assertThat(who("Bearer " + after).statusCode()).isEqualTo(200);
  }

  @Test
  void a_caller_that_is_not_a_token_with_the_scope_learns_nothing() throws Exception {
    String asked = "token=" + tokens.tokenWith("a").substring("Bearer ".length());
    String[] basic = {"Authorization", "Basic Y2xpZW50OnNlY3JldA=="};
    assertThat(tokens.postForm("/introspect", asked, basic).statusCode()).isEqualTo(401);
    assertThat(tokens
            .postForm("/introspect", asked, "Authorization", tokens.tokenWith("a"))
            .statusCode())
        .isEqualTo(403);
    assertThat(tokens
            .postForm("/introspect", asked, "Authorization", tokens.tokenWith("introspect"))
            .body())
        .startsWith("{\"active\":true,");
  }
}

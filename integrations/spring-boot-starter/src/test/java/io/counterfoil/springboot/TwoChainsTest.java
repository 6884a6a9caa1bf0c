package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.counterfoil.http.RouteScopes;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** A chain for tokens and a chain for users, over HTTP. The chain for tokens has routes. */
class TwoChainsTest {
  private static SecuredServer server;

  @BeforeAll
  static void start() {
    server = SecuredServer.start(TwoChains.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({SecuredPages.class, SessionCount.class})
  static class TwoChains {
    @Bean
    @Order(1)
    SecurityFilterChain tokens(HttpSecurity http) throws Exception {
      RouteScopes routes = RouteScopes.builder()
          .scope("hello", "GET /api/hello")
          .scope("all", "GET /all")
          .build();
      return http.securityMatcher("/api/**", "/all")
          .with(counterfoil(), tokens -> tokens.routes(routes))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain users(HttpSecurity http) throws Exception {
      return http.formLogin(withDefaults())
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    UserDetailsService oneUser() {
      return new FormLoginApplication().users();
    }
  }

  @Test
  void a_session_of_the_other_chain_does_not_count_in_the_chain_for_tokens() throws Exception {
    Browser browser = Browser.login(server);
    assertThat(browser.get("/who").body()).isEqualTo("user");
    HttpResponse<String> refused = browser.get("/api/hello");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().map()).doesNotContainKey("set-cookie");
    assertThat(browser.get("/api/hello", server.tokenWith("hello")).body()).isEqualTo("Hello ann");
  }

  @Test
  void a_token_does_not_count_in_the_chain_for_users() throws Exception {
    assertThat(server.get("/who", server.tokenWith("*")).statusCode()).isEqualTo(302);
  }

  @Test
  void the_routes_decide_before_the_rules_of_the_chain() throws Exception {
    assertThat(server.get("/api/hello", server.tokenWith("hello")).body()).isEqualTo("Hello ann");
    HttpResponse<String> other = server.get("/api/hello", server.tokenWith("other"));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"hello\"");
    assertThat(server.get("/api/unknown", server.tokenWith("*")).statusCode()).isEqualTo(403);
  }

  @Test
  void an_unrestricted_token_has_the_scopes_of_the_routes() throws Exception {
    assertThat(server.get("/all", server.tokenWith("*")).body())
        .contains("[SCOPE_*, SCOPE_all, SCOPE_hello]");
  }

  @Test
  void no_other_way_to_write_a_path_leads_around_the_chain() throws Exception {
    String token = server.tokenWith("hello");
    for (String path : Spellings.OF_HELLO) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
      assertThat(server.sendRaw(request + "\r\n"))
          .as(path)
          .containsPattern("^HTTP/1.1 (40[014]|302) ")
          .doesNotContain("Hello");
      assertThat(server.sendRaw(request + "Authorization: " + token + "\r\n\r\n"))
          .as(path)
          .doesNotContainPattern("^HTTP/1.1 5");
    }
  }
}

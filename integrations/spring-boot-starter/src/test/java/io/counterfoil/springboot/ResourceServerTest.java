package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tokens and the JWTs of another system in one chain, over HTTP. A second chain accepts tokens only. */
class ResourceServerTest {
  private static final String JWT = "Bearer eyJhbGciOiJub25lIn0.e30.good";
  private static final String WRONG_JWT = "Bearer eyJhbGciOiJub25lIn0.e30.wrong";

  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.start(Application.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({SecuredPages.class, Headers.class})
  static class Application {
    @Bean
    @Order(1)
    SecurityFilterChain onlyTokens(HttpSecurity http) throws Exception {
      RouteScopes routes =
          RouteScopes.builder().scope("hello", "GET /api/hello").build();
      return http.securityMatcher("/api/**")
          .with(counterfoil(), tokens -> tokens.routes(routes))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain both(HttpSecurity http) throws Exception {
      return http.oauth2ResourceServer(jwts -> jwts.jwt(withDefaults()))
          .with(
              counterfoil(),
              tokens -> tokens.bearer(BearerAuthenticator.Builder::passForeignBearer))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    JwtDecoder decoder() {
      return text -> {
        if (!text.endsWith("good")) {
          throw new BadJwtException("wrong");
        }
        Instant now = Instant.now();
        return new Jwt(
            text, now, now.plusSeconds(60), Map.of("alg", "none"), Map.of("sub", "jane"));
      };
    }
  }

  /** Pages that read or forward the field. */
  @RestController
  static class Headers {
    @GetMapping("/headers")
    String headers(HttpServletRequest request) {
      return request.getHeader("authorization")
          + Collections.list(request.getHeaders("AUTHORIZATION"))
          + Collections.list(request.getHeaderNames()).stream()
              .anyMatch("authorization"::equalsIgnoreCase)
          + request.getHeader("X-Other");
    }

    @GetMapping("/forward")
    void forward(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      request.getRequestDispatcher("/api/hello").forward(request, response);
    }
  }

  @Test
  void a_chain_accepts_tokens_and_jwts() throws Exception {
    assertThat(server.get("/who", server.tokenWith()).body()).isEqualTo("ann");
    assertThat(server.post("/change", server.tokenWith()).body()).isEqualTo("Changed by ann");
    assertThat(server.get("/who", JWT).body()).isEqualTo("jane");
    assertThat(server.post("/change", JWT).body()).isEqualTo("Changed by jane");
  }

  @Test
  void each_wrong_credential_is_401_in_the_words_of_its_own_check() throws Exception {
    String token = server.tokenWith();
    server.bean(TokenManager.class).disable(server.newestToken().id());
    for (String wrong : List.of(token, "Bearer cf_unknown")) {
      HttpResponse<String> refused = server.get("/who", wrong);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(challenges(refused))
          .containsExactly("Bearer realm=\"api\", error=\"invalid_token\"");
    }
    HttpResponse<String> refused = server.get("/who", WRONG_JWT);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(challenges(refused).toString()).contains("error_description");
    assertThat(server.get("/who").statusCode()).isEqualTo(401);
    assertThat(server.get("/api/hello", JWT).statusCode()).isEqualTo(401);
  }

  private static List<String> challenges(HttpResponse<String> response) {
    return response.headers().allValues("WWW-Authenticate");
  }

  @Test
  void the_authorization_field_of_an_accepted_token_is_hidden() throws Exception {
    assertThat(headers(server.tokenWith())).isEqualTo("null[]falseother");
    assertThat(headers(JWT)).isEqualTo(JWT + '[' + JWT + "]trueother");
  }

  private static String headers(String authorization) throws Exception {
    return server
        .send(server.request("/headers", authorization).header("X-Other", "other"))
        .body();
  }

  @Test
  void later_dispatches_know_the_token() throws Exception {
    String token = server.tokenWith();
    assertThat(server.get("/callable", token).body()).isEqualTo("ann");
    assertThat(server.get("/deferred", token).body()).isEqualTo("Later");
    assertThat(server.get("/failing", token).statusCode()).isEqualTo(500);
    assertThat(server.get("/nothing", token).statusCode()).isEqualTo(404);
  }

  @Test
  void a_chain_to_which_a_request_is_forwarded_checks_the_token_itself() throws Exception {
    assertThat(server.get("/forward", server.tokenWith("hello")).body()).isEqualTo("Hello ann");
    assertThat(server.get("/forward", server.tokenWith("other")).statusCode()).isEqualTo(403);
    assertThat(server.get("/forward", JWT).statusCode()).isEqualTo(401);
  }
}

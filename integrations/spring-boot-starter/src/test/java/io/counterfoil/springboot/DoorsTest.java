package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.counterfoil.http.ManagementPolicy;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Tokens in other places, and CORS, in a chain of Spring Security. */
class DoorsTest {
  private static final String ORIGIN = "https://app.example";

  private static Server server;
  private static String plaintext;

  @RestController
  static class Shared {
    static final AtomicInteger RUNS = new AtomicInteger();

    @CrossOrigin(origins = ORIGIN)
    @RequestMapping(
        path = {"/shared", "/api/shared"},
        method = {RequestMethod.GET, RequestMethod.OPTIONS})
    String shared(HttpServletRequest request) {
      RUNS.incrementAndGet();
      return Collections.list(request.getHeaderNames()) + " " + request.getHeader("X-API-Key");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({SecuredPages.class, Shared.class})
  static class Application {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.with(counterfoil(), withDefaults())
          .cors(withDefaults())
          .authorizeHttpRequests(requests -> requests
              .requestMatchers("/api/shared")
              .hasAuthority("SCOPE_shared")
              .anyRequest()
              .authenticated())
          .build();
    }

    @Bean
    ManagementPolicy policy() {
      return ManagementPolicy.anyToken();
    }
  }

  @BeforeAll
  static void start() {
    server = Server.start(
        Application.class,
        "counterfoil.management.path=/tokens",
        "counterfoil.credentials.headers=X-API-Key",
        "counterfoil.credentials.basic-password=true");
    plaintext = server.tokenWith().substring("Bearer ".length());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void no_other_component_sees_the_header_of_an_accepted_token() throws Exception {
    HttpResponse<String> shared = server.send(
        server.request("/shared").header("X-API-Key", plaintext).header("X-Other", "1"));
    assertThat(shared.statusCode()).isEqualTo(200);
    assertThat(shared.body()).contains("x-other").doesNotContain(plaintext, "x-api-key");
    assertThat(
            server.send(server.request("/who").header("X-API-Key", plaintext)).body())
        .isEqualTo("ann");
    assertThat(server.send(server.request("/who").header("X-API-Key", "no")).statusCode())
        .isEqualTo(401);
  }

  @Test // E11: a browser sends Basic credentials by itself
  void csrf_protection_applies_to_basic_passwords_only() throws Exception {
    String basic = basic("any:" + plaintext);
    assertThat(server.get("/who", basic).body()).isEqualTo("ann");
    assertThat(server.get("/all", basic).body()).startsWith("ann, ann, ann, ann,");
    HttpResponse<String> refused = server.post("/change", basic);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("scope");
    HttpRequest.Builder key =
        server.request("/change").header("X-API-Key", plaintext).POST(BodyPublishers.noBody());
    assertThat(server.send(key).body()).isEqualTo("Changed by ann");
  }

  @Test // E11: the chain hides the header, and the API refuses it all the same
  void the_management_api_refuses_a_basic_password() throws Exception {
    HttpResponse<String> refused = server.get("/tokens", basic("any:" + plaintext));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("not managed with Basic credentials");
    assertThat(server.get("/tokens", "Bearer " + plaintext).statusCode()).isEqualTo(200);
  }

  @Test // D5, E12
  void spring_security_answers_a_preflight_without_the_controller() throws Exception {
    Shared.RUNS.set(0);
    HttpResponse<String> allowed = server.send(server
        .request("/shared")
        .header("Origin", ORIGIN)
        .header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "authorization")
        .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().allValues("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
    assertThat(Shared.RUNS).hasValue(0);
  }

  @Test
  void a_script_can_read_every_refusal() throws Exception {
    HttpResponse<String> invalid =
        server.send(server.request("/shared", "Bearer no").header("Origin", ORIGIN));
    assertThat(invalid.statusCode()).isEqualTo(401);
    HttpResponse<String> lacksScope =
        server.send(server.request("/api/shared", "Bearer " + plaintext).header("Origin", ORIGIN));
    assertThat(lacksScope.statusCode()).isEqualTo(403);
    assertThat(lacksScope.body()).contains("scope");
    for (HttpResponse<String> refused : List.of(invalid, lacksScope)) {
      assertThat(refused.headers().allValues("Access-Control-Allow-Origin"))
          .containsExactly(ORIGIN);
      assertThat(refused.headers().allValues("Vary")).contains("Origin");
    }
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}

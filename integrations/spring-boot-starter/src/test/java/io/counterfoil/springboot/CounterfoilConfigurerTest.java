package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.config.Customizer.withDefaults;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.memory.InMemoryTokenStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.Http403ForbiddenEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The settings of the configurer, each in an application of its own. */
class CounterfoilConfigurerTest {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  abstract static class Base {
    static SecurityFilterChain chain(HttpSecurity http, Customizer<CounterfoilConfigurer> settings)
        throws Exception {
      return http.with(counterfoil(), settings)
          .authorizeHttpRequests(requests ->
              requests.requestMatchers("/public").permitAll().anyRequest().authenticated())
          .build();
    }
  }

  @Import(SecuredPages.class)
  static class Hidden extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return chain(http, tokens -> tokens.bearer(BearerAuthenticator.Builder::hideExistence));
    }
  }

  @Test
  void the_bearer_check_of_a_chain_can_be_changed() throws Exception {
    try (var server = Server.start(Hidden.class)) {
      assertThat(server.get("/who").statusCode()).isEqualTo(404);
      assertThat(server.post("/change").statusCode()).isEqualTo(404);
      assertThat(server.get("/public", "Bearer cf_unknown").statusCode()).isEqualTo(404);
      assertThat(server.get("/who", server.tokenWith()).body()).isEqualTo("ann");
    }
  }

  @Import(SecuredPages.class)
  static class WithRoutesBean extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.with(counterfoil(), withDefaults())
          .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
              new Http403ForbiddenEntryPoint(), request -> true))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    RouteScopes routes() {
      return RouteScopes.builder().scope("all", "GET /all").build();
    }
  }

  @Test
  void properties_and_a_bean_of_routes_apply_to_the_chain() throws Exception {
    try (var server = Server.start(
        WithRoutesBean.class,
        "counterfoil.realm=servers",
        "counterfoil.scopes[0].name=all",
        "counterfoil.scopes[1].name=known")) {
      HttpResponse<String> missing = server.get("/all");
      assertThat(missing.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"servers\"");
      assertThat(server.get("/who", server.tokenWith()).statusCode()).isEqualTo(403);
      assertThat(server.get("/all", server.tokenWith("*")).body())
          .contains("[SCOPE_*, SCOPE_all, SCOPE_known]");
    }
  }

  @Import(SecuredPages.class)
  static class OwnCheck extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return chain(http, tokens -> tokens.scopes("a"));
    }

    @Bean
    BearerAuthenticator own(TokenManager tokens) {
      return BearerAuthenticator.builder(tokens).realm("own").scope("all").build();
    }
  }

  @Test
  void a_check_of_the_application_is_used_as_it_is() throws Exception {
    try (var server = Server.start(OwnCheck.class)) {
      HttpResponse<String> missing = server.get("/public");
      assertThat(missing.statusCode()).isEqualTo(401);
      assertThat(missing.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"own\"");
      assertThat(server.get("/who", server.tokenWith("other")).statusCode()).isEqualTo(403);
      assertThat(server.get("/all", server.tokenWith("*")).body()).contains("[SCOPE_*, SCOPE_a]");
    }
  }

  @Import(SecuredPages.class)
  static class OwnCheckAndRoutes extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return chain(http, tokens -> tokens.routes(RouteScopes.builder().build()));
    }

    @Bean
    BearerAuthenticator own(TokenManager tokens) {
      return BearerAuthenticator.builder(tokens).build();
    }
  }

  @Import(SecuredPages.class)
  static class OwnCheckAndChanges extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return chain(http, tokens -> tokens.bearer(check -> check.realm("x")));
    }

    @Bean
    BearerAuthenticator own(TokenManager tokens) {
      return BearerAuthenticator.builder(tokens).build();
    }
  }

  @Test
  void the_start_fails_if_settings_would_replace_a_check_of_the_application() {
    for (Class<?> application :
        new Class<?>[] {OwnCheckAndRoutes.class, OwnCheckAndChanges.class}) {
      assertThatThrownBy(() -> Server.start(application))
          .rootCause()
          .isInstanceOf(InvalidSettingException.class)
          .hasMessage("counterfoil() has routes(…) or bearer(…), but the application has a bean of"
              + " type BearerAuthenticator, which is used as it is (expected: one of them)");
    }
  }

  @Import(SecuredPages.class)
  static class Plain extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return chain(http, withDefaults());
    }
  }

  @Test
  void the_start_fails_without_a_manager() {
    assertThatThrownBy(() -> Server.start(Plain.class, "counterfoil.enabled=false"))
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "A filter chain uses counterfoil(), and there is no bean of type TokenManager.");
  }

  static class OwnManager extends Plain {
    @Bean
    TokenManager own() {
      return TokenManager.builder(new InMemoryTokenStore()).build();
    }
  }

  @Test
  void a_manager_of_the_application_is_sufficient() throws Exception {
    try (var server = Server.start(OwnManager.class, "counterfoil.enabled=false")) {
      assertThat(server.get("/who", server.tokenWith()).body()).isEqualTo("ann");
      assertThat(server.get("/who").statusCode()).isEqualTo(401);
    }
  }

  /** A login of the application's own code. */
  @RestController
  static class OwnLogin {
    @GetMapping("/who")
    String who(Authentication authentication) {
      return authentication.getName();
    }

    @GetMapping("/public")
    void login(HttpServletRequest request, HttpServletResponse response) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated("user", "", List.of()));
      new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }
  }

  @Import(OwnLogin.class)
  static class WithoutPolicy extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return chain(http, withDefaults());
    }
  }

  @Import(OwnLogin.class)
  static class WithPolicy extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      http.sessionManagement(
          sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED));
      return chain(http, withDefaults());
    }
  }

  @Import(OwnLogin.class)
  static class WithRepository extends Base {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      http.securityContext(contexts ->
          contexts.securityContextRepository(new HttpSessionSecurityContextRepository()));
      return chain(http, withDefaults());
    }
  }

  @Test
  void sessions_count_only_if_the_application_says_so() throws Exception {
    assertThat(withSession(WithoutPolicy.class).statusCode()).isEqualTo(401);
    assertThat(withSession(WithPolicy.class).body()).isEqualTo("user");
    assertThat(withSession(WithRepository.class).body()).isEqualTo("user");
  }

  private static HttpResponse<String> withSession(Class<?> application) throws Exception {
    try (var server = Server.start(application)) {
      String cookie = server.get("/public").headers().firstValue("Set-Cookie").orElseThrow();
      return server.send(
          server.request("/who").header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
    }
  }

  @Test
  void virtual_threads_serve_requests_with_tokens() throws Exception {
    boolean hasThem = Runtime.version().feature() >= 21;
    try (var server = Server.start(Plain.class, "spring.threads.virtual.enabled=" + hasThem)) {
      HttpResponse<String> thread = server.get("/thread", server.tokenWith());
      assertThat(thread.body()).startsWith("ann on ");
      assertThat(thread.body().contains("VirtualThread")).isEqualTo(hasThem);
      assertThat(server.get("/callable", server.tokenWith()).body()).isEqualTo("ann");
    }
  }
}

package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.config.Customizer.withDefaults;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** Chains do not share settings, and one chain has the configurer at most once. */
class ChainSettingsTest {
  private static final String FOREIGN = "Bearer eyJhbGciOiJub25lIn0.e30.";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(SecuredPages.class)
  static class TwoChecks {
    @Bean
    @Order(1)
    SecurityFilterChain open(HttpSecurity http) throws Exception {
      return http.securityMatcher("/public/**")
          .with(
              counterfoil(),
              tokens -> tokens.bearer(check -> check.passForeignBearer().realm("open")))
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain strict(HttpSecurity http) throws Exception {
      return http.with(counterfoil(), withDefaults())
          .authorizeHttpRequests(requests -> requests
              .requestMatchers("/servers")
              .hasAnyAuthority("ROLE_admin", "SCOPE_servers")
              .anyRequest()
              .permitAll())
          .build();
    }
  }

  static class OwnBuilder extends TwoChecks {
    @Bean
    @Scope("prototype")
    BearerAuthenticator.Builder own(TokenManager tokens) {
      return BearerAuthenticator.builder(tokens).realm("own");
    }
  }

  @Test
  void a_change_of_one_chain_does_not_change_another() throws Exception {
    assertRealm(TwoChecks.class, "api");
    assertRealm(OwnBuilder.class, "own");
  }

  private static void assertRealm(Class<?> application, String realm) throws Exception {
    try (var server = Server.start(application)) {
      assertThat(server.get("/public/who", FOREIGN).body()).isEqualTo("anonymousUser");
      assertThat(server.get("/public/who", "Bearer cf_unknown").headers().map().toString())
          .contains("realm=\"open\"");
      assertThat(server.get("/who", FOREIGN).headers().map().toString())
          .contains("realm=\"" + realm + '"');
    }
  }

  static class SharedBuilder extends TwoChecks {
    @Bean
    BearerAuthenticator.Builder own(TokenManager tokens) {
      return BearerAuthenticator.builder(tokens);
    }
  }

  @Test
  void the_start_fails_if_the_chains_would_share_a_builder() {
    assertStartFails(
        SharedBuilder.class,
        "The bean own of type BearerAuthenticator.Builder would be shared by all filter chains"
            + " (expected: a bean with @Scope(\"prototype\")).");
  }

  @Test
  void the_403_response_names_no_authority_that_is_not_a_scope() throws Exception {
    try (var server = Server.start(TwoChecks.class)) {
      assertThat(server.get("/servers", server.tokenWith()).headers().allValues("WWW-Authenticate"))
          .containsExactly("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"servers\"");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Twice {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.with(counterfoil(), withDefaults())
          .with(counterfoil(), tokens -> tokens.scopes("a"))
          .build();
    }
  }

  @Test
  void the_start_fails_if_a_chain_has_the_configurer_twice() {
    assertStartFails(
        Twice.class,
        "A filter chain uses counterfoil() twice, and the second one would replace the settings of"
            + " the first one (expected: once).");
  }

  private static void assertStartFails(Class<?> application, String message) {
    assertThatThrownBy(() -> Server.start(application))
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(SecuredPages.class)
  static class Disabled {
    @Bean
    @Order(1)
    SecurityFilterChain withoutLogin(HttpSecurity http) throws Exception {
      return http.securityMatcher("/servers", "/change")
          .with(counterfoil(), AbstractHttpConfigurer::disable)
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain withForm(HttpSecurity http) throws Exception {
      return http.with(counterfoil(), AbstractHttpConfigurer::disable)
          .formLogin(withDefaults())
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }

    @Bean
    UserDetailsService oneUser() {
      return new FormLoginApplication().users();
    }
  }

  @Test
  void a_chain_whose_configurer_is_disabled_uses_the_responses_of_spring_security()
      throws Exception {
    try (var server = Server.start(Disabled.class)) {
      for (String[] authorization : new String[][] {{}, {server.tokenWith()}, {FOREIGN}}) {
        assertThat(server.get("/servers", authorization).statusCode()).isEqualTo(403);
        assertThat(server.post("/change", authorization).statusCode()).isEqualTo(403);
        var page = server.request("/who", authorization).header("Accept", "text/html");
        assertThat(server.send(page).statusCode()).isEqualTo(302);
      }
      assertThat(Browser.login(server).get("/who").body()).isEqualTo("user");
    }
  }
}

package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** The user that Spring Boot creates, with a password in the log, if it finds no other users. */
class GeneratedUserTest {
  private static final Class<?> GENERATED_USER = Contexts.present(
      "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration");

  private static final Class<?> PROPERTIES_OF_THE_USER = Contexts.present(
      "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration");

  private final WebApplicationContextRunner application = new WebApplicationContextRunner()
      .withConfiguration(AutoConfigurations.of(
          Contexts.DATA_SOURCE,
          CounterfoilAutoConfiguration.class,
          CounterfoilSecurityAutoConfiguration.class,
          PROPERTIES_OF_THE_USER,
          GENERATED_USER))
      .withUserConfiguration(WebSecurity.class)
      .withClassLoader(new FilteredClassLoader(OpaqueTokenIntrospector.class)) // it has no users
      .withPropertyValues("spring.datasource.url=" + Contexts.newDatabase());

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class WebSecurity {}

  @Test
  void it_does_not_exist_in_an_application_with_tokens() {
    application.run(context -> assertThat(context)
        .doesNotHaveBean(UserDetailsService.class)
        .doesNotHaveBean(AuthenticationProvider.class)
        .hasSingleBean(AuthenticationManagerResolver.class));
  }

  @Test
  void it_exists_without_tokens() {
    application
        .withPropertyValues("counterfoil.enabled=false")
        .run(context -> assertThat(context)
            .hasSingleBean(UserDetailsService.class)
            .doesNotHaveBean(AuthenticationManagerResolver.class));
  }

  @Test
  void a_user_in_the_properties_exists() {
    application
        .withPropertyValues("spring.security.user.password=secret")
        .run(context -> assertThat(context)
            .hasSingleBean(UserDetailsService.class)
            .doesNotHaveBean(AuthenticationManagerResolver.class));
  }

  @Test
  void nothing_is_added_to_users_of_the_application() {
    UserDetailsService users = new FormLoginApplication().users();
    application
        .withBean("own", UserDetailsService.class, () -> users)
        .run(context -> assertThat(context)
            .doesNotHaveBean(AuthenticationManagerResolver.class)
            .getBean(UserDetailsService.class)
            .isSameAs(users));
  }

  /** Its users are not beans. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(SecuredPages.class)
  static class BasicApplication {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      var provider = new DaoAuthenticationProvider(new FormLoginApplication().users());
      return http.with(counterfoil(), withDefaults())
          .httpBasic(withDefaults())
          .authenticationProvider(provider)
          .authorizeHttpRequests(requests -> requests
              .dispatcherTypeMatchers(DispatcherType.ERROR)
              .permitAll()
              .anyRequest()
              .authenticated())
          .build();
    }
  }

  @Test
  void users_of_one_chain_can_log_in() throws Exception {
    try (var server = Server.start(BasicApplication.class)) {
      String user = "Basic dXNlcjpwYXNzd29yZA=="; // user:password
      assertThat(server.get("/who", user).body()).isEqualTo("user");
      assertThat(server.get("/who", "Basic dXNlcjp1c2Vy").statusCode()).isEqualTo(401);
      assertThat(server.post("/change", user).statusCode()).isEqualTo(403); // CSRF protection
      assertThat(server.get("/who", server.tokenWith()).body()).isEqualTo("ann");
    }
  }
}

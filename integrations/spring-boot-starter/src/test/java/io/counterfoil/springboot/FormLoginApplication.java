package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.springframework.security.config.Customizer.withDefaults;

import io.counterfoil.http.BearerAuthenticator;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application with a login form and tokens in one chain. The limit of sessions adds the filter of Spring Security that takes each
 * new authentication for a login.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SecuredPages.class, SessionCount.class})
class FormLoginApplication {
  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.formLogin(withDefaults())
        .sessionManagement(sessions -> sessions.maximumSessions(5))
        .with(
            counterfoil(), tokens -> tokens.bearer(BearerAuthenticator.Builder::passForeignBearer))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("user").password("{noop}password").authorities("A").build());
  }
}

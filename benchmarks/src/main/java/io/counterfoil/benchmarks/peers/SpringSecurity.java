package io.counterfoil.benchmarks.peers;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** The chain of filters that Spring Security makes for opaque tokens, as a stateless API has it. */
public final class SpringSecurity {
  private SpringSecurity() {}

  /** Returns the chain, as one filter. */
  public static Filter chain(Names names) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(
        OpaqueTokenIntrospector.class, () -> (token) -> principal(names.of(token)));
    context.register(Settings.class);
    context.refresh();
    return context.getBean("springSecurityFilterChain", Filter.class);
  }

  private static OAuth2AuthenticatedPrincipal principal(@Nullable String name) {
    if (name == null) {
      throw new BadOpaqueTokenException("unknown");
    }
    return new DefaultOAuth2AuthenticatedPrincipal(name, Map.of("sub", name), List.of());
  }

  /** What the manual of the resource server shows, without the session and the form that an API has not. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Settings {
    @Bean
    SecurityFilterChain filters(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
          .sessionManagement(
              session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .csrf(AbstractHttpConfigurer::disable)
          .build();
    }
  }
}

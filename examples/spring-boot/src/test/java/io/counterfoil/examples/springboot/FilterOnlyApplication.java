package io.counterfoil.examples.springboot;

import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A Spring Boot application without Spring Security that uses the filter of the library. It has no {@code @Configuration},
 * so that the component scan of the example does not find it.
 */
@EnableAutoConfiguration
class FilterOnlyApplication {
  static final String SECRET = "text of an internal error";

  static RunningApplication start() {
    // Auto-configurations of Spring Boot 4, then of Spring Boot 3.
    return RunningApplication.start(
        FilterOnlyApplication.class,
        "",
        "--spring.autoconfigure.exclude="
            + "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
            + "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration,"
            + "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration,"
            + "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration");
  }

  @Bean
  @DependsOnDatabaseInitialization // Flyway or Liquibase
  TokenManager tokens(DataSource dataSource) {
    JdbcTokenStore.createSchema(dataSource);
    return TokenManager.builder(new JdbcTokenStore(dataSource)).build();
  }

  @Bean
  FilterRegistrationBean<BearerFilter> bearerFilter(TokenManager tokens) {
    var bearer = BearerAuthenticator.builder(tokens).build();
    var filter = new FilterRegistrationBean<>(new BearerFilter(bearer));
    filter.addUrlPatterns("/api/*");
    filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return filter;
  }

  @Bean
  RouterFunction<ServerResponse> pages() {
    return RouterFunctions.route()
        .GET("/api/hello", request -> ServerResponse.ok().body("Hello " + name(request)))
        .GET(
            "/api/later",
            request -> ServerResponse.async(CompletableFuture.supplyAsync(
                () -> ServerResponse.ok().body("Later " + name(request)))))
        .GET("/api/failing", request -> {
          throw new IllegalStateException(SECRET);
        })
        .GET("/open", request -> {
          var servletRequest = request.servletRequest();
          return ServerResponse.ok().build((ignored, response) -> {
            servletRequest.getRequestDispatcher("/api/hello").forward(servletRequest, response);
            return null;
          });
        })
        .build();
  }

  private static String name(ServerRequest request) {
    return ((Verdict.Accepted) request.attribute(BearerFilter.ACCEPTED).orElseThrow())
        .token()
        .userName();
  }
}

package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Settings and beans of an application without Spring Security, over HTTP. */
class ServerSettingsNoSecurityTest {
  private static final String FILTER = "counterfoil.filter.url-patterns=/api/*";

  @Test
  void lazy_initialization_leaves_no_path_unguarded() throws Exception {
    try (Server server =
        Server.start(HelloApplication.class, FILTER, "spring.main.lazy-initialization=true")) {
      assertThat(server.get("/api/hello").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/hello", server.tokenWith()).body()).isEqualTo("Hello ann");
    }
  }

  @Test
  void the_pattern_of_all_paths_guards_error_pages_too() throws Exception {
    try (Server server =
        Server.start(HelloApplication.class, "counterfoil.filter.url-patterns=/*")) {
      for (String path : List.of("/", "/open", "/nothing", "/error")) {
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(401);
      }
      String token = server.tokenWith();
      assertThat(server.get("/open", token).body()).isEqualTo("Open");
      assertThat(server.get("/nothing", token).statusCode()).isEqualTo(404);
      HttpResponse<String> failed = server.get("/open/failing", token);
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).contains("/open/failing");
    }
  }

  @Test
  void without_patterns_there_is_no_filter() throws Exception {
    try (Server server = Server.start(HelloApplication.class)) {
      assertThat(server.get("/api/hello").body()).isEqualTo("Hello nobody");
    }
  }

  @Test
  void a_trusted_proxy_reports_the_address_of_the_client() throws Exception {
    try (Server server = Server.start(
        HelloApplication.class,
        FILTER,
        "counterfoil.trusted-proxies=127.0.0.0/8",
        "counterfoil.throttle.rejections=2")) {
      String token = tokenFor(server, "192.0.2.0/24");
      assertThat(server.getAs("192.0.2.7", "/api/hello", token).statusCode()).isEqualTo(200);
      assertThat(server.getAs("198.51.100.7", "/api/hello", token).statusCode()).isEqualTo(401);
      assertThat(server.getAs("198.51.100.7", "/api/hello", token).statusCode()).isEqualTo(401);
      assertThat(server.getAs("198.51.100.7", "/api/hello", "Bearer cf_x").statusCode())
          .isEqualTo(429);
      assertThat(server.getAs("192.0.2.7", "/api/hello", token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void no_proxy_is_trusted_by_default() throws Exception {
    try (Server server = Server.start(HelloApplication.class, FILTER)) {
      String token = tokenFor(server, "192.0.2.0/24");
      assertThat(server.getAs("192.0.2.7", "/api/hello", token).statusCode()).isEqualTo(401);
    }
  }

  private static String tokenFor(Server server, String addresses) {
    NewToken bound = NewToken.named("bound").owner("ann").allowedAddresses(addresses);
    return "Bearer " + server.bean(TokenManager.class).create(bound).reveal();
  }

  @EnableAutoConfiguration
  @Import(HelloApplication.class)
  static class WithRoutes {
    @Bean
    RouteScopes routes() {
      return RouteScopes.builder().scope("hello", "GET /api/hello").build();
    }
  }

  @Test
  void routes_of_a_bean_need_their_scopes() throws Exception {
    try (Server server = Server.start(WithRoutes.class, FILTER)) {
      String token = server.tokenWith("hello");
      assertThat(server.get("/api/hello", token).body()).isEqualTo("Hello ann");
      assertThat(server.get("/api/hello", server.tokenWith("other")).statusCode())
          .isEqualTo(403);
      assertThat(server.get("/api/later", token).statusCode()).isEqualTo(403);
    }
  }

  @EnableAutoConfiguration
  @Import(HelloApplication.class)
  static class WithOwnCheck {
    @Bean
    BearerAuthenticator own(BearerAuthenticator.Builder builder) {
      return builder.hideExistence().build();
    }
  }

  @Test
  void the_filter_uses_the_check_of_the_application() throws Exception {
    try (Server server = Server.start(WithOwnCheck.class, FILTER)) {
      assertThat(server.get("/api/hello").statusCode()).isEqualTo(404);
      assertThat(server.get("/api/hello", server.tokenWith()).body()).isEqualTo("Hello ann");
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with Java 21")
  void requests_run_on_virtual_threads() throws Exception {
    try (Server server =
        Server.start(HelloApplication.class, FILTER, "spring.threads.virtual.enabled=true")) {
      assertThat(server.get("/api/thread").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/thread", server.tokenWith()).body()).contains("VirtualThread");
    }
  }

  @Test
  void an_application_without_a_server_has_a_manager() {
    try (Server none =
        Server.start(HelloApplication.class, FILTER, "spring.main.web-application-type=none")) {
      assertThat(none.tokenWith()).startsWith("Bearer cf_");
      assertThat(none.context().containsBean("counterfoilFilter")).isFalse();
    }
  }
}

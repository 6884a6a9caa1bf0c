package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.ManagementPolicy;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The management API and the page below a context path, over HTTP. Spring Security is not on the class path. */
class ManagementNoSecurityTest {
  private static Server server;

  @EnableAutoConfiguration
  static class Application {
    @Bean
    ManagementPolicy policy() {
      return ManagementPolicy.tokensWith("tokens");
    }
  }

  @BeforeAll
  static void start() {
    server = Server.start(
        Application.class,
        "server.servlet.context-path=/app",
        "counterfoil.management.path=/manage/tokens",
        "counterfoil.management.self-service=read",
        "counterfoil.page.path=/tokens");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tokens_are_managed_at_a_path_outside_the_patterns_of_the_filter() throws Exception {
    String admin = server.tokenWith("tokens");
    HttpResponse<String> created =
        server.postJson("/app/manage/tokens/create", "{\"name\":\"new\"}", admin);
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().map()).doesNotContainKey("set-cookie");
    assertThat(created.body()).contains("\"token\":\"cf_");
    assertThat(server.get("/app/manage/tokens", admin).body())
        .contains("\"name\":\"new\"")
        .doesNotContain("cf_");
  }

  @Test
  void the_policy_decides() throws Exception {
    for (String path : List.of("/app/manage/tokens", "/app/manage/tokens/self")) {
      assertThat(server.get(path).statusCode()).isEqualTo(401);
    }
    String plain = server.tokenWith("other");
    assertThat(server.get("/app/manage/tokens", plain).statusCode()).isEqualTo(403);
    assertThat(server.get("/app/manage/tokens/self", plain).statusCode()).isEqualTo(200);
  }

  @Test
  void the_page_is_open_and_calls_the_api() throws Exception {
    HttpResponse<String> moved = server.get("/app/tokens");
    assertThat(moved.statusCode()).isEqualTo(308);
    assertThat(moved.headers().firstValue("Location")).contains("/app/tokens/");
    HttpResponse<String> page = server.get("/app/tokens/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().map()).doesNotContainKey("set-cookie");
    assertThat(page.body()).contains("\"/app/manage/tokens\"");
    assertThat(server.get("/app/tokens/page.js").statusCode()).isEqualTo(200);
  }

  @Test
  void a_filter_on_the_path_of_the_api_changes_nothing() throws Exception {
    try (Server both = Server.start(
        Application.class,
        "counterfoil.filter.url-patterns=/api/*",
        "counterfoil.management.path=/api/tokens")) {
      assertThat(both.get("/api/tokens").statusCode()).isEqualTo(401);
      assertThat(both.get("/api/tokens", both.tokenWith("tokens")).statusCode()).isEqualTo(200);
    }
  }
}

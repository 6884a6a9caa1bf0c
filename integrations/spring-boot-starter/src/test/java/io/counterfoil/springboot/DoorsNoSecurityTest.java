package io.counterfoil.springboot;

import static io.counterfoil.springboot.Contexts.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.ManagementPolicy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The properties for tokens in other places, for CORS and for TLS, over HTTP. Spring Security is not on the class path. */
class DoorsNoSecurityTest {
  private static final String ORIGIN = "https://app.example";

  private static Server server;
  private static String plaintext;

  /** A controller that other origins may call. It would also answer a preflight itself. */
  @RestController
  static class Shared {
    static final AtomicInteger RUNS = new AtomicInteger();

    @CrossOrigin(origins = ORIGIN)
    @RequestMapping(
        path = "/api/shared",
        method = {RequestMethod.GET, RequestMethod.POST, RequestMethod.OPTIONS})
    String shared() {
      RUNS.incrementAndGet();
      return "Shared";
    }
  }

  @Import(Shared.class)
  static class Application extends HelloApplication {
    @Bean
    ManagementPolicy policy() {
      return ManagementPolicy.anyToken();
    }
  }

  @BeforeAll
  static void start() {
    server = Server.start(
        Application.class,
        "counterfoil.filter.url-patterns=/api/*",
        "counterfoil.filter.cors=true",
        "counterfoil.management.path=/tokens",
        "counterfoil.credentials.headers=X-API-Key,X-Token",
        "counterfoil.credentials.schemes=Token",
        "counterfoil.credentials.basic-password=true",
        "counterfoil.credentials.basic-user=__token__");
    plaintext = server.tokenWith().substring("Bearer ".length());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_token_is_accepted_at_each_open_door() throws Exception {
    for (String[] header : new String[][] {
      {"X-API-Key", plaintext},
      {"x-token", plaintext},
      {"Authorization", "Token " + plaintext},
      {"Authorization", basic("__token__:" + plaintext)}
    }) {
      HttpResponse<String> hello = server.send(server.request("/api/hello").headers(header));
      assertThat(hello.body()).as(header[0]).isEqualTo("Hello ann");
    }
    assertThat(server
            .get("/api/hello", basic("ann:" + plaintext))
            .headers()
            .allValues("WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"api\", error=\"invalid_token\"",
            "Token realm=\"api\"",
            "Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(server.get("/api/hello").headers().allValues("WWW-Authenticate"))
        .containsExactly("Basic realm=\"api\", charset=\"UTF-8\"");
  }

  @Test // E11
  void the_management_api_refuses_basic_unless_a_property_accepts_it() throws Exception {
    assertThat(server.get("/tokens", basic("__token__:" + plaintext)).statusCode())
        .isEqualTo(403);
    try (var accepting = Server.start(
        Application.class,
        "counterfoil.management.path=/tokens",
        "counterfoil.management.accept-basic=true",
        "counterfoil.credentials.basic-password=true")) {
      String token = accepting.tokenWith().substring("Bearer ".length());
      assertThat(accepting.get("/tokens", basic(":" + token)).statusCode()).isEqualTo(200);
      assertThat(accepting.post("/tokens/delete/1", basic(":" + token)).statusCode())
          .isEqualTo(415);
    }
  }

  @Test // D5, E12: @CrossOrigin behind the filter
  void a_preflight_gets_the_rules_of_the_controller_and_never_runs_it() throws Exception {
    Shared.RUNS.set(0);
    HttpResponse<String> allowed = server.send(preflight("/api/shared", ORIGIN));
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().allValues("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
    assertThat(allowed.headers().allValues("Access-Control-Allow-Headers"))
        .containsExactly("authorization");
    assertThat(server.send(preflight("/api/shared", "https://evil.example")).statusCode())
        .isEqualTo(403);
    assertThat(server.send(preflight("/api/hello", ORIGIN)).statusCode()).isEqualTo(403);
    HttpRequest.Builder noPreflight =
        server.request("/api/shared").method("OPTIONS", HttpRequest.BodyPublishers.noBody());
    assertThat(server.send(noPreflight).statusCode()).isEqualTo(401);
    assertThat(Shared.RUNS).hasValue(0);
  }

  @Test
  void a_script_can_read_the_page_and_the_refusal() throws Exception {
    for (String credential : List.of("Bearer " + plaintext, "Bearer no")) {
      HttpResponse<String> response =
          server.send(server.request("/api/shared", credential).header("Origin", ORIGIN));
      assertThat(response.statusCode()).isEqualTo(credential.endsWith("no") ? 401 : 200);
      assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
          .containsExactly(ORIGIN);
    }
    assertThat(server
            .send(server
                .request("/api/shared", "Bearer " + plaintext)
                .header("Origin", "https://evil.example"))
            .statusCode())
        .isEqualTo(403);
  }

  @Test // M7
  void cleartext_is_refused_except_on_this_machine() throws Exception {
    try (var strict = Server.start(
        Application.class,
        "counterfoil.filter.url-patterns=/api/*",
        "counterfoil.refuse-cleartext=true")) {
      String token = strict.tokenWith();
      assertThat(strict.get("/api/hello", token).statusCode()).isEqualTo(200);
      assertThat(strict.getAs("192.0.2.1", "/api/hello", token).statusCode()).isEqualTo(403);
    }
    try (var proxied = Server.start(
        Application.class,
        "counterfoil.filter.url-patterns=/api/*",
        "counterfoil.trusted-proxies=127.0.0.1",
        "counterfoil.refuse-cleartext=true")) {
      String token = proxied.tokenWith();
      assertThat(proxied.get("/api/hello", token).statusCode()).isEqualTo(403);
      assertThat(proxied
              .send(proxied.request("/api/hello", token).header("X-Forwarded-Proto", "https"))
              .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void wrong_values_fail_the_start() {
    var application = Contexts.servletApplication();
    assertFails(
        application.withPropertyValues("counterfoil.credentials.headers=Cookie"),
        "counterfoil.credentials.headers");
    assertFails(
        application.withPropertyValues("counterfoil.credentials.schemes=Basic"),
        "counterfoil.credentials.schemes");
    assertFails(
        application.withPropertyValues(
            "counterfoil.credentials.basic-password=true",
            "counterfoil.credentials.basic-user=a:b"),
        "counterfoil.credentials.basic-user");
    assertFails(
        application.withPropertyValues("counterfoil.credentials.basic-user=ann"),
        "there are no Basic credentials");
    assertFails(
        application.withPropertyValues(
            "counterfoil.filter.url-patterns=/api/*", "counterfoil.filter.cors=true"),
        "true needs the CORS rules of the application, and there are 0 beans with rules");
  }

  private static HttpRequest.Builder preflight(String path, String origin) {
    return server
        .request(path)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "authorization")
        .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}

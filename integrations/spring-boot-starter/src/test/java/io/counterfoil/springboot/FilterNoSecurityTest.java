package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The filter of {@code counterfoil.filter.url-patterns}, over HTTP. Spring Security is not on the class path. */
class FilterNoSecurityTest {
  private static final String CHALLENGE = "Bearer realm=\"api\"";

  private static Server server;
  private static String token;

  @BeforeAll
  static void start() {
    server = Server.start(
        HelloApplication.class,
        "counterfoil.filter.url-patterns=/api/*",
        "counterfoil.filter.scope=hello");
    token = server.tokenWith("hello");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_token_is_accepted() throws Exception {
    HttpResponse<String> hello = server.get("/api/hello", token);
    assertThat(hello.statusCode()).isEqualTo(200);
    assertThat(hello.body()).isEqualTo("Hello ann");
    assertThat(hello.headers().map()).doesNotContainKey("set-cookie");
    assertThat(server.get("/open").body()).isEqualTo("Open");
  }

  @Test
  void a_request_without_a_token_is_rejected_even_if_it_is_forwarded() throws Exception {
    for (String path : List.of("/api/hello", "/api/nothing", "/api", "/open/forward")) {
      assertRejected(server.get(path), 401, CHALLENGE, "a valid API token is needed");
      assertRejected(
          server.get(path, "Bearer cf_unknown"),
          401,
          CHALLENGE + ", error=\"invalid_token\"",
          "a valid API token is needed");
      assertRejected(
          server.get(path, token, token),
          400,
          CHALLENGE + ", error=\"invalid_request\"",
          "the Authorization field may be sent once only");
    }
    assertThat(server.get("/open/forward", token).body()).isEqualTo("Hello ann");
  }

  @Test
  void a_token_without_the_scope_is_403() throws Exception {
    assertRejected(
        server.get("/api/hello", server.tokenWith("other")),
        403,
        CHALLENGE + ", error=\"insufficient_scope\", scope=\"hello\"",
        "the token lacks the scope that is needed here: hello");
  }

  @Test
  void a_failing_store_is_503_and_never_401() throws Exception {
    JdbcTemplate database = new JdbcTemplate(server.bean(DataSource.class));
    database.execute("ALTER TABLE counterfoil_tokens RENAME TO away");
    HttpResponse<String> failed = server.get("/api/hello", token);
    database.execute("ALTER TABLE away RENAME TO counterfoil_tokens");

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.headers().allValues("Retry-After")).containsExactly("5");
    assertThat(failed.headers().map()).doesNotContainKeys("www-authenticate", "set-cookie");
    assertThat(failed.body()).startsWith("{\"success\":false,\"msg\":\"");
    assertThat(server.get("/api/hello", token).statusCode()).isEqualTo(200);
  }

  @Test
  void no_other_way_to_write_the_path_leads_around_the_filter() throws Exception {
    for (String path : Spellings.OF_HELLO) {
      assertThat(
              server.sendRaw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .as(path)
          .containsPattern("^HTTP/1.1 40[014] ")
          .doesNotContain("Hello");
    }
  }

  @Test
  void an_asynchronous_response_is_sent() throws Exception {
    HttpResponse<String> later = server.get("/api/later", token);
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(later.body()).isEqualTo("Later ann");
    assertRejected(server.get("/api/later"), 401, CHALLENGE, "a valid API token is needed");
  }

  @Test
  void an_exception_of_the_application_is_500_without_its_message() throws Exception {
    for (HttpResponse<String> failed :
        List.of(server.get("/api/failing", token), server.get("/open/failing"))) {
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body())
          .contains("/failing")
          .doesNotContain(HelloApplication.SECRET, "Exception", "io.counterfoil");
    }
    assertThat(server.get("/api/nothing", token).statusCode()).isEqualTo(404);
    assertThat(server.get("/nothing").statusCode()).isEqualTo(404);
  }

  private static void assertRejected(
      HttpResponse<String> response, int status, String challenge, String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().map()).doesNotContainKey("set-cookie");
    assertThat(response.body()).isEqualTo("{\"success\":false,\"msg\":\"" + message + "\"}");
  }
}

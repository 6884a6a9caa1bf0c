package io.counterfoil.examples.springsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.userdetails.UserDetailsService;

/** The example over real HTTP: one thread serves all requests, so that what one left behind the next would find. */
class SpringSecurityExampleTest {
  private static final String UNKNOWN = "Bearer cf_unknown";
  private static final List<String> PATHS =
      List.of("/public", "/api/hello", "/api/servers", "/api/tokens", "/api/nothing", "/error");

  private static Running server;

  private HttpResponse<String> answer;

  @BeforeAll
  static void start() {
    server = Running.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void no_session_was_made() {
    assertThat(server.bean(Pages.Sessions.class).created).hasValue(0);
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void who_has_no_token_is_asked_for_one() throws Exception {
    for (String path : PATHS.subList(1, PATHS.size())) {
      answer = server.get(path);
      assertRefused(401, "Bearer realm=\"api\"", "a valid API token is needed");
      answer = server.get(path, "Basic YTpi");
      assertRefused(401, "Bearer realm=\"api\"", "a valid API token is needed");
    }
    answer = server.get("/public");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void a_token_that_is_no_good_is_refused_on_public_pages_too() throws Exception {
    for (String path : PATHS) {
      answer = server.get(path, UNKNOWN);
      assertRefused(
          401, "Bearer realm=\"api\", error=\"invalid_token\"", "a valid API token is needed");
    }
  }

  @Test
  void the_first_of_two_fields_is_not_taken() throws Exception {
    for (String path : PATHS) {
      answer = server.get(path, server.tokenWith(), UNKNOWN);
      assertRefused(
          400,
          "Bearer realm=\"api\", error=\"invalid_request\"",
          "the Authorization field may be sent once only");
    }
  }

  @Test
  void a_scope_is_an_authority() throws Exception {
    String reader = server.tokenWith("servers:read");
    answer = server.get("/api/servers", reader);
    assertThat(answer.body()).isEqualTo("One server\n");

    answer = server.post("/api/servers/restart", reader);
    assertRefused(
        403,
        "Bearer realm=\"api\", error=\"insufficient_scope\"",
        "the token lacks the scope that is needed here");
    answer = server.post("/api/servers/restart", server.tokenWith("servers:write"));
    assertThat(answer.body()).isEqualTo("Restarted\n");
  }

  @Test
  void whose_token_lacks_a_scope_is_told_which_where_spring_knows() throws Exception {
    answer = server.get("/api/servers", server.tokenWith("servers:write"));
    assertRefused(
        403,
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"servers:read\"",
        "the token lacks the scope that is needed here");
  }

  @Test
  void a_token_without_scopes_has_each_that_the_application_names() throws Exception {
    String unrestricted = server.tokenWith();
    answer = server.get("/api/servers", unrestricted);
    assertThat(answer.statusCode()).isEqualTo(200);
    answer = server.post("/api/servers/restart", unrestricted);
    assertThat(answer.statusCode()).isEqualTo(200);
    Map<String, String> named = Map.of(
        "/api/admin", "",
        "/api/forgotten", ", scope=\"forgotten\"",
        "/api/half", "");
    for (String path : named.keySet()) {
      answer = server.get(path, unrestricted);
      assertRefused(
          403,
          "Bearer realm=\"api\", error=\"insufficient_scope\"" + named.get(path),
          "the token lacks the scope that is needed here");
    }
  }

  @Test
  void spring_knows_who_it_is_by_all_its_ways() throws Exception {
    String token = server.tokenWith("servers:read", "servers:write");
    String name = newest().name();
    answer = server.get("/api/all", token);
    assertThat(answer.body())
        .isEqualTo(String.join(
            ", ", name, name, name, name, "[SCOPE_servers:read, SCOPE_servers:write]", "", "null"));
    answer = server.get("/api/named/" + name, token);
    assertThat(answer.body()).isEqualTo("It is " + name);
    answer = server.get("/api/named/another", token);
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void those_that_may_manage_tokens_do() throws Exception {
    answer = server.get("/api/tokens", server.tokenWith("tokens"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"name\":\"bootstrap\"").doesNotContain("cf_");
    answer = server.get("/api/tokens", server.tokenWith("servers:read"));
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void a_failing_store_is_503_and_never_401() throws Exception {
    String token = server.tokenWith();
    JdbcTemplate database = new JdbcTemplate(server.bean(DataSource.class));
    database.execute("ALTER TABLE counterfoil_tokens RENAME TO away");
    answer = server.get("/api/hello", token);
    database.execute("ALTER TABLE away RENAME TO counterfoil_tokens");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().allValues("Retry-After")).containsExactly("5");
    assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
    answer = server.get("/api/hello", token);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void asynchronous_pages_know_who_asks() throws Exception {
    String token = server.tokenWith();
    String name = newest().name();
    answer = server.get("/api/callable", token);
    assertThat(answer.body()).isEqualTo(name);
    answer = server.get("/api/deferred", token);
    assertThat(answer.body()).isEqualTo("Later");
  }

  @Test
  void what_the_application_throws_is_500_in_nobodys_words() throws Exception {
    String token = server.tokenWith();
    for (String path :
        List.of("/api/failing", "/api/failing-deferred", "/api/failing-authentication")) {
      answer = server.get(path, token);
      assertThat(answer.statusCode()).as(path).isEqualTo(500);
      assertThat(answer.body()).contains(path).doesNotContain(Pages.SECRET, "Exception");
    }
    answer = server.get("/api/teapot", token);
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.body()).doesNotContain(Pages.SECRET);
    answer = server.get("/api/nothing", token);
    assertThat(answer.statusCode()).isEqualTo(404);
    answer = server.get("/error", token);
    assertThat(answer.statusCode()).isEqualTo(500);
  }

  @Test
  void what_a_public_page_throws_is_500_for_strangers_too() throws Exception {
    answer = server.get("/public/failing");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain(Pages.SECRET);
  }

  @Test
  void nobody_is_who_asked_before_on_the_same_connection() throws Exception {
    String token = server.tokenWith();
    answer = server.get("/api/who", token);
    String known = answer.body();
    assertThat(known).startsWith("token-");
    String connection = known.substring(known.indexOf(" on "));
    for (int i = 0; i < 50; i++) {
      answer = server.get("/public/who");
      assertThat(answer.body()).isEqualTo("anonymousUser" + connection);
      answer = server.get("/api/who");
      assertThat(answer.statusCode()).isEqualTo(401);
      answer = server.get("/api/who", token);
      assertThat(answer.body()).isEqualTo(known);
    }
  }

  @Test
  void a_token_that_was_disabled_is_refused_at_the_next_request() throws Exception {
    String token = server.tokenWith();
    answer = server.get("/api/hello", token);
    assertThat(answer.statusCode()).isEqualTo(200);
    server.bean(TokenManager.class).disable(newest().id());
    answer = server.get("/api/hello", token);
    assertRefused(
        401, "Bearer realm=\"api\", error=\"invalid_token\"", "a valid API token is needed");
  }

  @Test
  void there_is_no_user_with_a_password() throws Exception {
    assertThat(server.context().getBeansOfType(UserDetailsService.class)).isEmpty();
    answer = server.post("/login");
    assertThat(answer.statusCode()).isEqualTo(401);
    answer = server.post("/logout");
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  private static Token newest() {
    return server.bean(TokenManager.class).list().reduce((one, next) -> next).orElseThrow();
  }

  private void assertRefused(int status, String challenge, String message) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(answer.body()).isEqualTo("{\"success\":false,\"msg\":\"" + message + "\"}");
  }
}

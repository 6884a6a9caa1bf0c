package io.counterfoil.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.userdetails.UserDetailsService;

/** The access rules of the example, over HTTP. */
class SpringSecurityExampleTest {
  private static final String LACKS = "the token lacks the scope that is needed here%s"
      + " (a token that was created without scopes has none)";
  private static final String UNKNOWN = "Bearer cf_unknown";
  private static final List<String> PATHS =
      List.of("/public", "/api/hello", "/api/servers", "/api/tokens", "/api/nothing", "/error");

  private final RunningApplication server = RunningApplication.shared();

  private HttpResponse<String> response;

  @AfterEach
  void no_session_was_created() {
    assertThat(server.bean(Pages.Sessions.class).created).hasValue(0);
    assertThat(response.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void a_request_without_a_token_is_rejected() throws Exception {
    for (String path : PATHS.subList(1, PATHS.size())) {
      response = server.get(path);
      assertRejected(401, "Bearer realm=\"api\"", "a valid API token is needed");
      response = server.get(path, "Basic YTpi");
      assertRejected(401, "Bearer realm=\"api\"", "a valid API token is needed");
    }
    response = server.get("/public");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void an_unknown_token_is_rejected_on_public_pages_too() throws Exception {
    for (String path : PATHS) {
      response = server.get(path, UNKNOWN);
      assertRejected(
          401, "Bearer realm=\"api\", error=\"invalid_token\"", "a valid API token is needed");
    }
  }

  @Test
  void a_request_with_two_authorization_fields_is_rejected() throws Exception {
    for (String path : PATHS) {
      response = server.get(path, server.tokenWith(), UNKNOWN);
      assertRejected(
          400,
          "Bearer realm=\"api\", error=\"invalid_request\"",
          "the Authorization field may be sent once only");
    }
  }

  @Test
  void a_scope_is_an_authority() throws Exception {
    String reader = server.tokenWith("servers:read");
    response = server.get("/api/servers", reader);
    assertThat(response.body()).isEqualTo("One server\n");

    response = server.post("/api/servers/restart", reader);
    assertRejected(403, "Bearer realm=\"api\", error=\"insufficient_scope\"", LACKS.formatted(""));
    response = server.post("/api/servers/restart", server.tokenWith("servers:write"));
    assertThat(response.body()).isEqualTo("Restarted\n");
  }

  @Test
  void the_403_response_names_the_missing_scope_if_spring_knows_it() throws Exception {
    response = server.get("/api/servers", server.tokenWith("servers:write"));
    assertRejected(
        403,
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"servers:read\"",
        LACKS.formatted(": servers:read"));
  }

  @Test
  void a_token_without_scopes_has_no_authority() throws Exception {
    String none = server.tokenWith();
    response = server.get("/api/hello", none);
    assertThat(response.statusCode()).isEqualTo(200);
    response = server.get("/api/servers", none);
    assertRejected(
        403,
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"servers:read\"",
        LACKS.formatted(": servers:read"));
    response = server.post("/api/servers/restart", none);
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.get("/api/all", none);
    assertThat(response.body()).contains(", [], ");
  }

  @Test
  void an_unrestricted_token_has_every_scope_that_the_application_names() throws Exception {
    String unrestricted = server.tokenWith("*");
    response = server.get("/api/servers", unrestricted);
    assertThat(response.statusCode()).isEqualTo(200);
    response = server.post("/api/servers/restart", unrestricted);
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, String> scopeInResponse = Map.of(
        "/api/admin", "",
        "/api/forgotten", ", scope=\"forgotten\"",
        "/api/half", "");
    for (String path : scopeInResponse.keySet()) {
      response = server.get(path, unrestricted);
      assertRejected(
          403,
          "Bearer realm=\"api\", error=\"insufficient_scope\"" + scopeInResponse.get(path),
          LACKS.formatted(path.equals("/api/forgotten") ? ": forgotten" : ""));
    }
  }

  @Test
  void every_spring_api_returns_the_identity_of_the_token() throws Exception {
    String token = server.tokenWith("servers:read", "servers:write");
    String name = newest().name();
    response = server.get("/api/all", token);
    assertThat(response.body())
        .isEqualTo(
            "ann, ann, ann, ann, " + name + ", [SCOPE_servers:read, SCOPE_servers:write], , null");
    response = server.get("/api/named/ann", token);
    assertThat(response.body()).isEqualTo("It is ann");
    response = server.get("/api/named/" + name, token);
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test // P1: CWE-290
  void the_name_of_a_token_gives_no_rights_of_the_user_with_that_name() throws Exception {
    TokenManager tokens = server.bean(TokenManager.class);
    String bobs = "Bearer " + tokens.create(NewToken.named("ann").owner("bob")).reveal();
    response = server.get("/api/named/ann", bobs);
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.get("/api/named/bob", bobs);
    assertThat(response.statusCode()).isEqualTo(200);
    String nobodys = "Bearer " + tokens.create(NewToken.named("ann")).reveal();
    response = server.get("/api/named/ann", nobodys);
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.get("/api/named/token:" + newest().id(), nobodys);
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void a_token_with_the_scope_tokens_may_list_tokens() throws Exception {
    response = server.get("/api/tokens", server.tokenWith("tokens"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"scopes\":[\"tokens\"]").doesNotContain("cf_");
    response = server.get("/api/tokens", server.tokenWith("servers:read"));
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void a_failing_store_is_503_and_never_401() throws Exception {
    String token = server.tokenWith();
    JdbcTemplate database = new JdbcTemplate(server.bean(DataSource.class));
    database.execute("ALTER TABLE counterfoil_tokens RENAME TO away");
    response = server.get("/api/hello", token);
    database.execute("ALTER TABLE away RENAME TO counterfoil_tokens");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().allValues("Retry-After")).containsExactly("5");
    assertThat(response.headers().map()).doesNotContainKey("www-authenticate");
    response = server.get("/api/hello", token);
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void asynchronous_pages_know_the_token() throws Exception {
    String token = server.tokenWith();
    response = server.get("/api/callable", token);
    assertThat(response.body()).isEqualTo("ann");
    response = server.get("/api/deferred", token);
    assertThat(response.body()).isEqualTo("Later");
  }

  @Test
  void an_exception_of_the_application_is_500_without_its_message() throws Exception {
    String token = server.tokenWith();
    for (String path :
        List.of("/api/failing", "/api/failing-deferred", "/api/failing-authentication")) {
      response = server.get(path, token);
      assertThat(response.statusCode()).as(path).isEqualTo(500);
      assertThat(response.body()).contains(path).doesNotContain(Pages.SECRET, "Exception");
    }
    response = server.get("/api/teapot", token);
    assertThat(response.statusCode()).isEqualTo(418);
    assertThat(response.body()).doesNotContain(Pages.SECRET);
    response = server.get("/api/nothing", token);
    assertThat(response.statusCode()).isEqualTo(404);
    response = server.get("/error", token);
    assertThat(response.statusCode()).isEqualTo(500);
  }

  @Test
  void an_exception_of_a_public_page_is_500_without_a_token_too() throws Exception {
    response = server.get("/public/failing");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain(Pages.SECRET);
  }

  @Test
  void no_request_inherits_the_identity_of_an_earlier_one_on_the_same_connection()
      throws Exception {
    String token = server.tokenWith();
    response = server.get("/api/who", token);
    String known = response.body();
    assertThat(known).startsWith("ann on ");
    String connection = known.substring(known.indexOf(" on "));
    for (int i = 0; i < 50; i++) {
      response = server.get("/public/who");
      assertThat(response.body()).isEqualTo("anonymousUser" + connection);
      response = server.get("/api/who");
      assertThat(response.statusCode()).isEqualTo(401);
      response = server.get("/api/who", token);
      assertThat(response.body()).isEqualTo(known);
    }
  }

  @Test
  void a_disabled_token_is_rejected_at_the_next_request() throws Exception {
    String token = server.tokenWith();
    response = server.get("/api/hello", token);
    assertThat(response.statusCode()).isEqualTo(200);
    server.bean(TokenManager.class).disable(newest().id());
    response = server.get("/api/hello", token);
    assertRejected(
        401, "Bearer realm=\"api\", error=\"invalid_token\"", "a valid API token is needed");
  }

  @Test
  void there_is_no_user_with_a_password() throws Exception {
    assertThat(server.context().getBeansOfType(UserDetailsService.class)).isEmpty();
    response = server.post("/login");
    assertThat(response.statusCode()).isEqualTo(401);
    response = server.post("/logout");
    assertThat(response.statusCode()).isEqualTo(401);
  }

  private Token newest() {
    return server.bean(TokenManager.class).list().reduce((one, next) -> next).orElseThrow();
  }

  private void assertRejected(int status, String challenge, String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.body()).isEqualTo("{\"success\":false,\"msg\":\"" + message + "\"}");
  }
}

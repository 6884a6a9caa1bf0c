package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
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

/** A filter chain whose only login are tokens, over HTTP. One thread serves all requests. */
class TokenOnlyChainTest {
  private static final String LACKS = "the token lacks the scope that is needed here%s";
  private static final String NEEDED = "a valid API token is needed";
  private static final String UNKNOWN = "Bearer cf_unknown";
  private static final List<String> PATHS =
      List.of("/public", "/api/hello", "/servers", "/api/tokens", "/nothing", "/error");

  private static Server server;

  private HttpResponse<String> response;

  @BeforeAll
  static void start() {
    server = Server.start(
        TokenOnlyApplication.class,
        "counterfoil.management.path=/api/tokens",
        "counterfoil.page.path=/public/tokens",
        "server.tomcat.threads.max=1",
        "server.tomcat.max-keep-alive-requests=-1");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void no_session_was_created() {
    assertThat(server.bean(SessionCount.class).created).hasValue(0);
    assertThat(response.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void a_request_without_a_token_is_rejected() throws Exception {
    for (String path : PATHS.subList(1, PATHS.size())) {
      for (String[] authorization : new String[][] {{}, {"Basic YTpi"}}) {
        response = server.get(path, authorization);
        assertRejected(401, "Bearer realm=\"api\"", NEEDED);
        response = server.post(path, authorization);
        assertRejected(401, "Bearer realm=\"api\"", NEEDED);
      }
    }
    response = server.send(server.request("/api/hello").header("Accept", "text/html"));
    assertRejected(401, "Bearer realm=\"api\"", NEEDED);
    response = server.get("/public");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void an_unknown_token_is_rejected_on_public_pages_too() throws Exception {
    for (String path : PATHS) {
      response = server.get(path, UNKNOWN);
      assertRejected(401, "Bearer realm=\"api\", error=\"invalid_token\"", NEEDED);
      response = server.post(path, UNKNOWN);
      assertRejected(401, "Bearer realm=\"api\", error=\"invalid_token\"", NEEDED);
    }
  }

  @Test
  void a_request_with_two_authorization_fields_is_rejected() throws Exception {
    for (String path : PATHS) {
      response = server.get(path, server.tokenWith(), UNKNOWN);
      assertRepeated();
      response = server.post(path, server.tokenWith(), server.tokenWith());
      assertRepeated();
    }
  }

  private void assertRepeated() {
    assertRejected(
        400,
        "Bearer realm=\"api\", error=\"invalid_request\"",
        "the Authorization field may be sent once only");
  }

  @Test
  void a_scope_is_an_authority() throws Exception {
    String reader = server.tokenWith("servers:read");
    response = server.get("/servers", reader);
    assertThat(response.body()).isEqualTo("A page");

    response = server.post("/servers/restart", reader);
    assertRejected(403, "Bearer realm=\"api\", error=\"insufficient_scope\"", LACKS.formatted(""));
    response = server.post("/servers/restart", server.tokenWith("servers:write"));
    assertThat(response.body()).isEqualTo("Restarted");
  }

  @Test
  void the_403_response_names_the_missing_scope_if_spring_knows_it() throws Exception {
    response = server.get("/servers", server.tokenWith("servers:write"));
    assertRejected(
        403,
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"servers:read\"",
        LACKS.formatted(": servers:read"));
  }

  @Test
  void a_token_without_scopes_has_no_authority() throws Exception {
    String none = server.tokenWith();
    response = server.get("/api/hello", none);
    assertThat(response.body()).isEqualTo("Hello ann");
    response = server.get("/servers", none);
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.post("/servers/restart", none);
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.get("/all", none);
    assertThat(response.body()).contains(", [], ");
  }

  @Test
  void an_unrestricted_token_has_every_scope_that_the_application_names() throws Exception {
    String unrestricted = server.tokenWith("*");
    response = server.get("/servers", unrestricted);
    assertThat(response.statusCode()).isEqualTo(200);
    response = server.post("/servers/restart", unrestricted);
    assertThat(response.statusCode()).isEqualTo(200);
    response = server.get("/all", unrestricted);
    assertThat(response.body())
        .contains("[SCOPE_*, SCOPE_servers:read, SCOPE_servers:write], , null");
    Map<String, String> scopeInResponse =
        Map.of("/admin", "", "/forgotten", ", scope=\"forgotten\"", "/half", "");
    for (String path : scopeInResponse.keySet()) {
      response = server.get(path, unrestricted);
      assertRejected(
          403,
          "Bearer realm=\"api\", error=\"insufficient_scope\"" + scopeInResponse.get(path),
          LACKS.formatted(path.equals("/forgotten") ? ": forgotten" : ""));
    }
  }

  @Test
  void every_spring_api_returns_the_identity_of_the_token() throws Exception {
    String token = server.tokenWith("servers:read", "servers:write");
    String name = server.newestToken().name();
    response = server.get("/all", token);
    assertThat(response.body())
        .isEqualTo(
            "ann, ann, ann, ann, " + name + ", [SCOPE_servers:read, SCOPE_servers:write], , null");
    response = server.get("/named/ann", token);
    assertThat(response.body()).isEqualTo("It is ann");
    response = server.get("/named/" + name, token);
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test // P1: CWE-290
  void the_name_of_a_token_gives_no_rights_of_the_user_with_that_name() throws Exception {
    TokenManager tokens = server.bean(TokenManager.class);
    String bobs = "Bearer " + tokens.create(NewToken.named("ann").owner("bob")).reveal();
    response = server.get("/named/ann", bobs);
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.get("/named/bob", bobs);
    assertThat(response.statusCode()).isEqualTo(200);
    String nobodys = "Bearer " + tokens.create(NewToken.named("ann")).reveal();
    response = server.get("/named/ann", nobodys);
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.get("/named/token:" + server.newestToken().id(), nobodys);
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void the_management_api_and_its_page_are_behind_the_chain() throws Exception {
    response = server.get("/api/tokens", server.tokenWith("tokens"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"scopes\":[\"tokens\"]").doesNotContain("cf_");
    response = server.get("/api/tokens", server.tokenWith("servers:read"));
    assertThat(response.statusCode()).isEqualTo(403);
    response = server.get("/public/tokens/");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("<html");
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
    response = server.get("/callable", token);
    assertThat(response.body()).isEqualTo("ann");
    response = server.get("/deferred", token);
    assertThat(response.body()).isEqualTo("Later");
  }

  @Test
  void an_exception_of_the_application_is_500_without_its_message() throws Exception {
    String token = server.tokenWith();
    for (String path : List.of("/failing", "/failing-deferred", "/failing-authentication")) {
      response = server.get(path, token);
      assertThat(response.statusCode()).as(path).isEqualTo(500);
      assertThat(response.body()).contains(path).doesNotContain(SecuredPages.SECRET, "Exception");
    }
    response = server.get("/teapot", token);
    assertThat(response.statusCode()).isEqualTo(418);
    assertThat(response.body()).doesNotContain(SecuredPages.SECRET);
    response = server.get("/nothing", token);
    assertThat(response.statusCode()).isEqualTo(404);
    response = server.get("/public/failing");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain(SecuredPages.SECRET);
  }

  @Test
  void no_request_inherits_the_identity_of_an_earlier_one_on_the_same_connection()
      throws Exception {
    String token = server.tokenWith();
    response = server.get("/thread", token);
    String known = response.body();
    assertThat(known).startsWith("ann on ");
    String connection = known.substring(known.indexOf(" on "));
    for (int i = 0; i < 50; i++) {
      response = server.get("/public/thread");
      assertThat(response.body()).isEqualTo("anonymousUser" + connection);
      response = server.get("/thread");
      assertThat(response.statusCode()).isEqualTo(401);
      response = server.get("/thread", token);
      assertThat(response.body()).isEqualTo(known);
    }
  }

  @Test
  void a_disabled_token_is_rejected_at_the_next_request() throws Exception {
    String token = server.tokenWith();
    response = server.get("/api/hello", token);
    assertThat(response.statusCode()).isEqualTo(200);
    server.bean(TokenManager.class).disable(server.newestToken().id());
    response = server.get("/api/hello", token);
    assertRejected(401, "Bearer realm=\"api\", error=\"invalid_token\"", NEEDED);
  }

  @Test
  void there_is_no_user_with_a_password() throws Exception {
    assertThat(server.context().getBeansOfType(UserDetailsService.class)).isEmpty();
    response = server.postForm("/login", "username=user&password=password");
    assertThat(response.statusCode()).isEqualTo(401);
    response = server.post("/logout");
    assertThat(response.statusCode()).isEqualTo(401);
  }

  private void assertRejected(int status, String challenge, String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.body()).isEqualTo("{\"success\":false,\"msg\":\"" + message + "\"}");
  }
}

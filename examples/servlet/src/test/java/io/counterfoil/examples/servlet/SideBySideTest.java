package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and a login in one application. Neither is accepted as the other. */
class SideBySideTest {
  private static final List<String> GUARDED =
      List.of("/api/hello", "/api/session", "/api/tokens", "/api/tokens/create", "/api/nothing");

  private Host host;

  @BeforeEach
  void start() throws Exception {
    host = new Host(false);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void a_page_accepts_a_token_or_a_login() throws Exception {
    assertThat(host.stranger.withToken(host.annsToken).get("/api/hello").body())
        .isEqualTo("Hello bot of ann\n");
    assertThat(host.page("ann").get("/api/hello").body()).isEqualTo("Hello user ann\n");
  }

  @Test // C1
  void a_request_with_neither_is_rejected() throws Exception {
    Visitor basic = host.stranger.with("Authorization", "Basic YW5uOmFubidzIG93bg==");
    Visitor deadSession = host.stranger.with("Cookie", "JSESSIONID=node0abc.node0");
    for (Visitor visitor : List.of(host.stranger, basic, deadSession)) {
      for (String path : GUARDED) {
        for (String method : List.of("GET", "POST", "DELETE", "OPTIONS", "FOO")) {
          assertRejected(visitor.send(method, path, ""), 401, "Bearer realm=\"api\"");
        }
      }
    }
  }

  @Test // B6
  void a_bad_token_is_rejected_even_with_a_login() throws Exception {
    Visitor page = host.page("ann");
    host.tokens.disable(1);
    List<String> fields =
        List.of("Bearer", "Bearer nonsense", "bearer\tx", "Bearer " + host.annsToken);
    for (String field : fields) {
      for (String path : GUARDED) {
        assertRejected(
            page.with("Authorization", field).post(path, "{\"name\":\"second\"}"),
            401,
            "Bearer realm=\"api\", error=\"invalid_token\"");
      }
    }
    assertThat(host.all()).hasSize(1);
    assertThat(page.get("/api/hello").statusCode()).isEqualTo(200);
  }

  @Test // B4
  void two_credentials_are_rejected_even_with_a_login() throws Exception {
    Visitor both = host.page("ann").with("Authorization", "Basic eDp5", "Bearer " + host.annsToken);
    HttpResponse<String> response = both.get("/api/hello");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"invalid_request\"");
  }

  @Test // E10
  void a_request_with_a_token_creates_no_session_and_gets_no_cookie() throws Exception {
    Visitor bot = host.stranger.withToken(host.annsToken);
    for (String path : GUARDED) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        HttpResponse<String> response = bot.send(method, path, "");
        assertThat(response.statusCode()).isNotEqualTo(401);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
      }
    }
  }

  @Test
  void a_request_with_both_is_the_bot_and_has_no_rights_of_the_user() throws Exception {
    Visitor both = host.page("bob").withToken(host.annsToken);
    assertThat(both.get("/api/hello").body()).isEqualTo("Hello bot of ann\n");
    assertThat(both.get("/api/tokens").statusCode()).isEqualTo(403);
    assertThat(both.get("/api/session").statusCode()).isEqualTo(404);
    assertThat(both.send("DELETE", "/api/session", "").statusCode()).isEqualTo(404);
    assertThat(both.without("Authorization").get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test // C4
  void no_method_echoes_a_token_or_a_cookie() throws Exception {
    Visitor both = host.page("ann").withToken(host.annsToken);
    for (String path : List.of("/login", "/api/hello", "/api/session", "/api/tokens", "/nowhere")) {
      for (String method : List.of("TRACE", "OPTIONS", "FOO")) {
        HttpResponse<String> response = both.send(method, path, "");
        assertThat(response.headers().map() + response.body())
            .doesNotContain(host.annsToken, both.value("Cookie"));
      }
    }
  }

  @Test // M1
  void users_see_and_change_their_own_tokens_only() throws Exception {
    Visitor ann = host.page("ann");
    Visitor bob = host.page("bob");
    assertThat(bob.post("/api/tokens/create", "{\"name\":\"bot\"}").body())
        .contains("\"id\":2", "\"owner\":\"bob\"", "\"token\":\"cf_");
    assertThat(ann.get("/api/tokens").body()).contains("\"id\":1").doesNotContain("\"id\":2");
    assertThat(bob.get("/api/tokens").body()).contains("\"id\":2").doesNotContain("\"id\":1");

    assertThat(bob.post("/api/tokens/setEnabled/1", "{\"enabled\":false}").statusCode())
        .isEqualTo(404);
    assertThat(bob.post("/api/tokens/rotate/1", "{\"overlapSeconds\":0}").statusCode())
        .isEqualTo(404);
    assertThat(bob.post("/api/tokens/delete/1", "").statusCode()).isEqualTo(404);
    assertThat(host.stranger.withToken(host.annsToken).get("/api/hello").statusCode())
        .isEqualTo(200);
    assertThat(ann.post("/api/tokens/delete/1", "").statusCode()).isEqualTo(200);
    assertThat(host.all()).hasSize(1);
  }

  @Test // M2
  void a_token_manages_others_only_if_it_has_the_scope() throws Exception {
    Visitor bot = host.stranger.withToken(host.annsToken);
    assertThat(bot.get("/api/tokens").statusCode()).isEqualTo(403);
    assertThat(bot.post("/api/tokens/create", "{\"name\":\"second\"}").statusCode())
        .isEqualTo(403);
    assertThat(host.all()).hasSize(1);

    String made = host.tokens
        .create(
            NewToken.named("bob").owner("ann").scopes("tokens")) // the token has the name of a user
        .reveal();
    Visitor manager = host.stranger.withToken(made);
    assertThat(manager.get("/api/tokens").statusCode()).isEqualTo(200);
    assertThat(manager
            .post("/api/tokens/create", "{\"name\":\"second\",\"scopes\":[\"tokens\"]}")
            .body())
        .contains("\"owner\":\"ann\"");
    assertThat(manager.get("/api/hello").body()).isEqualTo("Hello bot of ann\n");
    for (String scope : List.of("admin", "*")) { // neither the bot nor a user has these
      String json = "{\"name\":\"third\",\"scopes\":[\"" + scope + "\"]}";
      assertThat(manager.post("/api/tokens/create", json).statusCode()).isEqualTo(403);
      assertThat(host.page("ann").post("/api/tokens/create", json).statusCode()).isEqualTo(403);
    }
    assertThat(host.all()).hasSize(3);
  }

  @Test
  void a_logout_ends_the_session_and_not_the_tokens() throws Exception {
    Visitor page = host.page("ann");
    assertThat(page.send("DELETE", "/api/session", "").statusCode()).isEqualTo(200);
    for (String path : GUARDED) {
      assertRejected(page.get(path), 401, "Bearer realm=\"api\"");
    }
    assertThat(host.stranger.withToken(host.annsToken).get("/api/hello").statusCode())
        .isEqualTo(200);
  }

  @Test
  void neither_session_nor_tokens_of_a_disabled_user_are_accepted() throws Exception {
    Visitor ann = host.page("ann");
    Visitor bob = host.page("bob");
    host.users.disable("ann");
    assertRejected(ann.get("/api/tokens"), 401, "Bearer realm=\"api\"");
    assertRejected(
        host.stranger.withToken(host.annsToken).get("/api/hello"),
        401,
        "Bearer realm=\"api\", error=\"invalid_token\"");
    assertThat(bob.get("/api/tokens").statusCode()).isEqualTo(200);
  }

  private static void assertRejected(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(response.body())
        .isEqualTo("{\"success\":false,\"msg\":\"a valid API token is needed\"}");
  }
}

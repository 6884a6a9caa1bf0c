package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens beside a login: what each of them opens, and that neither stands in for the other. */
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
  void a_token_opens_what_a_login_opens() throws Exception {
    assertThat(host.stranger.withToken(host.annsToken).get("/api/hello").body())
        .isEqualTo("Hello bot bot\n");
    assertThat(host.page("ann").get("/api/hello").body()).isEqualTo("Hello user ann\n");
  }

  @Test // C1
  void who_has_neither_is_told_that_a_token_is_needed() throws Exception {
    Visitor basic = host.stranger.with("Authorization", "Basic YW5uOmFubidzIG93bg==");
    Visitor deadSession = host.stranger.with("Cookie", "JSESSIONID=node0abc.node0");
    for (Visitor visitor : List.of(host.stranger, basic, deadSession)) {
      for (String path : GUARDED) {
        for (String method : List.of("GET", "POST", "DELETE", "OPTIONS", "FOO")) {
          assertRefused(visitor.send(method, path, ""), 401, "Bearer realm=\"api\"");
        }
      }
    }
  }

  @Test // B6
  void a_bad_token_is_refused_whoever_is_logged_in() throws Exception {
    Visitor page = host.page("ann");
    host.tokens.disable(1);
    List<String> fields =
        List.of("Bearer", "Bearer nonsense", "bearer\tx", "Bearer " + host.annsToken);
    for (String field : fields) {
      for (String path : GUARDED) {
        assertRefused(
            page.with("Authorization", field).post(path, "{\"name\":\"second\"}"),
            401,
            "Bearer realm=\"api\", error=\"invalid_token\"");
      }
    }
    assertThat(host.all()).hasSize(1);
    assertThat(page.get("/api/hello").statusCode()).isEqualTo(200);
  }

  @Test // B4
  void two_credentials_at_once_are_refused_whoever_is_logged_in() throws Exception {
    Visitor both = host.page("ann").with("Authorization", "Basic eDp5", "Bearer " + host.annsToken);
    HttpResponse<String> answer = both.get("/api/hello");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"invalid_request\"");
  }

  @Test // E10
  void a_token_makes_no_session_and_gets_no_cookie() throws Exception {
    Visitor bot = host.stranger.withToken(host.annsToken);
    for (String path : GUARDED) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        HttpResponse<String> answer = bot.send(method, path, "");
        assertThat(answer.statusCode()).isNotEqualTo(401);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
      }
    }
  }

  @Test
  void who_comes_with_both_is_the_bot_and_has_nothing_of_the_user() throws Exception {
    Visitor both = host.page("bob").withToken(host.annsToken);
    assertThat(both.get("/api/hello").body()).isEqualTo("Hello bot bot\n");
    assertThat(both.get("/api/tokens").statusCode()).isEqualTo(403);
    assertThat(both.get("/api/session").statusCode()).isEqualTo(404);
    assertThat(both.send("DELETE", "/api/session", "").statusCode()).isEqualTo(404);
    assertThat(both.without("Authorization").get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test // C4
  void no_method_brings_a_token_or_a_cookie_back() throws Exception {
    Visitor both = host.page("ann").withToken(host.annsToken);
    for (String path : List.of("/login", "/api/hello", "/api/session", "/api/tokens", "/nowhere")) {
      for (String method : List.of("TRACE", "OPTIONS", "FOO")) {
        HttpResponse<String> answer = both.send(method, path, "");
        assertThat(answer.headers().map() + answer.body())
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
  void a_token_manages_others_only_if_it_was_made_for_it() throws Exception {
    Visitor bot = host.stranger.withToken(host.annsToken);
    assertThat(bot.get("/api/tokens").statusCode()).isEqualTo(403);
    assertThat(bot.post("/api/tokens/create", "{\"name\":\"second\"}").statusCode())
        .isEqualTo(403);
    assertThat(host.all()).hasSize(1);

    String made = host.tokens
        .create(NewToken.named("bob").owner("ann").scopes("tokens")) // bob is a user, too
        .reveal();
    Visitor manager = host.stranger.withToken(made);
    assertThat(manager.get("/api/tokens").statusCode()).isEqualTo(200);
    assertThat(manager
            .post("/api/tokens/create", "{\"name\":\"second\",\"scopes\":[\"tokens\"]}")
            .body())
        .contains("\"owner\":\"ann\"");
    assertThat(manager.post("/api/tokens/create", "{\"name\":\"third\"}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void after_a_logout_the_session_is_dead_and_the_tokens_live() throws Exception {
    Visitor page = host.page("ann");
    assertThat(page.send("DELETE", "/api/session", "").statusCode()).isEqualTo(200);
    for (String path : GUARDED) {
      assertRefused(page.get(path), 401, "Bearer realm=\"api\"");
    }
    assertThat(host.stranger.withToken(host.annsToken).get("/api/hello").statusCode())
        .isEqualTo(200);
  }

  @Test
  void of_a_user_who_is_disabled_neither_session_nor_tokens_are_taken() throws Exception {
    Visitor ann = host.page("ann");
    Visitor bob = host.page("bob");
    host.users.disable("ann");
    assertRefused(ann.get("/api/tokens"), 401, "Bearer realm=\"api\"");
    assertRefused(
        host.stranger.withToken(host.annsToken).get("/api/hello"),
        401,
        "Bearer realm=\"api\", error=\"invalid_token\"");
    assertThat(bob.get("/api/tokens").statusCode()).isEqualTo(200);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String challenge) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(answer.body())
        .isEqualTo("{\"success\":false,\"msg\":\"a valid API token is needed\"}");
  }
}

package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The login and the sessions of the application. */
class LoginTest {
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
  void the_session_cookie_is_for_this_host_and_not_for_scripts() throws Exception {
    HttpResponse<String> response = host.login(host.stranger, "ann", "ann's own");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
        .matches("JSESSIONID=[^;]+; Path=/; HttpOnly; SameSite=Strict");
  }

  @Test
  void a_wrong_password_an_unknown_and_a_disabled_user_look_the_same() throws Exception {
    host.users.disable("bob");
    for (HttpResponse<String> response : List.of(
        host.login(host.stranger, "ann", "bob's own"),
        host.login(host.stranger, "ann", ""),
        host.login(host.stranger, "eve", ""),
        host.login(host.stranger, "", ""),
        host.login(host.stranger, "bob", "bob's own"))) {
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body())
          .isEqualTo("{\"success\":false,\"msg\":\"the user or the password is wrong\"}");
      assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void a_malformed_login_begins_no_session() throws Exception {
    for (String body :
        List.of("{", "[]", "\"ann\"", "{\"user\":{\"user\":\"ann\"}}", "null", " ".repeat(2_000))) {
      HttpResponse<String> response = host.stranger.post("/login", body);
      assertThat(response.statusCode()).isIn(400, 403);
      assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }
  }

  @Test // P1
  void no_user_has_the_name_of_a_token_or_none() {
    for (String name : List.of("token:1", "token:", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Users(Map.of("ann", "x", name, "y")))
          .withMessage("users (expected: no empty name, and none that begins with token:)");
    }
  }

  @Test // CWE-352
  void a_form_of_another_site_cannot_log_a_user_in() throws Exception {
    String json = "{\"user\":\"ann\",\"password\":\"ann's own\"}";
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
      HttpResponse<String> response =
          host.stranger.with("Content-Type", type).send("POST", "/login", json);
      assertThat(response.statusCode()).isEqualTo(415);
      assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }
    assertThat(host.stranger.send("POST", "/login", json).statusCode()).isEqualTo(415);
    assertThat(host.stranger.get("/login").statusCode()).isEqualTo(405);
  }

  @Test // CWE-384
  void a_login_begins_a_new_session_and_ends_the_one_before() throws Exception {
    Visitor before = host.page("bob");
    String cookie = Host.cookie(host.login(before, "ann", "ann's own"));
    assertThat(cookie).isNotEqualTo(before.value("Cookie"));
    assertThat(before.get("/api/session").statusCode()).isEqualTo(401);
    assertThat(host.stranger.with("Cookie", cookie).get("/api/session").body())
        .contains("\"user\":\"ann\"")
        .doesNotContain(before.value(Visitor.CSRF));
  }

  @Test // CWE-384
  void a_session_id_that_the_client_has_chosen_is_not_used() throws Exception {
    Visitor prepared = host.stranger.with("Cookie", "JSESSIONID=chosen");
    assertThat(Host.cookie(host.login(prepared, "ann", "ann's own"))).doesNotContain("chosen");
    assertThat(prepared.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void a_session_id_in_the_path_is_ignored() throws Exception {
    String id = host.page("ann").value("Cookie").substring("JSESSIONID=".length());
    assertThat(host.stranger.get("/api/session;jsessionid=" + id).statusCode()).isEqualTo(401);
  }

  @Test
  void the_csrf_token_is_shown_to_its_session_and_not_cached() throws Exception {
    HttpResponse<String> response = host.page("ann").get("/api/session");
    assertThat(response.body())
        .matches(
            "\\{\"success\":true,\"obj\":\\{\"user\":\"ann\",\"csrfToken\":\"[A-Za-z0-9_-]{43}\"}}");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }
}

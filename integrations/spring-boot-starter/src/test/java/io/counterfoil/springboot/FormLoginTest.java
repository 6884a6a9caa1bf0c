package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** A login form and tokens in one chain, over HTTP. */
class FormLoginTest {
  private static final String FOREIGN = "Bearer eyJhbGciOiJub25lIn0.e30.";

  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.start(FormLoginApplication.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void users_and_tokens_have_their_own_identities() throws Exception {
    Browser browser = Browser.login(server);
    assertThat(browser.get("/who").body()).isEqualTo("user");
    assertThat(server.get("/who", server.tokenWith()).body()).isEqualTo("ann");
  }

  @Test
  void a_request_for_a_page_is_redirected_to_the_login_and_any_other_one_is_401() throws Exception {
    HttpResponse<String> page = server.send(server.request("/who").header("Accept", "text/html"));
    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(page.headers().firstValue("Location").orElseThrow()).endsWith("/login");
    assert401(server.get("/who"));
    assert401(server.send(server.request("/who").header("Accept", "application/json")));
    assert401(server.send(server.request("/who").header("Accept", "*/*"))); // as curl sends it
    assert401(server.send(server
        .request("/who")
        .header("Accept", "text/html")
        .header("X-Requested-With", "XMLHttpRequest")));
  }

  @Test
  void a_cookie_without_a_bearer_token_needs_a_csrf_token() throws Exception {
    Browser browser = Browser.login(server);
    assertThat(browser.postForm("/change", "").statusCode()).isEqualTo(403);
    assertThat(browser.postForm("/change", "", "Basic YTpi").statusCode()).isEqualTo(403);
    HttpResponse<String> changed = browser.postForm("/change", "_csrf=" + browser.csrfToken());
    assertThat(changed.body()).isEqualTo("Changed by user");
  }

  @Test
  void a_bearer_token_needs_no_csrf_token_and_counts_instead_of_the_session() throws Exception {
    String token = server.tokenWith();
    assertThat(server.post("/change", token).body()).isEqualTo("Changed by ann");
    Browser browser = Browser.login(server);
    assertThat(browser.postForm("/change", "", token).body()).isEqualTo("Changed by ann");
    assertThat(browser.get("/who", token).body()).isEqualTo("ann");
    assertThat(browser.get("/who").body()).isEqualTo("user");
  }

  @Test // P1: CWE-352
  void a_bearer_token_that_is_not_accepted_opens_no_way_for_a_cookie() throws Exception {
    Browser browser = Browser.login(server);
    String token = server.tokenWith();
    for (String wrong : List.of("Bearer cf_unknown", "Bearer", "bearer  ", "Bearer a b")) {
      assertThat(browser.get("/who", wrong).statusCode()).as(wrong).isEqualTo(401);
      assertThat(browser.postForm("/change", "", wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    assertThat(browser.postForm("/change", "", token, token).statusCode()).isEqualTo(400);
    assertThat(browser.postForm("/change", "", "Basic YTpi", token).statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_token_of_another_system_is_not_replaced_by_the_session() throws Exception {
    Browser browser = Browser.login(server);
    assert401(browser.get("/who", FOREIGN));
    assertThat(browser.postForm("/change", "", FOREIGN).statusCode()).isEqualTo(403);
    assert401(browser.postForm("/change", "_csrf=" + browser.csrfToken(), FOREIGN));
  }

  @Test
  void requests_with_a_bearer_token_create_no_session() throws Exception {
    SessionCount sessions = server.bean(SessionCount.class);
    int before = sessions.created.get();
    String token = server.tokenWith();
    List<HttpResponse<String>> responses = List.of(
        server.get("/who", token),
        server.get("/callable", token),
        server.get("/failing", token),
        server.post("/change", token),
        server.get("/who", FOREIGN),
        server.get("/who", "Bearer cf_unknown"));
    assertThat(responses)
        .allSatisfy(
            response -> assertThat(response.headers().map()).doesNotContainKey("set-cookie"));
    assertThat(sessions.created).hasValue(before);
  }

  @Test
  void an_authentication_exception_of_the_application_is_500_and_does_not_lead_to_the_login()
      throws Exception {
    int before = server.bean(SessionCount.class).created.get();
    HttpResponse<String> failed = server.send(server
        .request("/failing-authentication", server.tokenWith())
        .header("Accept", "text/html"));
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(server.bean(SessionCount.class).created).hasValue(before);
  }

  @Test
  void the_details_of_a_token_do_not_come_from_the_session() throws Exception {
    Queue<Object> details = new LinkedBlockingQueue<>();
    Browser browser = Browser.login(server);
    server
        .context()
        .addApplicationListener((AuthenticationSuccessEvent event) ->
            details.add(event.getAuthentication().getDetails()));
    assertThat(browser.get("/who", server.tokenWith()).body()).isEqualTo("ann");
    assertThat(details).containsExactly(new WebAuthenticationDetails("127.0.0.1", null));
  }

  private static void assert401(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\"");
  }
}

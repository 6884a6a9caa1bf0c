package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Token;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** E11: requests that pages of other sites can make a user's browser send. None of them changes anything. */
class CsrfTest {
  private static final Map<String, String> CHANGES = Map.of(
      "/api/tokens/create", "{\"name\":\"second\"}",
      "/api/tokens/setEnabled/1", "{\"enabled\":false}",
      "/api/tokens/rotate/1", "{\"overlapSeconds\":0}",
      "/api/tokens/delete/1", "{}");

  private Host host;
  private List<Token> before;

  @BeforeEach
  void start() throws Exception {
    host = new Host(false);
    before = host.all();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void a_change_needs_the_csrf_token_of_the_same_session() throws Exception {
    Visitor otherSite = host.otherSite("ann");
    String ofBob = host.page("bob").value(Visitor.CSRF);
    String ofAnotherSession = host.page("ann").value(Visitor.CSRF);
    for (Map.Entry<String, String> change : CHANGES.entrySet()) {
      assertForged(otherSite.post(change.getKey(), change.getValue()));
      for (String wrong : List.of("", "null", "*", ofBob, ofAnotherSession)) {
        assertForged(otherSite.with(Visitor.CSRF, wrong).post(change.getKey(), change.getValue()));
      }
    }
    assertThat(host.all()).isEqualTo(before);
    assertThat(
            host.page("ann").post("/api/tokens/create", "{\"name\":\"second\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void the_csrf_token_counts_in_its_header_only() throws Exception {
    String sent = host.page("ann").value(Visitor.CSRF);
    Visitor otherSite = host.otherSite("ann");
    assertForged(otherSite.post("/api/tokens/delete/1?X-CSRF-Token=" + sent, "{}"));
    assertForged(otherSite
        .with("Content-Type", "application/x-www-form-urlencoded")
        .send("POST", "/api/tokens/delete/1", "X-CSRF-Token=" + sent));
    assertThat(host.all()).isEqualTo(before);
  }

  @Test // E9
  void a_form_of_another_site_changes_nothing() throws Exception {
    Visitor otherSite = host.otherSite("ann");
    Visitor page = host.page("ann");
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
      for (Map.Entry<String, String> change : CHANGES.entrySet()) {
        assertForged(
            otherSite.with("Content-Type", type).send("POST", change.getKey(), change.getValue()));
        assertThat(page.with("Content-Type", type)
                .send("POST", change.getKey(), change.getValue())
                .statusCode())
            .isEqualTo(415);
      }
    }
    for (String path : CHANGES.keySet()) {
      assertForged(otherSite.send("POST", path, ""));
      assertThat(page.send("POST", path, "").statusCode()).isEqualTo(415);
    }
    assertThat(host.all()).isEqualTo(before);
  }

  @Test // E4
  void a_link_or_an_image_changes_nothing() throws Exception {
    Visitor otherSite = host.otherSite("ann");
    for (String path : CHANGES.keySet()) {
      for (String method : List.of("GET", "HEAD")) {
        HttpResponse<String> response = otherSite
            .with("Content-Type", "application/json")
            .send(method, path, CHANGES.get(path));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().allValues("Allow")).containsExactly("POST");
      }
    }
    assertThat(host.all()).isEqualTo(before);
  }

  @Test // D5
  void every_method_except_get_and_head_needs_the_csrf_token() throws Exception {
    Visitor otherSite = host.otherSite("ann");
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "FOO")) {
      assertForged(otherSite.send(method, "/api/tokens", ""));
      assertForged(otherSite.send(method, "/api/session", ""));
    }
    assertThat(otherSite.get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test // E12
  void no_page_of_another_site_can_read_a_response() throws Exception {
    Visitor otherSite = host.otherSite("ann").with("Origin", "https://evil.example");
    for (HttpResponse<String> response : List.of(
        otherSite.get("/api/session"),
        otherSite.get("/api/tokens"),
        otherSite
            .with("Access-Control-Request-Method", "POST")
            .with("Access-Control-Request-Headers", "content-type,x-csrf-token")
            .send("OPTIONS", "/api/tokens/create", ""))) {
      assertThat(response.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }
  }

  private static void assertForged(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .isEqualTo(
            "{\"success\":false,\"msg\":\"a change needs the X-CSRF-Token of this session\"}");
  }
}

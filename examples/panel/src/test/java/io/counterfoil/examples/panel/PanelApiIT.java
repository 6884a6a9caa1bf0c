package io.counterfoil.examples.panel;

import static io.counterfoil.examples.panel.PanelProcess.API;
import static io.counterfoil.examples.panel.PanelProcess.STATUS;
import static io.counterfoil.examples.panel.Responses.assertEnvelope;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The responses of the panel. */
class PanelApiIT {
  @TempDir
  static Path folder;

  private static PanelProcess panel;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    panel = PanelProcess.start(folder);
    token = panel.firstToken();
  }

  @AfterAll
  static void stop() {
    panel.close();
  }

  @Test
  void the_welcome_text_is_public_and_shows_commands() throws Exception {
    HttpResponse<String> answer = panel.send(HttpRequest.newBuilder(panel.url()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(answer.body())
        .contains("Counterfoil panel", ExampleCommands.toTry(panel.url().toString()));
    assertThat(answer.body().lines()).hasSizeLessThan(12);
  }

  @Test // E13
  void the_management_page_is_in_the_jar_and_needs_no_token() throws Exception {
    for (String file : List.of("", "page.js", "page.css")) {
      HttpResponse<String> answer =
          panel.send(HttpRequest.newBuilder(panel.url().resolve(ManagementPage.PATH + file)));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().allValues("Content-Security-Policy"))
          .singleElement()
          .asString()
          .startsWith(
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';");
      assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }
    String withoutSlash = ManagementPage.PATH.substring(0, ManagementPage.PATH.length() - 1);
    HttpResponse<String> way = panel.get(withoutSlash, token);
    assertEnvelope(way, 308);
    assertThat(way.headers().firstValue("Location")).hasValue(ManagementPage.PATH);
    assertEnvelope(panel.get(ManagementPage.PATH + "none", token), 404);
    assertEnvelope(panel.post(ManagementPage.PATH, token, "{}"), 405);
  }

  @Test
  void the_openapi_document_requires_a_token() throws Exception {
    HttpResponse<String> answer = panel.get(API + "/openapi.json", token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"openapi\":\"3.1.0\"").contains('"' + API + '"');
    assertEnvelope(
        panel.send(HttpRequest.newBuilder(panel.url().resolve(API + "/openapi.json"))), 401);
  }

  @Test // E1
  void the_four_calls_answer_byte_for_byte() throws Exception {
    HttpResponse<String> created =
        panel.post(API + "/create", token, "{\"name\":\"central-panel-a\"}");
    assertEnvelope(created, 200);
    assertThat(created.body())
        .matches(
            "\\{\"success\":true,\"obj\":\\{\"createdAt\":[0-9]{10},\"enabled\":true,\"id\":[0-9]+,"
                + "\"name\":\"central-panel-a\",\"token\":\"cf_[0-9A-Za-z]{49}\"}}");
    String id = Responses.id(created);

    HttpResponse<String> list = panel.get(API, token);
    assertEnvelope(list, 200);
    assertThat(list.body())
        .startsWith(
            "{\"success\":true,\"obj\":[{\"id\":1,\"name\":\"bootstrap\",\"enabled\":true,\"createdAt\":")
        .containsPattern("\\{\"id\":" + id
            + ",\"name\":\"central-panel-a\",\"enabled\":true,\"createdAt\":[0-9]{10}}");

    HttpResponse<String> disabled =
        panel.post(API + "/setEnabled/" + id, token, "{\"enabled\":false}");
    assertEnvelope(disabled, 200);
    assertThat(disabled.body()).isEqualTo("{\"success\":true}");

    HttpResponse<String> deleted =
        panel.send(panel.request(API + "/delete/" + id, token).POST(BodyPublishers.noBody()));
    assertEnvelope(deleted, 200);
    assertThat(deleted.body()).isEqualTo("{\"success\":true}");
  }

  @Test
  void a_name_that_is_taken_is_refused() throws Exception {
    HttpResponse<String> answer = panel.post(API + "/create", token, "{\"name\":\"bootstrap\"}");
    assertEnvelope(answer, 409);
    assertThat(answer.body())
        .isEqualTo("{\"success\":false,\"msg\":\"a token with that name already exists\"}");
  }

  @Test // G2
  void a_disabled_or_deleted_token_is_refused_on_the_very_next_request() throws Exception {
    HttpResponse<String> created = panel.post(API + "/create", token, "{\"name\":\"short-lived\"}");
    String id = Responses.id(created);
    String bot = Responses.plaintext(created);
    assertThat(panel.status(bot)).isEqualTo(200);
    panel.post(API + "/setEnabled/" + id, token, "{\"enabled\":false}");
    assertThat(panel.status(bot)).isEqualTo(401);
    panel.post(API + "/setEnabled/" + id, token, "{\"enabled\":true}");
    assertThat(panel.status(bot)).isEqualTo(200);
    panel.post(API + "/delete/" + id, token, "");
    assertThat(panel.status(bot)).isEqualTo(401);
  }

  @Test
  void the_status_contains_the_name_of_the_token() throws Exception {
    HttpResponse<String> answer = panel.get(STATUS, token);
    assertEnvelope(answer, 200);
    assertThat(answer.body())
        .matches("\\{\"success\":true,\"obj\":\\{\"uptimeSeconds\":[0-9]+,\"jvm\":\"[^\"]+\","
            + "\"memory\":\\{\"usedBytes\":[0-9]+,\"maxBytes\":[0-9]+},\"token\":\"bootstrap\"}}");
  }

  @ParameterizedTest // C1, C6
  @ValueSource(
      strings = {"/panel/api", "/panel/api/", STATUS, "/panel/api/none", API, API + "/create"})
  void whatever_is_below_the_api_asks_for_a_token(String path) throws Exception {
    HttpResponse<String> answer = panel.send(HttpRequest.newBuilder(panel.url().resolve(path)));
    assertEnvelope(answer, 401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"panel\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/panel/api", "/panel/api/none", API + "/none"})
  void an_unknown_path_is_404_with_a_valid_token(String path) throws Exception {
    assertEnvelope(panel.get(path, token), 404);
  }

  @ParameterizedTest // RFC 9110 section 15.5.6
  @ValueSource(strings = {"POST", "DELETE", "OPTIONS", "TRACE", "BREW"})
  void another_method_is_refused_with_the_allowed_ones(String method) throws Exception {
    for (String path : List.of("/", STATUS)) {
      HttpResponse<String> answer =
          panel.send(panel.request(path, token).method(method, BodyPublishers.noBody()));
      assertEnvelope(answer, 405);
      assertThat(answer.headers().allValues("Allow")).containsExactly("GET, HEAD");
    }
  }

  @ParameterizedTest // D3: rejected by the container, with a response in the JSON format of the API
  @ValueSource(
      strings = {
        "/panel/api/..;/x",
        "/panel/%2e%2e/api/server/status",
        "/panel/api%2fserver/status",
        "/x/..%2fpanel/api/server/status"
      })
  void an_ambiguous_path_is_refused_even_to_a_good_token(String path) throws Exception {
    HttpResponse<String> answer = panel.get(path, token);
    assertEnvelope(answer, 400);
    assertThat(answer.body()).doesNotContainIgnoringCase("jetty", "exception", "io.counterfoil");
  }
}

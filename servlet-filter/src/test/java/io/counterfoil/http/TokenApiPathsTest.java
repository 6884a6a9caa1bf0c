package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths, ids and methods are valid. Requests with others change nothing. */
class TokenApiPathsTest {
  private static final String RENAME = "{\"name\":\"x\"}";
  private static final String ENABLE = "{\"enabled\":false}";

  private final ApiFixture fixture = new ApiFixture();

  @ParameterizedTest // E7: careless parsing would find the token with id 1
  @ValueSource(
      strings = {
        "",
        "/",
        "//1",
        "/1/",
        "/1/1",
        "/+1",
        "/-1",
        "/-0",
        "/0",
        "/01",
        "/0001",
        "/1.0",
        "/1.",
        "/1,0",
        "/1e0",
        "/1E0",
        "/0x1",
        "/1L",
        "/ 1",
        "/1 ",
        "/1\t",
        "/1\n",
        "/1\r\n",
        "/1\u0000",
        "/1\u0085",
        "/\u0661", // an Arabic-Indic digit, which Long.parseLong accepts
        "/\u06f1",
        "/\uff11",
        "/\u0967",
        "/\ud835\udfcf",
        "/4294967297", // 1 as an int
        "/18446744073709551617", // 1 as a long
        "/9223372036854775807",
        "/9223372036854775808",
        "/9999999999999999999",
        "/99999999999999999999999999999999",
        "/%31",
        "/1%20",
        "/1%00",
        "/1;jsessionid=1",
        "/1?x",
        "/1#",
        "/../1",
        "/./1",
        "/1'",
        "/1' OR '1'='1",
        "/1 OR 1=1",
        "/1;DROP TABLE tokens",
        "/1--",
        "/1,2",
        "/*",
        "/null",
        "/NaN",
        "/Infinity",
        "/default",
        "1"
      })
  void an_id_in_any_other_notation_finds_no_token(String id) {
    if (!id.isEmpty()) { // without an id, the body names the tokens
      fixture.assertRefused(post("/delete" + id), 404);
      fixture.assertRefused(fixture.api.delete(), post(id).with(fixture.admin), 404);
    }
    fixture.assertRefused(post("/setEnabled" + id, ENABLE), 404);
    fixture.assertRefused(post("/rotate" + id, "{\"overlapSeconds\":0}"), 404);
    fixture.assertRefused(post("/update" + id, RENAME), 404);
    if (!id.isEmpty() && !id.equals("/")) { // these list tokens
      fixture.assertRefused(get(id), 404);
    }
    fixture.assertRefused(fixture.api.find(), get(id).with(fixture.admin), 404);
    fixture.assertRefused(fixture.api.update(), post(id, RENAME).with(fixture.admin), 404);
    fixture.assertRefused(
        fixture.api.rotate(), post(id, "{\"overlapSeconds\":0}").with(fixture.admin), 404);
    fixture.assertRefused(fixture.api.setEnabled(), post(id, ENABLE).with(fixture.admin), 404);
  }

  @ParameterizedTest // K1
  @ValueSource(ints = {1_000, 1_000_000})
  void an_overlong_id_finds_no_token(int digits) {
    fixture.assertRefused(post("/delete/" + "1".repeat(digits)), 404);
    fixture.assertRefused(post("/delete" + "/1".repeat(digits)), 404);
    fixture.assertRefused(post("/".repeat(digits)), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "/list",
        "/Create",
        "/create/",
        "/create/1",
        "/create;x",
        "/create%20",
        "/create ",
        "//create",
        "/setenabled/1",
        "/setEnabled",
        "/DELETE/1",
        "/update",
        "/update/1/2",
        "/disable/",
        "/disable/1",
        "/delete/",
        "/deleteExpired/1",
        "/identify/",
        "/scopes/",
        "/01",
        "/-1",
        "/0",
        "/1/",
        "/9223372036854775808",
        "/create/../delete/1",
        "/rotate",
        "/Rotate/1",
        "/self",
        "/self/rotate",
        "/self/delete",
        "create",
        "\u0000"
      })
  void other_paths_are_answered_404_for_any_method(String path) {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      fixture.assertRefused(new FakeRequest(method, path).json("{\"name\":\"x\"}"), 404);
    }
  }

  @ParameterizedTest // E4
  @ValueSource(
      strings = {
        "GET",
        "HEAD",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "post",
        "POST ",
        "BREW",
        "",
        "P\u00d6ST"
      })
  void only_post_changes_anything(String method) {
    for (String path : new String[] {
      "/create",
      "/update/1",
      "/identify",
      "/setEnabled/1",
      "/rotate/1",
      "/disable",
      "/delete",
      "/delete/1",
      "/deleteExpired"
    }) {
      FakeRequest request = new FakeRequest(method, path)
          .json(path.startsWith("/set") ? ENABLE : "{\"name\":\"x\"}")
          .field("X-HTTP-Method-Override", "POST"); // D6
      assertThat(fixture.assertRefused(request, 405).headers())
          .containsEntry("Allow", List.of("POST"));
      assertThat(request.bodyOpened()).isZero();
    }
  }

  @ParameterizedTest // E4
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "BREW", ""})
  void only_get_and_head_read(String method) {
    for (String path : new String[] {"", "/1", "/scopes"}) {
      FakeRequest request = new FakeRequest(method, path);
      assertThat(fixture.assertRefused(request, 405).headers())
          .containsEntry("Allow", List.of("GET, HEAD"));
      assertThat(text(fixture.send(new FakeRequest("HEAD", path))))
          .isEqualTo(text(fixture.send(get(path))));
    }
  }
}

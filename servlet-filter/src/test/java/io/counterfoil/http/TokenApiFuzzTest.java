package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** F2, N2: no input leads to a 5xx response, and nothing changes unless the response is 200. */
class TokenApiFuzzTest {
  private static final String CREATE =
      "{\"name\":\"x\",\"scopes\":[\"a\"],\"expiresAt\":1736000001}";

  @Property
  void any_bytes_as_a_body(@ForAll byte[] body, @ForAll("operations") String path) {
    assertHarmless(
        FakeRequest.post(path).field("Content-Type", "application/json").body(body));
  }

  @Property
  void any_text_as_a_body(@ForAll String body, @ForAll("operations") String path) {
    assertHarmless(FakeRequest.post(path, body));
  }

  @Property
  void any_text_that_is_nearly_json_as_a_body(
      @ForAll("nearlyJson") String body, @ForAll("operations") String path) {
    assertHarmless(FakeRequest.post(path, body));
  }

  @Property
  void any_text_as_a_path(@ForAll String path, @ForAll("methods") String method) {
    assertHarmless(new FakeRequest(method, path).json(CREATE));
    assertHarmless(new FakeRequest(method, '/' + path).json(CREATE));
  }

  @Property
  void any_text_as_an_id(@ForAll("ids") String id) {
    Map<String, String> bodies = Map.of("/delete/", "{}", "/setEnabled/", "{\"enabled\":false}");
    for (Map.Entry<String, String> body : bodies.entrySet()) {
      ApiFixture fixture = new ApiFixture();
      ApiResponse response =
          assertHarmless(fixture, FakeRequest.post(body.getKey() + id, body.getValue()));
      assertThat(response.status()).isEqualTo(id.equals("1") ? 200 : 404);
    }
  }

  @Property
  void any_text_as_a_method(@ForAll("methods") String method, @ForAll("operations") String path) {
    assertHarmless(new FakeRequest(method, path).json("{\"enabled\":false}"));
  }

  @Property
  void any_text_as_a_field(@ForAll String name, @ForAll String value) {
    assertHarmless(FakeRequest.post("/create", CREATE).field(name, value));
    assertHarmless(FakeRequest.post("/create").field("Content-Type", value));
    assertHarmless(FakeRequest.post("/create", CREATE).field("Content-Length", value));
  }

  @Provide
  Arbitrary<String> operations() {
    return Arbitraries.of(
        "/create",
        "/update/1",
        "/identify",
        "/disable",
        "/delete",
        "/deleteExpired",
        "/setEnabled/1",
        "/delete/1",
        "/rotate/1",
        "/self/rotate",
        "/self",
        "",
        "/delete/2");
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.oneOf(
        Arbitraries.of("GET", "POST", "HEAD", "OPTIONS", "DELETE", "post", "P\u00d6ST"),
        Arbitraries.strings());
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().numeric().ofMaxLength(25),
        Arbitraries.strings().withChars("0123456789+-.eE \u0661\u06f1\uff11/").ofMaxLength(5),
        Arbitraries.longs().map(String::valueOf));
  }

  /** A valid body in which a part is replaced by a fragment of JSON or by random text. */
  @Provide
  Arbitrary<String> nearlyJson() {
    Arbitrary<String> valid = Arbitraries.of(
        CREATE,
        "{\"ids\":[1]}",
        "{\"dryRun\":true}",
        "{\"token\":\"x\"}",
        "{\"enabled\":true}",
        "{\"enabled\":false}",
        "{\"overlapSeconds\":60}");
    Arbitrary<String> fragment = Arbitraries.oneOf(
        Arbitraries.of(
            "",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "true",
            "1e9",
            "\\ud800",
            "\u0000",
            "\"name\":\"y\"",
            "\"enabled\":true",
            "//",
            "/**/",
            "\ufeff",
            "\ud800",
            "-0",
            "NaN"),
        Arbitraries.strings().ofMaxLength(3));
    Arbitrary<Integer> position = Arbitraries.integers().between(0, 60);
    return Combinators.combine(valid, fragment, position, position).as((json, inserted, a, b) -> {
      int from = Math.min(Math.min(a, b), json.length());
      int to = Math.min(Math.max(a, b), json.length());
      return json.substring(0, from) + inserted + json.substring(to);
    });
  }

  private static void assertHarmless(FakeRequest request) {
    assertHarmless(new ApiFixture(), request);
  }

  private static ApiResponse assertHarmless(ApiFixture fixture, FakeRequest request) {
    List<StoredToken> before = fixture.store.content();
    TokenApi api = TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
    ApiResponse response = api.handle(request.with(fixture.admin));
    assertThat(response.status()).isBetween(200, 415);
    if (response.status() != 200) {
      assertThat(response.status()).isGreaterThanOrEqualTo(400);
      assertThat(fixture.store.content()).isEqualTo(before);
      assertThat(text(response)).startsWith("{\"success\":false,\"msg\":\"");
      assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text(response)))
          .isTrue();
    }
    return response;
  }
}

package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changes need a body that is declared as JSON in UTF-8. Forms and pages of other sites cannot send one without a
 * preflight.
 */
@Tag("locale")
class TokenApiContentTypeTest {
  private static final ManagementPolicy LOGIN =
      request -> Optional.of(Caller.withoutOwner().unrestricted());

  private final ApiFixture fixture = new ApiFixture();

  @ParameterizedTest // E9
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "APPLICATION/JSON;CHARSET=UTF-8",
        "application/json; charset=utf-8",
        "application/json;charset=\"utf-8\"",
        "application/json \t;\t charset=UTF-8 ",
        "application/json;",
        "application/json ; ;\t;",
        "application/json; charset=utf8",
        "application/json;charset=\"UTF8\"",
        "application/json; charset=\"ut\\f-8\"",
        "application/json; charset=utf-8; charset=UTF-8",
        "application/json; charset=utf-8; v=1",
        "application/json; v=1",
        "application/json; profile=\"a;b, \\\"c\\\" charset=utf-16\";x=\"\"",
        "application/json;odata.metadata=minimal;;IEEE754Compatible=true"
      })
  void json_in_utf_8_is_accepted(String type) {
    assertThat(fixture.send(request(type)).status()).isEqualTo(200);
  }

  @ParameterizedTest // E9, E11
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "text/plain;application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=application/json",
        "text/json",
        "application/jsonp",
        "application/json5",
        "application/merge-patch+json",
        "xapplication/json",
        " application/json",
        "application/json, text/plain",
        "text/plain, application/json",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json; charset=latin1",
        "application/json; charset='utf-8'",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset=",
        "application/json; charset=\"utf-8",
        "application/json; charset=\"utf-8\\",
        "application/json; charset=\"utf-8\"x",
        "application/json; charset=\"\"",
        "application/json; charset = utf-8",
        "application/json; charset",
        "application/json; =utf-8",
        "application/json; v=1 text/plain",
        "application/json; v=1, text/plain",
        "application/json x",
        "application/json\u00a0",
        "application/json; v=\u00e4",
        "application/json; v=\"\n\"",
        "application /json",
        "application\\json",
        "appl\u0131cat\u0131on/json",
        "*/*"
      })
  void any_other_content_type_is_refused_without_reading_the_body(String type) {
    FakeRequest request = request(type);
    assertThat(text(fixture.assertRefused(request, 415)))
        .isEqualTo("{\"success\":false,\"msg\":\"the body must be sent as application/json in"
            + " UTF-8, without content encoding\"}");
    assertThat(request.bodyOpened()).isZero();
    fixture.assertRefused(post("/setEnabled/1").field("Content-Type", type), 415);
    fixture.assertRefused(post("/rotate/1").field("Content-Type", type), 415);
    fixture.assertRefused(
        post("/delete/1").field("Content-Type", type).body("{}".getBytes(US_ASCII)), 415);
    TokenApi users = TokenApi.of(fixture.tokens, LOGIN);
    fixture.assertRefused(users, post("/delete/1").field("Content-Type", type), 415);
  }

  @Test // K1
  void a_very_long_content_type_is_parsed_in_one_pass() {
    String parameters = "; v=\"" + "\\\"".repeat(500_000) + "\"" + ";x=y".repeat(500_000);
    assertThat(Utf8MediaType.isJson("application/json" + parameters)).isTrue();
    assertThat(Utf8MediaType.isJson("application/json" + parameters + ",")).isFalse();
  }

  @Test // E9
  void a_body_with_no_type_or_two_types_is_refused_without_reading_it() {
    fixture.assertRefused(post("/create").body("{\"name\":\"x\"}".getBytes(US_ASCII)), 415);
    fixture.assertRefused(
        post("/setEnabled/1").body("{\"enabled\":false}".getBytes(US_ASCII)), 415);
    fixture.assertRefused(post("/rotate/1").body("{\"overlapSeconds\":0}".getBytes(US_ASCII)), 415);
    fixture.assertRefused(
        request("application/json").field("content-type", "application/json"), 415);
    fixture.assertRefused(request("application/json").field("Content-Type", "text/plain"), 415);
  }

  @ParameterizedTest // F4
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "deflate",
        "br",
        "zstd",
        "x-gzip",
        "identity, gzip",
        "",
        "gzip, identity"
      })
  void a_compressed_body_is_refused_without_reading_it(String encoding) {
    FakeRequest request = request("application/json").field("Content-Encoding", encoding);
    fixture.assertRefused(request, 415);
    assertThat(request.bodyOpened()).isZero();
    fixture.assertRefused(
        request("application/json")
            .field("Content-Encoding", "identity")
            .field("Content-Encoding", "gzip"),
        415);
  }

  @Test
  void the_content_encoding_identity_is_accepted() {
    FakeRequest request = request("application/json").field("Content-Encoding", "Identity");
    assertThat(fixture.send(request).status()).isEqualTo(200);
  }

  @ParameterizedTest // curl -d '', wget --post-data=, urllib and HttpURLConnection send a form type
  @ValueSource(
      strings = {"", "application/x-www-form-urlencoded", "text/plain", "application/json", "x"})
  void an_empty_deletion_with_a_token_may_have_any_content_type(String type) {
    fixture.tokens.create(NewToken.named("a"));
    fixture.tokens.create(NewToken.named("b"));
    assertThat(fixture.send(post("/delete/2").field("Content-Type", type)).status())
        .isEqualTo(200);
    FakeRequest withLength =
        post("/delete/3").field("Content-Type", type).field("Content-Length", "0");
    assertThat(fixture.send(withLength).status()).isEqualTo(200);
    assertThat(fixture.tokens.list()).hasSize(1);
  }

  @Test
  void a_deletion_with_a_token_needs_no_content_type_and_may_have_an_empty_object() {
    for (String body : new String[] {"", "{}", " { } "}) {
      long id = fixture.tokens.create(NewToken.named("a")).token().id();
      FakeRequest untyped = post("/delete/" + id).body(body.getBytes(US_ASCII));
      assertThat(fixture.send(untyped).status()).isEqualTo(200);
      long next = fixture.tokens.create(NewToken.named("a")).token().id();
      assertThat(fixture.send(post("/delete/" + next, body.strip())).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest // F2: 3x-ui sends this member as a condition
  @ValueSource(strings = {"{\"expectedScope\":\"admin\"}", "{\"\":null}", "[]", "null", "x", " "})
  void a_deletion_whose_body_says_something_is_refused(String body) {
    fixture.assertRefused(post("/delete/1", body), 400);
    fixture.assertRefused(post("/delete/1").body(body.getBytes(US_ASCII)), 400);
    fixture.assertRefused(TokenApi.of(fixture.tokens, LOGIN), post("/delete/1", body), 400);
    FakeRequest form = post("/delete/1").field("Content-Type", "application/x-www-form-urlencoded");
    fixture.assertRefused(form.body(body.getBytes(US_ASCII)), 415);
  }

  @Test
  void a_form_that_a_filter_of_the_host_has_read_is_not_empty() {
    FakeRequest form = post("/delete/1")
        .field("Content-Type", "application/x-www-form-urlencoded")
        .field("Content-Length", "13");
    fixture.assertRefused(form, 415);
  }

  @Test // E11: a page of another site can post without this type, and the browser adds the cookies
  void a_deletion_without_a_token_needs_the_content_type() {
    TokenApi api = TokenApi.of(fixture.tokens, LOGIN);
    fixture.assertRefused(api, post("/delete/1"), 415);
    fixture.assertRefused(api, post("/delete/1").field("Content-Type", "text/plain"), 415);
    fixture.assertRefused(api, post("/delete/1").field("Authorization", "Bearer x"), 415);
    assertThat(api.handle(post("/delete/1", "")).status()).isEqualTo(200);
    assertThat(fixture.tokens.list()).isEmpty();
  }

  private static FakeRequest request(String type) {
    return post("/create").field("Content-Type", type).body("{\"name\":\"x\"}".getBytes(US_ASCII));
  }
}

package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a JSON object in UTF-8 with known members is accepted. */
@Tag("locale")
class TokenApiBodiesTest {
  private static final String GOOD = "{\"name\":\"x\"}";

  private final ApiFixture fixture = new ApiFixture();

  @ParameterizedTest // F1, F2
  @ValueSource(
      strings = {
        "",
        " ",
        "\ufeff{'name':'x'}",
        "null",
        "true",
        "1",
        "'x'",
        "['name']",
        "[{'name':'x'}]",
        "{",
        "}",
        "{'name'",
        "{'name':",
        "{'name':'x",
        "{'name':'x'",
        "{'name':'x'}}",
        "{'name':'x'} x",
        "{'name':'x'}{'name':'y'}",
        "{'name':'x'},",
        "{'name':'x'}\u0000",
        "{'name':'x',}",
        "{,'name':'x'}",
        "{'name':'x' 'scopes':['a']}",
        "{'name' 'x'}",
        "{'name':'x';}",
        "{name:'x'}",
        "{'name':x}",
        "{'name':`x`}",
        "{'name':'x'} // y",
        "{/* y */'name':'x'}",
        "# y\n{'name':'x'}",
        "{'name':NaN}",
        "{'name':Infinity}",
        "{'name':undefined}",
        "{'name':'a\tb'}",
        "{'name':'a\nb'}",
        "{'name':'a\\x'}",
        "{'name':'\\u12'}",
        "{'name':'a\\'}",
        "{'name':'a'+'b'}",
        "{\u00a0'name':'x'}",
        "{\f'name':'x'}",
        "\u2028{'name':'x'}",
        "<name>x</name>",
        "name=x",
        "{'name':'x'}\u001a"
      })
  void invalid_json_is_refused(String body) {
    fixture.assertRefused(post("/create", quoted(body)), 400);
    fixture.assertRefused(post("/setEnabled/1", quoted(body).replace("\"x\"", "false")), 400);
    String overlap = quoted(body).replace("\"x\"", "0").replace("name", "overlapSeconds");
    fixture.assertRefused(post("/rotate/1", overlap), 400);
  }

  @Test // F1
  void single_quotes_are_refused() {
    fixture.assertRefused(post("/create", "{'name':'x'}"), 400);
    fixture.assertRefused(post("/create", "{\"name\":'x'}"), 400);
  }

  @ParameterizedTest // F3
  @ValueSource(
      strings = {
        "{'name':'x','name':'x'}",
        "{'name':'x','name':'y'}",
        "{'name':'x','\\u006eame':'y'}",
        "{'name':'x','scopes':['a'],'scopes':['a']}",
        "{'name':'x','expiresAt':1736000001,'expiresAt':1736000001}"
      })
  void a_duplicate_member_is_refused(String body) {
    assertThat(text(fixture.assertRefused(post("/create", quoted(body)), 400)))
        .contains("(expected: once)");
    fixture.assertRefused(post("/setEnabled/1", "{\"enabled\":false,\"enabled\":true}"), 400);
    fixture.assertRefused(post("/rotate/1", "{\"overlapSeconds\":0,\"overlapSeconds\":0}"), 400);
  }

  @ParameterizedTest // E5: CWE-915
  @ValueSource(
      strings = {
        "'id':7", "'token':'x'", "'hash':'x'", "'createdAt':1", "'enabled':false", "'owner':'ann'",
        "'lastUsedAt':1", "'Name':'y'", "'name ':'y'", "'':'y'", "'__proto__':{}", "'x':null",
        "'x':{'name':'y'}", "'allowedAddresses':[]", "'\\u0000name':'y'", "'\\ud800':1"
      })
  void an_unknown_member_is_refused_in_any_position(String member) {
    fixture.assertRefused(post("/create", quoted("{'name':'x'," + member + '}')), 400);
    fixture.assertRefused(post("/create", quoted('{' + member + ",'name':'x'}")), 400);
    fixture.assertRefused(post("/rotate/1", quoted("{'overlapSeconds':0," + member + '}')), 400);
    if (!member.startsWith("'enabled'")) {
      fixture.assertRefused(post("/setEnabled/1", quoted("{'enabled':false," + member + '}')), 400);
    }
  }

  @Test // E5
  void the_error_lists_known_members_without_quoting_the_unknown_one() {
    assertThat(text(fixture.assertRefused(post("/create", "{\"s3cret\":\"s3cret\"}"), 400)))
        .isEqualTo("{\"success\":false,\"msg\":\"the body has an unknown member"
            + " (expected: allowedAddresses, description, expiresAt, expiresIn, name, scopes)\"}");
  }

  static Stream<byte[]> otherEncodings() {
    return Stream.of(
        bytes(UTF_16),
        bytes(UTF_16LE),
        bytes(UTF_16BE),
        bytes(Charset.forName("UTF-32")),
        named("ff"),
        named("c0af"), // overlong solidus
        named("c1a1"), // overlong a
        named("e08080"),
        named("eda080"), // a lone surrogate
        named("eda0bdedba80"), // a surrogate pair, each half encoded separately
        named("f8888080"),
        named("f4908080"), // beyond U+10FFFF
        named("e9"), // Latin-1
        named("c3"),
        hex("efbbbf" + HexFormat.of().formatHex(GOOD.getBytes(Charset.forName("US-ASCII")))));
  }

  @ParameterizedTest // F1
  @MethodSource("otherEncodings")
  void invalid_utf_8_is_refused(byte[] body) {
    FakeRequest request =
        post("/create").field("Content-Type", "application/json").body(body);
    fixture.assertRefused(request, 400);
  }

  private static byte[] named(String hex) {
    return hex("7b226e616d65223a22" + hex + "227d");
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] bytes(Charset charset) {
    return GOOD.getBytes(charset);
  }

  /** Replaces single quotes by double quotes, so that test data needs no backslashes. */
  static String quoted(String json) {
    return json.replace('\'', '"');
  }
}

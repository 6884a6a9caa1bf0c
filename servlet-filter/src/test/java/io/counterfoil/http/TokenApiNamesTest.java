package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name is stored and returned code point for code point, or refused. */
@Tag("locale")
class TokenApiNamesTest {
  private final ApiFixture fixture = new ApiFixture();

  @ParameterizedTest // F6, F7
  @ValueSource(
      strings = {
        "a",
        "two words",
        "O'Brien",
        "DEFAULT",
        "\u00e4\u00df\u0130\u0131",
        "e\u0301", // not normalised to one code point
        "\u00e9",
        "\ufb01",
        "\uff21",
        "\ud83d\ude80",
        "<script>alert(1)</script>",
        "a&amp;b",
        "%s%n$ne ${jndi:ldap://x}",
        "'; DROP TABLE tokens; --",
        "\u0430dmin", // Cyrillic: F9
        "null",
        "\ue000",
        "\udbff\udfff"
      })
  void a_name_is_kept_and_shown_as_it_was_given(String name) {
    fixture.send(post("/create", "{\"name\":\"" + name + "\"}"));
    assertThat(fixture.tokens.find(2)).map(Token::name).contains(name);
    assertThat(text(fixture.send(get("")))).contains("{\"id\":2,\"name\":\"" + name + "\",");
  }

  @Test // F6
  void escapes_of_json_are_read_and_written() {
    ApiResponse response =
        fixture.send(post("/create", "{\"name\":\"\\\"\\\\\\/\\u00e4\\ud83d\\ude80\"}"));
    assertThat(fixture.tokens.find(2)).map(Token::name).contains("\"\\/\u00e4\ud83d\ude80");
    assertThat(text(response)).contains("\"name\":\"\\\"\\\\/\u00e4\ud83d\ude80\",");
  }

  @Test // F7
  void a_name_has_1_to_64_code_points() {
    String longest = "\ud83d\ude80".repeat(64);
    assertThat(fixture.send(post("/create", "{\"name\":\"" + longest + "\"}")).status())
        .isEqualTo(200);
    fixture.assertRefused(post("/create", "{\"name\":\"" + longest + "a\"}"), 400);
    fixture.assertRefused(post("/create", "{\"name\":\"" + "a".repeat(16_000) + "\"}"), 400);
    assertThat(text(fixture.assertRefused(post("/create", "{\"name\":\"\"}"), 400)))
        .startsWith("{\"success\":false,\"msg\":\"name: empty (expected: 1 to 64 code points");
  }

  @ParameterizedTest // F7, F11
  @ValueSource(
      strings = {
        "\\u0000", "a\\u0000b", "\\u0009", "a\\nb", "a\\r\\nb", "\\u001b[2J", "\\u007f", "\\u0085",
        "\\u009f", "\\u2028", "\\u2029", "\\u202e", "\\u200f", "\\u2066", "\\ud800", "a\\udc00",
        "\\ude80\\ud83d", " a", "a ", "\\u00a0a", "a\\u3000", "\u202ea", "\u0085a", " "
      })
  void control_and_bidi_characters_and_outer_white_space_are_refused_with_the_rule(String escaped) {
    assertThat(text(fixture.assertRefused(post("/create", "{\"name\":\"" + escaped + "\"}"), 400)))
        .matches("\\{\"success\":false,\"msg\":\"name: [a-z, -]+ \\(expected: 1 to 64 code points,"
            + " no white space at either end, no control, line-breaking or bidi-control"
            + " characters, no unpaired surrogates\\)\"}");
  }

  @Test // F8
  void names_compare_exactly() {
    for (String name : new String[] {"Default", "defau\u0131t", "d\u00e9fault", "de\u0301fault"}) {
      assertThat(fixture.send(post("/create", "{\"name\":\"" + name + "\"}")).status())
          .isEqualTo(200);
    }
    fixture.assertRefused(post("/create", "{\"name\":\"\\u0064efault\"}"), 409);
  }
}

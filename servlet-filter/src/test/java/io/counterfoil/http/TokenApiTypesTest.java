package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static io.counterfoil.http.TokenApiBodiesTest.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Token;
import io.counterfoil.testing.TestClock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of the wrong type are refused and never converted. Missing members get no default value. */
@Tag("locale")
class TokenApiTypesTest {
  private final ApiFixture fixture = new ApiFixture();

  @ParameterizedTest // E6
  @ValueSource(
      strings = {
        "{}",
        "{'scopes':['a']}",
        "{'name':null}",
        "{'name':1}",
        "{'name':1.5}",
        "{'name':true}",
        "{'name':['x']}",
        "{'name':[]}",
        "{'name':{}}",
        "{'name':{'name':'x'}}"
      })
  void a_name_is_a_string(String body) {
    assertThat(text(fixture.assertRefused(post("/create", quoted(body)), 400)))
        .isEqualTo("{\"success\":false,\"msg\":\"name (expected: a string)\"}");
  }

  @ParameterizedTest // E6
  @ValueSource(
      strings = {
        "{}",
        "{'enabled':null}",
        "{'enabled':0}",
        "{'enabled':1}",
        "{'enabled':'false'}",
        "{'enabled':'true'}",
        "{'enabled':''}",
        "{'enabled':[false]}",
        "{'enabled':[]}",
        "{'enabled':{}}",
        "{'enabled':0.0}"
      })
  void enabled_is_true_or_false(String body) {
    assertThat(text(fixture.assertRefused(post("/setEnabled/1", quoted(body)), 400)))
        .isEqualTo("{\"success\":false,\"msg\":\"enabled (expected: true or false)\"}");
  }

  @ParameterizedTest // E6
  @ValueSource(strings = {"True", "FALSE", "tru", "falsey", "t", "yes", "on"})
  void other_spellings_of_true_and_false_are_refused(String value) {
    fixture.assertRefused(post("/setEnabled/1", "{\"enabled\":" + value + '}'), 400);
  }

  @ParameterizedTest // E6
  @ValueSource(
      strings = {
        "null",
        "'a'",
        "1",
        "true",
        "{}",
        "[]",
        "[1]",
        "[null]",
        "[true]",
        "[['a']]",
        "['a',1]",
        "[{'a':1}]",
        "['']",
        "['a b']",
        "[' a']",
        "['a\\'']",
        "['\\\\']",
        "['\\u0000']",
        "['\u00e4']",
        "['a','\\ud800']",
        "['a'",
        "['a',]"
      })
  void scopes_are_an_array_of_one_or_more_scope_tokens(String scopes) {
    fixture.assertRefused(post("/create", quoted("{'name':'x','scopes':" + scopes + '}')), 400);
  }

  @Test
  void the_length_of_a_scope_is_limited() {
    String longest = "a".repeat(1000);
    fixture.assertRefused(
        post("/create", quoted("{'name':'x','scopes':['" + longest + "b']}")), 400);
    fixture.api.handle(post("/create", quoted("{'name':'x','scopes':['" + longest + "']}"))
        .with(fixture.unrestricted()));
    assertThat(fixture.tokens.find("", "x")).map(Token::scopes).contains(Set.of(longest));
  }

  @ParameterizedTest // E6, J4, K1
  @ValueSource(
      strings = {
        "true",
        "'1736000001'",
        "[]",
        "{}",
        "0",
        "-0",
        "-1",
        "1736000000",
        "1736000001.0",
        "1736000001.5",
        "1736000001e0",
        "1.736000001e9",
        "253402300800",
        "1736000001000",
        "2147483648000",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "1e999999999",
        "1E-999999999",
        "-1e999999999",
        "1e9999999999999999999",
        "01736000001",
        "+1736000001",
        "0x7fffffff",
        ".5",
        "1736000001.",
        "1_736_000_001",
        "\u0661",
        "NaN",
        "Infinity",
        "-Infinity"
      })
  void an_expiry_is_whole_seconds_in_the_future_before_the_year_10000(String expiry) {
    fixture.assertRefused(post("/create", quoted("{'name':'x','expiresAt':" + expiry + '}')), 400);
  }

  @Test
  void an_expiry_of_null_is_like_an_absent_one() {
    FakeRequest request = post("/create", quoted("{'name':'x','expiresAt':null}"));
    assertThat(fixture.send(request).status()).isEqualTo(200);
    assertThat(fixture.tokens.find("", "x").orElseThrow().expiresAt()).isEmpty();
  }

  @ParameterizedTest // E6, K1
  @ValueSource(
      strings = {
        "{}",
        "{'overlapSeconds':null}",
        "{'overlapSeconds':true}",
        "{'overlapSeconds':''}",
        "{'overlapSeconds':'0'}",
        "{'overlapSeconds':[0]}",
        "{'overlapSeconds':{}}",
        "{'overlapSeconds':-1}",
        "{'overlapSeconds':-0}",
        "{'overlapSeconds':0.0}",
        "{'overlapSeconds':0.5}",
        "{'overlapSeconds':1e3}",
        "{'overlapSeconds':1000000000000}",
        "{'overlapSeconds':9223372036854775807}",
        "{'overlapSeconds':99999999999999999999999999}"
      })
  void an_overlap_is_whole_seconds_and_has_no_default(String body) {
    assertThat(text(fixture.assertRefused(post("/rotate/1", quoted(body)), 400)))
        .isEqualTo("{\"success\":false,\"msg\":\"overlapSeconds"
            + " (expected: whole seconds, 0 or more, at most 999999999999)\"}");
  }

  @Test // J4
  void the_error_for_milliseconds_names_them() {
    assertThat(text(fixture.assertRefused(
            post("/create", "{\"name\":\"x\",\"expiresAt\":1767225600000}"), 400)))
        .isEqualTo("{\"success\":false,\"msg\":\"expiresAt (expected: whole seconds since 1970,"
            + " not milliseconds, at most 253402300799, which is the end of the year 9999)\"}");
  }

  @Test // J1
  void an_expiry_one_second_from_now_is_stored_exactly() {
    long soon = TestClock.START + 1;
    fixture.send(post("/create", "{\"name\":\"x\",\"expiresAt\":" + soon + '}'));
    assertThat(fixture.tokens.find(2).flatMap(Token::expiresAt))
        .contains(Instant.ofEpochSecond(soon));
  }
}

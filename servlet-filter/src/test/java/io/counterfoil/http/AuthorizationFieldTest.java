package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar by itself: tokens of other systems, which a manager may take one day, are legal here too. */
class AuthorizationFieldTest {
  private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

  @ParameterizedTest // B2
  @ValueSource(strings = {"a", "Z9", "-._~+/", "a=", "a==========", "/", "Bearer", "eyJ.eyJ.sig-_"})
  void a_b64token_is_returned_as_it_was_sent(String token) {
    assertThat(AuthorizationField.plaintext("bearer " + token)).isEqualTo(token);
    assertThat(AuthorizationField.plaintext("Bearer   " + token)).isEqualTo(token);
  }

  @ParameterizedTest // B2, B3: A8 too, nothing is trimmed
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer/a",
        "Bearer=a",
        "Bearer\ta",
        "Bearer \ta",
        "Bearer a ",
        "Bearer a\t",
        "Bearer a b",
        "Bearer =",
        "Bearer a=b",
        "Bearer a,b",
        "Bearer \"a\"",
        "Bearer a\u0000",
        "Bearer \u00e4",
        "Bearer \u0661",
        "Bearer a:b",
        "Bearer a%20",
        "Bearer a@b"
      })
  void what_is_none_is_returned_as_the_empty_text(String value) {
    assertThat(AuthorizationField.plaintext(value)).isEmpty();
  }

  @Test // B7
  void the_longest_token_has_255_characters() {
    String longest = "a".repeat(255);
    assertThat(AuthorizationField.plaintext("Bearer     " + longest)).isEqualTo(longest);
    assertThat(AuthorizationField.plaintext("Bearer " + longest + 'a')).isEmpty();
    assertThat(AuthorizationField.plaintext("Bearer " + longest + '=')).isEmpty();
  }

  @Property(tries = 3000) // B2
  void the_grammar_is_the_regular_expression_of_the_standard(
      @ForAll
          @StringLength(max = 6)
          @Chars({
            'a', 'Z', '5', '-', '.', '_', '~', '+', '/', '=', '=', ',', '\t', '"', '@', '[',
            '\u00e4'
          })
          String token) {
    String expected = GRAMMAR.matcher(token).matches() ? token : "";
    assertThat(AuthorizationField.plaintext("Bearer " + token)).isEqualTo(expected);
  }
}

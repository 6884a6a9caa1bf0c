package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start of the token within an Authorization header. The token manager validates the token itself. */
class AuthorizationHeaderTest {
  @ParameterizedTest // B2
  @ValueSource(strings = {"a", "Z9", "-._~+/", "a=", "a==========", "/", "Bearer", "eyJ.eyJ.sig-_"})
  void a_b64token_is_returned_as_it_was_sent(String token) {
    assertThat(plaintext("bearer " + token)).isEqualTo(token);
    assertThat(plaintext("Bearer   " + token)).isEqualTo(token);
  }

  @ParameterizedTest // B2
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer/a", "Bearer=a", "Bearer\ta"})
  void a_value_without_a_token_after_a_space_gives_the_empty_text(String value) {
    assertThat(plaintext(value)).isEmpty();
  }

  @ParameterizedTest // B3, A8: nothing is trimmed
  @ValueSource(strings = {"\ta", "a ", "a\t", "a b", "a,b", "\"a\"", "a\u0000", "\u00e4", "\u0661"})
  void an_invalid_token_is_returned_unchanged_for_the_manager_to_reject(String token) {
    assertThat(plaintext("Bearer " + token)).isEqualTo(token);
  }

  @Test // B7
  void the_longest_token_has_256_characters() {
    String longest = "a".repeat(256);
    assertThat(plaintext("Bearer     " + longest)).isEqualTo(longest);
    assertThat(plaintext("Bearer " + longest + 'a')).isEmpty();
    assertThat(plaintext("Bearer " + longest + '=')).isEmpty();
  }

  private static String plaintext(String value) {
    return new Credential(AuthorizationHeader.credential(value, "Bearer"), true).plaintext();
  }
}

package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSanitizerTest {

  @Test
  void harmless_text_is_quoted_and_not_changed() {
    assertThat(LogSanitizer.quote("central-panel \u00e9 \u4e2d \ud83d\ude80"))
        .isEqualTo("\"central-panel \u00e9 \u4e2d \ud83d\ude80\"");
  }

  @ParameterizedTest // F11: CR, LF, NEL, LS, PS, ESC, NUL, bidi override, lone surrogate
  @CsvSource({"d", "a", "85", "2028", "2029", "1b", "0", "202e", "d83d"})
  void characters_that_could_break_or_reverse_a_line_are_escaped(String hex) {
    assertThat(LogSanitizer.quote("a" + (char) Integer.parseInt(hex, 16) + "b"))
        .isEqualTo("\"a\\u{" + hex + "}b\"");
  }

  @Test
  void a_quotation_mark_cannot_end_the_text() {
    assertThat(LogSanitizer.quote("a\" event=deleted b=\"\\"))
        .isEqualTo("\"a\\\" event=deleted b=\\\"\\\\\"");
  }

  @Property(tries = 500)
  void any_text_stays_on_its_line(@ForAll String text) {
    assertThat(LogSanitizer.quote(text))
        .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202a-\\u202e]");
  }
}

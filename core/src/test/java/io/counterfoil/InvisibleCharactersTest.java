package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table is compared with its definition in UAX 44, and with the categories that the JDK knows. */
class InvisibleCharactersTest {
  /** Format characters that are visible: Prepended_Concatenation_Mark, in every version up to Unicode 17. */
  private static final Set<Integer> VISIBLE_FORMATS = Set.of(
      0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd,
      0x110cd);

  private static IntStream codePoints() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT);
  }

  @Test // the total that DerivedCoreProperties.txt states
  void the_table_has_4174_code_points() {
    assertThat(codePoints().filter(InvisibleCharacters::isDefaultIgnorable).count())
        .isEqualTo(4174);
  }

  @Test // UAX 44: Cf, except the formats that are visible, annotations and Egyptian controls
  void every_format_character_that_shows_nothing_is_in_the_table() {
    assertThat(codePoints()
            .filter(c -> Character.getType(c) == Character.FORMAT)
            .filter(c -> c < 0x13430 || c > 0x1345f)
            .filter(c -> !VISIBLE_FORMATS.contains(c))
            .filter(c -> !InvisibleCharacters.contains(c)))
        .isEmpty();
  }

  @Test
  void every_variation_selector_is_in_the_table() {
    assertThat(codePoints()
            .filter(c -> String.valueOf(Character.getName(c)).contains("VARIATION SELECTOR"))
            .filter(c -> !InvisibleCharacters.contains(c)))
        .isEmpty();
  }

  @Test
  void no_visible_letter_digit_or_symbol_is_in_the_table() {
    assertThat(codePoints()
            .filter(InvisibleCharacters::contains)
            .filter(Character::isLetterOrDigit)
            .boxed())
        .containsExactly(0x115f, 0x1160, 0x3164, 0xffa0); // the Hangul fillers
    assertThat(VISIBLE_FORMATS).noneMatch(InvisibleCharacters::contains);
  }
}

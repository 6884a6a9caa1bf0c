package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.counterfoil.testing.Effort;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locale")
class TokenFormatTest {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The pattern in the README for secret scanners, for the default prefix. */
  private static final Pattern PUBLISHED = Pattern.compile("\\bcf_[0-9A-Za-z]{49}\\b");

  private static boolean isWellFormed(String text) {
    return TokenFormat.isWellFormed(text, Checksums.PLAIN, true);
  }

  @Test // A1
  void many_tokens_are_distinct() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < Effort.times(100_000); i++) { // a million with -Pthorough
      if (!seen.add(TokenFormat.generate("cf", RANDOM, Checksums.PLAIN))) {
        fail("a token was generated twice");
      }
    }
  }

  @Test // A1: a remainder instead of a rejection would favour some of the 62 characters, with a
  // chi-square far above the limit
  void every_character_of_the_secret_is_uniform() {
    int tokens = 62_000;
    int[][] counts = new int[TokenFormat.SECRET_LENGTH][BASE62.length()];
    for (int i = 0; i < tokens; i++) {
      String secret = TokenFormat.generate("cf", RANDOM, Checksums.PLAIN)
          .substring(3, 3 + TokenFormat.SECRET_LENGTH);
      for (int position = 0; position < secret.length(); position++) {
        counts[position][BASE62.indexOf(secret.charAt(position))]++;
      }
    }
    double expected = (double) tokens / BASE62.length();
    for (int[] position : counts) {
      double chiSquare = 0;
      for (int count : position) {
        chiSquare += (count - expected) * (count - expected) / expected;
      }
      // With 61 degrees of freedom the mean is 61, and about 1 in 10^9 positions is beyond 150.
      assertThat(chiSquare).isLessThan(150);
    }
  }

  @Test // A1
  void all_randomness_comes_from_the_given_secure_random() {
    class Counting extends SecureRandom {
      private static final long serialVersionUID = 1L;
      private int bytes;

      @Override
      public void nextBytes(byte[] target) {
        bytes += target.length;
        super.nextBytes(target);
      }
    }
    Counting counting = new Counting();
    TokenFormat.generate("cf", counting, Checksums.PLAIN);
    assertThat(counting.bytes * Byte.SIZE).isGreaterThanOrEqualTo(6 * TokenFormat.SECRET_LENGTH);
  }

  @Property(tries = 200) // A2
  void a_token_is_a_b64token_that_a_double_click_selects(@ForAll("prefixes") String prefix) {
    String token = TokenFormat.generate(prefix, RANDOM, Checksums.PLAIN);
    assertThat(token).matches("[A-Za-z0-9_]{52,70}").startsWith(prefix + '_');
    assertThat(isWellFormed(token)).isTrue();
  }

  @Property(tries = 200) // 55 bytes fit into one block of SHA-256
  void with_a_prefix_of_five_characters_a_token_has_55(@ForAll("prefixes") String prefix) {
    assertThat(TokenFormat.generate(prefix, RANDOM, Checksums.PLAIN)).hasSize(prefix.length() + 50);
  }

  @Property(tries = 500) // A3
  void a_change_of_one_character_is_noticed(
      @ForAll @IntRange(min = 0, max = 51) int position, @ForAll("characters") char replacement) {
    String token = TokenFormat.generate("cf", RANDOM, Checksums.PLAIN);
    StringBuilder changed = new StringBuilder(token);
    changed.setCharAt(position, replacement);
    assertThat(isWellFormed(changed.toString())).isEqualTo(token.contentEquals(changed));
  }

  @Property(tries = 500) // A8: the bytes are hashed as they are
  void a_character_beyond_ascii_is_never_taken_for_another(
      @ForAll @IntRange(min = 0, max = 51) int position,
      @ForAll @IntRange(min = 1, max = 255) int more) {
    StringBuilder changed = new StringBuilder(TokenFormat.generate("cf", RANDOM, Checksums.PLAIN));
    changed.setCharAt(position, (char) (changed.charAt(position) + (more << 8)));
    assertThat(isWellFormed(changed.toString())).isFalse();
  }

  @Property(tries = 100) // A3
  void a_swap_of_two_neighbours_is_noticed(@ForAll @IntRange(min = 3, max = 50) int position) {
    StringBuilder changed = new StringBuilder(TokenFormat.generate("cf", RANDOM, Checksums.PLAIN));
    char first = changed.charAt(position);
    changed.setCharAt(position, changed.charAt(position + 1));
    boolean same = changed.charAt(position) == first;
    changed.setCharAt(position + 1, first);
    assertThat(isWellFormed(changed.toString())).isEqualTo(same);
  }

  @Property(tries = 1000)
  void arbitrary_text_is_not_well_formed(@ForAll String text) {
    assertThat(isWellFormed(text)).isFalse();
  }

  @Test // A3
  void the_published_pattern_matches_every_token_and_no_random_word() {
    assertThat(TokenFormat.pattern("cf")).isEqualTo(PUBLISHED.pattern());
    Random words = new Random(42);
    for (int i = 0; i < 1000; i++) {
      assertThat(TokenFormat.generate("cf", RANDOM, Checksums.PLAIN)).matches(PUBLISHED);
    }
    for (int i = 0; i < Effort.times(100_000); i++) {
      String word = Long.toString(words.nextLong(), 36) + Long.toString(words.nextLong(), 36);
      if (PUBLISHED.matcher(word).find()) {
        fail("the pattern matches " + word);
      }
    }
  }

  @Test // scanners rely on it: CRC-32 of everything before it, in base62 with the digits first
  void the_checksum_is_the_crc_32_in_base62() {
    assertThat(isWellFormed("cf_" + "0".repeat(43) + "0b6uW6")).isTrue();
    assertThat(isWellFormed("acme_ci_" + "z".repeat(43) + "3wLUfs")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cf", "acme", "a1", "a_b", "acme_ci_2", "abcdefghijklmnopqrst"})
  void a_legal_prefix_is_accepted(String prefix) {
    assertThat(TokenFormat.checkedPrefix(prefix)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "Acme",
        "1a",
        "_a",
        "a_",
        "a__b",
        "a-b",
        "a b",
        "é1",
        "abcdefghijklmnopqrstu",
        "a\n",
        "\u0661a"
      })
  void another_prefix_is_refused_with_what_was_expected(String prefix) {
    assertThatThrownBy(() -> TokenFormat.checkedPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "prefix: " + LogSanitizer.quote(prefix) + " (expected: 2 to 20 of a-z, 0-9, _");
  }

  @Provide
  Arbitrary<String> prefixes() {
    Arbitrary<String> words =
        Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(8);
    Arbitrary<Character> letters = Arbitraries.chars().range('a', 'z');
    return words
        .list()
        .ofMinSize(1)
        .ofMaxSize(2)
        .flatMap(list -> letters.map(first -> first + String.join("_", list)));
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.oneOf(
        Arbitraries.of('_', '-', ' ', '\u0130', '\uff10'), Arbitraries.chars().ascii());
  }
}

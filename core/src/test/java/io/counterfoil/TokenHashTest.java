package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locale")
class TokenHashTest {

  @Property(tries = 200)
  void bytes_and_tag_are_returned_unchanged(@ForAll @Size(32) byte[] bytes) {
    TokenHash hash = TokenHash.of("x9", bytes);
    assertThat(hash.bytes()).isEqualTo(bytes);
    assertThat(hash.tag()).isEqualTo("x9");
    assertThat(hash)
        .isEqualTo(TokenHash.of("x9", bytes.clone()))
        .hasSameHashCodeAs(TokenHash.of("x9", bytes));
  }

  @Property(tries = 500) // A6: whatever byte differs
  void one_bit_makes_another_hash(
      @ForAll @Size(32) byte[] bytes,
      @ForAll @IntRange(max = 31) int place,
      @ForAll @IntRange(max = 7) int bit) {
    byte[] other = bytes.clone();
    other[place] ^= (byte) (1 << bit);
    assertThat(TokenHash.of("sha256", other)).isNotEqualTo(TokenHash.of("sha256", bytes));
  }

  @Test // A9
  void another_tag_makes_another_hash() {
    assertThat(TokenHash.of("x9", new byte[32])).isNotEqualTo(TokenHash.of("sha256", new byte[32]));
  }

  @Property(tries = 500)
  void hashes_have_the_same_bytes_whatever_their_tags(
      @ForAll @Size(32) byte[] bytes, @ForAll @IntRange(max = 31) int place) {
    TokenHash hash = TokenHash.of("sha256", bytes);
    TokenHash tagged = TokenHash.of("x9", bytes);
    assertThat(hash.hasSameBytes(tagged)).isTrue();
    assertThat(hash).hasSameHashCodeAs(tagged);
    byte[] other = bytes.clone();
    other[place]++;
    assertThat(hash.hasSameBytes(TokenHash.of("sha256", other))).isFalse();
  }

  @Test // A8: a published vector of SHA-256 (FIPS 180-4)
  void the_hash_of_abc_is_the_published_one() {
    assertThat(HexFormat.of().formatHex(Hashes.sha256("abc").bytes()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Hashes.sha256("abc").tag()).isEqualTo("sha256");
  }

  @Test // L1
  void the_text_of_a_hash_shows_only_its_tag() {
    assertThat(Hashes.sha256("abc")).hasToString("TokenHash[sha256:****]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void another_number_of_bytes_is_refused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenHash.of("sha256", new byte[length]))
        .withMessage("hash: " + length + " bytes (expected: 32)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SHA256", "a b", "é"})
  void an_illegal_tag_is_refused(String tag) {
    assertThatIllegalArgumentException().isThrownBy(() -> TokenHash.of(tag, new byte[32]));
  }

  @Test
  void a_tag_has_at_most_64_characters() {
    assertThat(TokenHash.of("a".repeat(64), new byte[32]).tag()).hasSize(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenHash.of("a".repeat(65), new byte[32]));
  }
}

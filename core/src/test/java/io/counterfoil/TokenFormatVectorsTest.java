package io.counterfoil;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.counterfoil.TestVectors.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about the format, the file of vectors and the library say the same. */
@Tag("locale")
class TokenFormatVectorsTest {
  private static final TestVectors FILE = TestVectors.read();

  private final Checksums keyed = FILE.keyedChecksums();
  private final TokenHasher hasher =
      new TokenHasher(Optional.empty(), List.of(FILE.presentPepper()), Optional.empty());

  static List<Vector> vectors() {
    return FILE.vectors();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void the_library_finds_the_checksum_of_each_vector(Vector vector) {
    assertThat(checksum(vector.plaintext())).isEqualTo(vector.checksum());
  }

  private String checksum(String text) {
    if (TokenFormat.isWellFormed(text, Checksums.PLAIN, true)) {
      return "plain";
    }
    if (TokenFormat.isWellFormed(text, keyed, false)) {
      return "keyed";
    }
    return hasShape(text) ? "wrong" : "malformed";
  }

  private static boolean hasShape(String text) {
    int separator = text.length() - TokenFormat.SECRET_LENGTH - TokenFormat.CHECKSUM_LENGTH - 1;
    String prefix = text.substring(0, separator);
    return catchThrowable(() -> TokenFormat.checkedPrefix(prefix)) == null
        && text.matches(TokenFormat.pattern(prefix));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void the_library_computes_the_hashes_of_each_vector(Vector vector) {
    boolean isHashed = List.of("plain", "keyed").contains(vector.checksum());
    assertThat(Stream.of(vector.sha256(), vector.hmac()).flatMap(Optional::stream))
        .containsExactlyElementsOf(isHashed ? hashes(vector.plaintext()) : List.of());
  }

  private List<String> hashes(String plaintext) {
    return hasher.allHashes(plaintext).stream()
        .map(hash -> HexFormat.of().formatHex(hash.bytes()))
        .toList();
  }

  @Test
  void the_tags_of_the_hashes_are_those_of_the_page() throws IOException {
    assertThat(hasher.allHashes("").stream().map(TokenHash::tag))
        .containsExactly("sha256", "hmac:" + FILE.pepperName());
    assertThat(page()).contains("| `sha256` |", "| `hmac:` and the name of a pepper");
  }

  @Test
  void there_are_vectors_of_each_kind_with_several_prefixes() {
    assertThat(vectors()).extracting(Vector::checksum).contains("plain", "keyed", "wrong");
    assertThat(vectors())
        .filteredOn(vector -> !vector.checksum().equals("malformed"))
        .extracting(vector -> vector.plaintext().replaceFirst("_[0-9A-Za-z]{49}$", ""))
        .contains("cf", "ab", "acme_ci_2", "abcdefghijklmnopqrst");
  }

  @Test
  void the_page_shows_the_keys_and_the_vectors_of_the_file() throws IOException {
    assertThat(page())
        .contains("| checksum key | `" + FILE.checksumKey() + "` |\n"
            + "| pepper `" + FILE.pepperName() + "` | `" + FILE.pepper()
            + "` |\n\n")
        .contains(vectors().stream()
            .map(vector -> "| `%s` | %s | %s |\n"
                .formatted(vector.plaintext(), vector.checksum(), vector.shows()))
            .collect(joining("", "|---|---|---|\n", "\n")))
        .endsWith(vectors().stream()
            .filter(vector -> vector.sha256().isPresent())
            .map(vector -> "%s\nsha256:%s\nhmac:%s:%s\n"
                .formatted(
                    vector.plaintext(),
                    vector.sha256().orElseThrow(),
                    FILE.pepperName(),
                    vector.hmac().orElseThrow()))
            .collect(joining("\n", "```text\n", "```\n")));
  }

  @Test
  void the_page_shows_the_pattern_and_the_lengths() throws IOException {
    assertThat(page())
        .contains('\n' + TokenFormat.pattern("cf") + '\n')
        .contains("\nplain sha256:" + vectors().get(0).sha256().orElseThrow() + '\n')
        .contains("secret    = " + TokenFormat.SECRET_LENGTH + " base62 characters")
        .contains("checksum  = " + TokenFormat.CHECKSUM_LENGTH + " base62 characters")
        .contains("peppers have at least " + Pepper.MIN_LENGTH + " bytes");
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "token-format.md"));
  }
}

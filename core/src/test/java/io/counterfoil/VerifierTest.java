package io.counterfoil;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.counterfoil.TestVectors.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in Python, over the test vectors. */
class VerifierTest {
  private static final TestVectors FILE = TestVectors.read();
  private static final Map<String, String> KEYS = Map.of(
      "CHECKSUM_KEY", FILE.checksumKey(),
      "PEPPER", FILE.pepper(),
      "PEPPER_NAME", FILE.pepperName());

  @TempDir
  private Path directory;

  private record Result(int exit, String output, String errors) {}

  @BeforeAll
  static void findPython() throws Exception {
    assumeTrue(isPython3(), "The verifier is not tested: there is no Python 3.7 or later here");
  }

  private static boolean isPython3() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 7))")
              .start()
              .waitFor()
          == 0;
    } catch (IOException notFound) {
      return false;
    }
  }

  @Test
  void it_says_of_each_vector_what_the_file_says() throws Exception {
    String expected = FILE.vectors().stream().map(VerifierTest::line).collect(joining());
    Result result = verify(KEYS, FILE.vectors().stream().map(Vector::plaintext));
    assertThat(result).isEqualTo(new Result(1, expected, ""));
  }

  private static String line(Vector vector) {
    return vector.checksum()
        + vector.sha256().map(hex -> " sha256:" + hex).orElse("")
        + vector.hmac().map(hex -> " hmac:" + FILE.pepperName() + ":" + hex).orElse("")
        + '\n';
  }

  @Test
  void without_keys_it_knows_plain_checksums_and_the_sha_256_only() throws Exception {
    List<Vector> plain =
        FILE.vectors().stream().filter(v -> v.checksum().equals("plain")).toList();
    String expected = plain.stream()
        .map(vector -> "plain sha256:" + vector.sha256().orElseThrow() + '\n')
        .collect(joining());
    assertThat(verify(Map.of(), plain.stream().map(Vector::plaintext)))
        .isEqualTo(new Result(0, expected, ""));
    assertThat(verify(
            Map.of(),
            FILE.vectors().stream().map(Vector::plaintext).filter(text -> text.endsWith("EIfM5S"))))
        .isEqualTo(new Result(1, "wrong\n", ""));
  }

  @Test
  void it_agrees_with_the_library_about_many_new_tokens() throws Exception {
    SecureRandom random = new SecureRandom();
    Checksums keyed = FILE.keyedChecksums();
    Result result = verify(
        KEYS,
        Stream.generate(() -> keyed)
            .limit(1_000)
            .map(checksums -> TokenFormat.generate("acme_ci", random, checksums)));
    assertThat(result.exit()).isZero();
    assertThat(result.output().lines())
        .hasSize(1_000)
        .allMatch(line -> line.startsWith("keyed sha256:"));
  }

  @Test // other users of the machine can read arguments
  void it_takes_no_plaintext_as_an_argument() throws Exception {
    String plaintext = FILE.vectors().get(0).plaintext();
    Result result = verify(Map.of(), Stream.of(), plaintext);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).contains("takes no arguments").doesNotContain(plaintext);
  }

  private Result verify(Map<String, String> keys, Stream<String> lines, String... arguments)
      throws Exception {
    Path input = Files.write(directory.resolve("in"), lines.toList(), UTF_8);
    Path output = directory.resolve("out");
    Path errors = directory.resolve("err");
    ProcessBuilder python = new ProcessBuilder(
            Stream.concat(Stream.of("python3", script()), Stream.of(arguments)).toList())
        .redirectInput(input.toFile())
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile());
    python.environment().keySet().removeAll(KEYS.keySet());
    python.environment().putAll(keys);
    Process process = python.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  private static String script() {
    return TestVectors.VERIFIER.resolve("verify.py").toString();
  }
}

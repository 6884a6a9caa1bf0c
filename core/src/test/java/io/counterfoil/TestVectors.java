package io.counterfoil;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The test vectors of the format, from the file that programs in other languages read. The keys are public.
 *
 * @param checksumKey in Base64
 * @param pepper in Base64
 */
record TestVectors(String checksumKey, String pepperName, String pepper, List<Vector> vectors) {
  static final Path VERIFIER = Path.of("..", "examples", "verifier");

  /**
   * @param checksum {@code plain}, {@code keyed}, {@code wrong} or {@code malformed}
   * @param shows what is special about the plaintext
   * @param sha256 in hexadecimal; empty if the plaintext is never hashed
   * @param hmac likewise, with the pepper
   */
  record Vector(
      String plaintext,
      String checksum,
      String shows,
      Optional<String> sha256,
      Optional<String> hmac) {}

  Checksums keyedChecksums() {
    return Checksums.keyed(List.of(Base64.getDecoder().decode(checksumKey)));
  }

  Pepper presentPepper() {
    return Pepper.of(pepperName, Base64.getDecoder().decode(pepper));
  }

  static TestVectors read() {
    return JsonMapper.shared()
        .readValue(VERIFIER.resolve("vectors.json").toFile(), TestVectors.class);
  }
}

package io.counterfoil.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tokens that clients present. */
enum Traffic {
  /** Valid tokens. */
  VALID {
    @Override
    List<String> credentials(List<String> plaintexts) {
      return plaintexts;
    }
  },
  /** Random letters. */
  RANDOM {
    @Override
    List<String> credentials(List<String> plaintexts) {
      Random random = new Random(1);
      return IntStream.range(0, INVALID_TOKENS)
          .mapToObj(i -> random
              .ints(TOKEN_LENGTH, 'a', 'z' + 1)
              .mapToObj(Character::toString)
              .collect(Collectors.joining()))
          .toList();
    }
  },
  /** Well-formed tokens whose checksums were made with another key. */
  FORGED {
    @Override
    List<String> credentials(List<String> plaintexts) {
      byte[] key = new SecureRandom().generateSeed(KEY_BYTES);
      try (TokenManager other =
          TokenManager.builder(new InMemoryTokenStore()).checksumKeys(key).build()) {
        return IntStream.range(0, INVALID_TOKENS)
            .mapToObj(i -> other.create(NewToken.named("token-" + i)).reveal())
            .toList();
      }
    }
  };

  private static final int INVALID_TOKENS = 1024;
  private static final int TOKEN_LENGTH = 52;
  private static final int KEY_BYTES = 32;

  abstract List<String> credentials(List<String> plaintexts);

  /** Returns the bytes of the HTTP requests. */
  List<byte[]> requests(List<String> plaintexts) {
    return credentials(plaintexts).stream()
        .map(credential ->
            "GET " + PageServlet.PATH + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
                + "Authorization: Bearer " + credential + "\r\n\r\n")
        .map(request -> request.getBytes(US_ASCII))
        .toList();
  }
}

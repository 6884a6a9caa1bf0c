package io.counterfoil.benchmarks.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What clients ask with. */
enum Traffic {
  /** Tokens that are there. */
  VALID {
    @Override
    List<String> credentials(List<String> plaintexts) {
      return plaintexts;
    }
  },
  /** Letters as they come. */
  RANDOM {
    @Override
    List<String> credentials(List<String> plaintexts) {
      Random random = new Random(1);
      return IntStream.range(0, FORGERIES)
          .mapToObj(i -> random
              .ints(TOKEN_LENGTH, 'a', 'z' + 1)
              .mapToObj(Character::toString)
              .collect(Collectors.joining()))
          .toList();
    }
  },
  /** What looks like a token to whoever has not the key of the checksums. */
  FORGED {
    @Override
    List<String> credentials(List<String> plaintexts) {
      byte[] key = new SecureRandom().generateSeed(KEY_BYTES);
      try (TokenManager forger =
          TokenManager.builder(new InMemoryTokenStore()).checksumKeys(key).build()) {
        return IntStream.range(0, FORGERIES)
            .mapToObj(i -> forger.create(NewToken.named("token-" + i)).reveal())
            .toList();
      }
    }
  };

  private static final int FORGERIES = 1024;
  private static final int TOKEN_LENGTH = 52;
  private static final int KEY_BYTES = 32;

  abstract List<String> credentials(List<String> plaintexts);

  /** Returns the requests, as they go over the wire. */
  List<byte[]> requests(List<String> plaintexts) {
    return credentials(plaintexts).stream()
        .map(credential -> "GET " + Page.PATH + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
            + "Authorization: Bearer " + credential + "\r\n\r\n")
        .map(request -> request.getBytes(US_ASCII))
        .toList();
  }
}

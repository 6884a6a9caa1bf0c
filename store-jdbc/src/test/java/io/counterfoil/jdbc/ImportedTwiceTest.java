package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plaintext that is imported again after a rotation has replaced it. */
class ImportedTwiceTest {
  @ParameterizedTest
  @EnumSource(Database.class)
  void both_tokens_can_be_rotated(Database database) {
    TokenManager tokens = TokenManager.builder(database.emptyStore(true)).build();
    String sha256 = HexFormat.of().formatHex(Samples.sha256("x"));
    for (String name : new String[] {"first", "second"}) {
      Token token = tokens.importHashed(NewToken.named(name), sha256, true, Instant.EPOCH);
      assertThat(tokens.rotate(token.id(), Duration.ofHours(1))).isPresent();
    }
  }
}

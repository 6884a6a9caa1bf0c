package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.CapturedLog;
import java.io.Serializable;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** No text that leaves the library contains a plaintext or a hash (E2, L1, L5). */
class SecrecyTest {
  private static final String IMPORTED = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefghijkl";

  private final List<Object> seen = new CopyOnWriteArrayList<>();
  private final List<String> plaintexts = new CopyOnWriteArrayList<>();
  private final Pepper pepper = Pepper.of("p", new byte[Pepper.MIN_LENGTH]);

  private final TokenListener everything = seen::add;

  @Test
  void neither_plaintext_nor_hash_is_in_any_text_or_log_line() {
    MapStore store = new MapStore();
    String log = CapturedLog.of(() -> live(store));
    String text = seen + log;
    assertThat(log)
        .contains(
            "event=created id=1 owner=\"\" name=\"ci\"",
            "event=accepted id=1",
            "event=enabled",
            "event=rotated",
            "event=deleted");
    assertThat(plaintexts).hasSize(4);
    for (String plaintext : plaintexts) {
      assertThat(text).doesNotContain(plaintext).doesNotContain(plaintext.substring(3, 20));
      for (TokenHash hash : List.of(Hashes.sha256(plaintext), Hashes.of(pepper, plaintext))) {
        assertThat(text)
            .doesNotContainIgnoringCase(hex(hash))
            .doesNotContain(Base64.getEncoder().encodeToString(hash.bytes()));
      }
    }
  }

  private static String hex(TokenHash hash) {
    return HexFormat.of().formatHex(hash.bytes());
  }

  private void live(MapStore store) {
    TokenManager tokens = TokenManager.builder(store)
        .peppers(pepper)
        .listener(everything)
        .listener(TokenListener.audit())
        .build();
    CreatedToken created = tokens.create(NewToken.named("ci"));
    seen.add(created);
    seen.add(store.findById(1).orElseThrow());
    seen.add(tokens);
    seen.add(tokens.authenticate(created.reveal()));
    tokens.disable(1);
    seen.add(tokens.authenticate(created.reveal()));
    tokens.enable(1);
    seen.add(tokens.list().toList());
    CreatedToken rotated = tokens.rotate(1, Duration.ofHours(1)).orElseThrow();
    seen.add(rotated);
    seen.add(tokens.authenticate(created.reveal()));
    seen.add(tokens.authenticate(rotated.reveal()));
    seen.add(store.findById(1).orElseThrow());
    seen.add(tokens.identify(created.reveal()));
    seen.add(tokens.reportLeak(created.reveal()));
    tokens.delete(1);
    seen.add(tokens.authenticate(created.reveal()));
    CreatedToken once = tokens.createOnce("once", () -> NewToken.named("once")).orElseThrow();
    seen.add(once);
    seen.add(tokens.importOnce(NewToken.named("imported"), hex(Hashes.sha256(IMPORTED))));
    seen.add(store.keys);
    try {
      tokens.create(NewToken.named("twice"));
      tokens.create(NewToken.named("twice"));
    } catch (DuplicateTokenNameException e) {
      seen.add(e);
    }
    tokens.close();
    plaintexts.addAll(List.of(created.reveal(), rotated.reveal(), once.reveal(), IMPORTED));
    seen.add(pepper);
  }

  @Test // L5
  void types_that_hold_a_secret_are_not_serializable() {
    assertThat(
            List.of(CreatedToken.class, StoredToken.class, TokenHash.class, Verdict.Accepted.class))
        .noneMatch(Serializable.class::isAssignableFrom);
  }
}

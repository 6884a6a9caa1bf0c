package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.NewToken;
import io.counterfoil.Pepper;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Leaked plaintexts, with several managers on one store, as on several nodes. */
abstract class LeakContract extends MethodContract {
  private static final Duration OVERLAP = Duration.ofMinutes(10);
  private static final Pepper PEPPER = Pepper.of("2026", new byte[Pepper.MIN_LENGTH]);

  LeakContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  private TokenManager.Builder node() {
    return TokenManager.builder(store).recordNoUses();
  }

  @Test
  void a_leaked_plaintext_is_never_accepted_again() {
    TokenManager tokens = node().build();
    TokenManager other = node().peppers(PEPPER).build();
    CreatedToken created = tokens.create(NewToken.named("n"));
    long id = created.token().id();
    assertThat(tokens.reportLeak(created.reveal())).isEqualTo(other.find(id));
    assertThat(other.enable(id)).isTrue();
    assertRejected(created);
    assertThat(other.list()).extracting(Token::leaked).containsExactly(true);
    CreatedToken next = other.rotate(id, OVERLAP).orElseThrow();
    assertRejected(created);
    assertThat(tokens.reportLeak(created.reveal())).isEqualTo(other.find(id));
    assertThat(other.authenticate(next.reveal())).isInstanceOf(Accepted.class);
  }

  private void assertRejected(CreatedToken created) {
    for (TokenManager node : List.of(node().build(), node().peppers(PEPPER).build())) {
      assertThat(node.authenticate(created.reveal())).isNotInstanceOf(Accepted.class);
    }
  }

  @Test
  void a_leaked_plaintext_cannot_be_imported() {
    TokenManager tokens = node().build();
    CreatedToken created = tokens.create(NewToken.named("n"));
    String hash = HexFormat.of().formatHex(TestRow.sha256(created.reveal()));
    tokens.reportLeak(created.reveal());
    assertTaken(hash);
    tokens.rotate(created.token().id(), OVERLAP);
    assertTaken(hash);
    assertThat(all()).hasSize(1);
  }

  private void assertTaken(String hash) {
    NewToken newToken = NewToken.named("again");
    assertThatThrownBy(() -> node().build().importHashed(newToken, hash, true, Instant.EPOCH))
        .isInstanceOf(DuplicateTokenHashException.class);
  }

  @Test // G1
  void neither_a_rehash_nor_a_rotation_at_the_same_time_saves_a_leaked_plaintext()
      throws InterruptedException {
    TokenManager tokens = node().peppers(PEPPER).build();
    for (int round = 0; round < Race.ROUNDS; round++) {
      CreatedToken leaked = node().build().create(NewToken.named("round " + round));
      long id = leaked.token().id();
      Callable<String> use = () -> {
        tokens.authenticate(leaked.reveal());
        return "";
      };
      Callable<String> report = () -> {
        assertThat(tokens.reportLeak(leaked.reveal())).isPresent();
        return "";
      };
      Callable<String> rotate = () -> tokens.rotate(id, OVERLAP).orElseThrow().reveal();
      String next = String.join("", Race.between(List.of(use, report, rotate, report, use)));
      tokens.enable(id);
      assertRejected(leaked);
      assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
    }
  }
}

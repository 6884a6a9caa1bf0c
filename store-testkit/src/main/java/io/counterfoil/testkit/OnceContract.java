package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict.Accepted;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tokens that are created or imported once, with a new manager for each start of a node. */
abstract class OnceContract extends MethodContract {
  private static final String PLAINTEXT = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefghijkl";
  private static final String HASH = HexFormat.of().formatHex(TestRow.sha256(PLAINTEXT));

  OnceContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  private TokenManager node() {
    return TokenManager.builder(store).acceptForeign(48, 64).recordNoUses().build();
  }

  private Optional<Token> importOnce() {
    return node().importOnce(NewToken.named("imported"), HASH);
  }

  @Test // M8
  void an_imported_hash_is_imported_once_even_if_its_token_is_deleted() {
    Token token = importOnce().orElseThrow();
    assertThat(node().authenticate(PLAINTEXT)).isInstanceOf(Accepted.class);
    assertThat(importOnce()).isEmpty();
    assertThat(node().delete(token.id())).isTrue();
    assertThat(importOnce()).isEmpty();
    assertThat(all()).isEmpty();
    assertThat(node().authenticate(PLAINTEXT)).isNotInstanceOf(Accepted.class);
  }

  @Test // M8
  void a_rotated_plaintext_is_not_imported_again() {
    Token token = importOnce().orElseThrow();
    for (int i = 0; i < 2; i++) { // after two rotations, the store no longer knows the hash
      node().rotate(token.id(), Duration.ZERO);
      assertThat(importOnce()).isEmpty();
      assertThat(node().authenticate(PLAINTEXT)).isNotInstanceOf(Accepted.class);
    }
    assertThat(all()).hasSize(1);
  }

  @Test // M8, P5
  void a_leaked_plaintext_is_not_imported_again_even_if_its_token_is_deleted() {
    Token token = importOnce().orElseThrow();
    node().reportLeak(PLAINTEXT);
    assertThat(importOnce()).isEmpty();
    node().enable(token.id());
    assertThat(node().authenticate(PLAINTEXT)).isNotInstanceOf(Accepted.class);
    node().delete(token.id());
    assertThat(importOnce()).isEmpty();
    assertThat(node().authenticate(PLAINTEXT)).isNotInstanceOf(Accepted.class);
  }

  @Test
  void a_hash_that_a_token_had_before_its_rotation_is_not_imported_and_not_recorded() {
    CreatedToken created = node().create(NewToken.named("n"));
    String hash = HexFormat.of().formatHex(TestRow.sha256(created.reveal()));
    node().rotate(created.token().id(), Duration.ofHours(1));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> node().importOnce(NewToken.named("again"), hash))
          .isInstanceOf(DuplicateTokenHashException.class);
    }
  }

  @Test // M4
  void a_key_creates_one_token_even_if_it_is_deleted() {
    NewToken first = NewToken.named("first");
    CreatedToken created = node().createOnce("first", () -> first).orElseThrow();
    assertThat(node().authenticate(created.reveal())).isInstanceOf(Accepted.class);
    assertThat(node().createOnce("first", () -> first)).isEmpty();
    node().delete(created.token().id());
    assertThat(node().createOnce("first", () -> first)).isEmpty();
    assertThat(all()).isEmpty();
    assertThat(node().createOnce("second", () -> first)).isPresent();
  }

  @Test // G1, M4, M8: a token may already be rotated or deleted while another node starts
  void of_nodes_that_start_at_once_one_creates_each_token_and_none_fails()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "round-" + round;
      String hash = HexFormat.of().formatHex(TestRow.sha256(name));
      List<Long> tokens = Race.of(i -> {
        TokenManager node = node();
        Optional<Token> imported = node.importOnce(NewToken.named("imported " + name), hash);
        imported.ifPresent(token -> node.rotate(token.id(), Duration.ofHours(1)));
        Optional<CreatedToken> created = node.createOnce(name, () -> NewToken.named(name));
        created.ifPresent(token -> node.delete(token.token().id()));
        return imported.stream().count() + 1000 * created.stream().count();
      });
      assertThat(tokens.stream().mapToLong(Long::longValue).sum()).isEqualTo(1001);
      assertThat(all()).hasSize(round + 1);
    }
  }
}

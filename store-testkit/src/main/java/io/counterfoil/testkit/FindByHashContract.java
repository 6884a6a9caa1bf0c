package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#findByHash}. */
abstract class FindByHashContract extends MethodContract {
  FindByHashContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void finds_the_token_whose_hash_is_this_one() {
    put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("sought"));
    put(TestRow.full("after"));
    assertThat(find(row.hash())).contains(row);
  }

  @Test
  void finds_the_token_whose_previous_hash_is_this_one() {
    put(TestRow.full("before"));
    TokenHash old = TestRow.hash("old");
    StoredToken row = put(TestRow.named("sought").previous(old, TestRow.NOW));
    put(TestRow.full("after"));
    assertThat(find(old)).contains(row);
  }

  @Test
  void finds_the_token_whose_hash_is_any_of_several() {
    StoredToken row = put(TestRow.full("sought"));
    TokenHash old = row.previous().orElseThrow().hash();
    put(TestRow.full("other"));
    for (TokenHash kept : List.of(row.hash(), old)) {
      List<TokenHash> candidates =
          new ArrayList<>(List.of(TestRow.hash("x"), TestRow.hash("y"), TestRow.hash("z")));
      for (int place = 0; place <= 3; place++) {
        candidates.add(place, kept);
        assertThat(store.findByHash(candidates)).contains(row);
        candidates.remove(place);
      }
      assertThat(store.findByHash(candidates)).isEmpty();
    }
    assertThat(store.findByHash(List.of(row.hash(), old))).contains(row);
  }

  @Test
  void finds_nothing_under_a_hash_that_is_not_there() {
    assertThat(find(TestRow.hash("x"))).isEmpty();
    put(TestRow.full("n"));
    assertThat(find(TestRow.hash("x"))).isEmpty();
  }

  @Test // A6
  void finds_nothing_under_a_hash_that_differs_in_one_bit() {
    StoredToken row = put(TestRow.full("n"));
    for (int i = 0; i < TokenHash.LENGTH; i++) {
      byte[] bytes = row.hash().bytes();
      bytes[i] ^= (byte) (1 << i % Byte.SIZE);
      assertThat(find(TokenHash.of("sha256", bytes))).as("byte %s", i).isEmpty();
    }
  }

  @Test
  void does_not_judge_whether_the_token_is_active() {
    StoredToken disabled = put(TestRow.full("disabled").enabled(false));
    StoredToken expired = put(TestRow.named("expired").expiresAt(Instant.EPOCH));
    StoredToken bound = put(TestRow.named("bound").previous(TestRow.hash("old"), Instant.EPOCH));
    assertThat(find(disabled.hash())).contains(disabled);
    assertThat(find(expired.hash())).contains(expired);
    assertThat(find(TestRow.hash("old"))).contains(bound);
  }

  @Test // A9
  void leaves_it_to_the_caller_to_compare_tags() {
    StoredToken row = put(TestRow.named("n").hash(TokenHash.of("x9", TestRow.sha256("n"))));
    assertThat(find(row.hash())).contains(row);
    // Whether it finds the bytes under another tag is the store's affair; it must not pass the tag
    // that was asked for
    // off as the one that was kept.
    find(TokenHash.of("sha256", TestRow.sha256("n")))
        .ifPresent(found -> assertThat(found).isEqualTo(row));
  }
}

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
  void finds_a_token_by_its_hash() {
    put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("sought"));
    put(TestRow.full("after"));
    assertThat(find(row.hash())).contains(row);
  }

  @Test
  void finds_a_token_by_its_previous_hash() {
    put(TestRow.full("before"));
    TokenHash old = TestRow.hash("old");
    StoredToken row = put(TestRow.named("sought").previous(old, TestRow.NOW));
    put(TestRow.full("after"));
    assertThat(find(old)).contains(row);
  }

  @Test
  void finds_a_token_by_any_of_several_hashes() {
    StoredToken row = put(TestRow.full("sought"));
    TokenHash old = row.previous().orElseThrow().hash();
    put(TestRow.full("other"));
    for (TokenHash stored : List.of(row.hash(), old)) {
      List<TokenHash> candidates =
          new ArrayList<>(List.of(TestRow.hash("x"), TestRow.hash("y"), TestRow.hash("z")));
      for (int position = 0; position <= 3; position++) {
        candidates.add(position, stored);
        assertThat(store.findByHash(candidates)).contains(row);
        candidates.remove(position);
      }
      assertThat(store.findByHash(candidates)).isEmpty();
    }
    assertThat(store.findByHash(List.of(row.hash(), old))).contains(row);
  }

  @Test
  void finds_nothing_by_an_unknown_hash() {
    assertThat(find(TestRow.hash("x"))).isEmpty();
    put(TestRow.full("n"));
    assertThat(find(TestRow.hash("x"))).isEmpty();
  }

  @Test // A6
  void finds_nothing_by_a_hash_that_differs_in_one_bit() {
    StoredToken row = put(TestRow.full("n"));
    for (int i = 0; i < TokenHash.LENGTH; i++) {
      byte[] bytes = row.hash().bytes();
      bytes[i] ^= (byte) (1 << i % Byte.SIZE);
      assertThat(find(TokenHash.of("sha256", bytes))).as("byte %s", i).isEmpty();
    }
  }

  @Test
  void finds_disabled_and_expired_tokens_too() {
    StoredToken disabled = put(TestRow.full("disabled").enabled(false));
    StoredToken expired = put(TestRow.named("expired").expiresAt(Instant.EPOCH));
    StoredToken bound = put(TestRow.named("bound").previous(TestRow.hash("old"), Instant.EPOCH));
    assertThat(find(disabled.hash())).contains(disabled);
    assertThat(find(expired.hash())).contains(expired);
    assertThat(find(TestRow.hash("old"))).contains(bound);
  }

  @Test // A9
  void finds_the_bytes_of_either_hash_under_any_tag_and_returns_the_tags_that_are_stored() {
    TokenHash keyed = TokenHash.of("x9", TestRow.sha256("n"));
    TokenHash old = TokenHash.of("x8", TestRow.sha256("old"));
    StoredToken row = put(TestRow.named("n").hash(keyed).previous(old, TestRow.NOW));
    for (String tag : List.of("x8", "x9", "sha256", "leaked")) {
      assertThat(find(TokenHash.of(tag, keyed.bytes()))).as(tag).contains(row);
      assertThat(find(TokenHash.of(tag, old.bytes()))).as(tag).contains(row);
    }
  }
}

package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#findByHash}. */
abstract class FindByHashContract extends MethodContract {
  FindByHashContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void finds_the_token_whose_hash_is_this_one() {
    put(Sample.full("before"));
    StoredToken row = put(Sample.full("sought"));
    put(Sample.full("after"));
    assertThat(store.findByHash(row.hash())).contains(row);
  }

  @Test
  void finds_the_token_whose_previous_hash_is_this_one() {
    put(Sample.full("before"));
    TokenHash old = Sample.hash("old");
    StoredToken row = put(Sample.named("sought").previous(old, Sample.NOW));
    put(Sample.full("after"));
    assertThat(store.findByHash(old)).contains(row);
  }

  @Test
  void finds_nothing_under_a_hash_that_is_not_there() {
    assertThat(store.findByHash(Sample.hash("x"))).isEmpty();
    put(Sample.full("n"));
    assertThat(store.findByHash(Sample.hash("x"))).isEmpty();
  }

  @Test // A6
  void finds_nothing_under_a_hash_that_differs_in_one_bit() {
    StoredToken row = put(Sample.full("n"));
    for (int i = 0; i < TokenHash.LENGTH; i++) {
      byte[] bytes = row.hash().bytes();
      bytes[i] ^= (byte) (1 << i % Byte.SIZE);
      assertThat(store.findByHash(TokenHash.of("sha256", bytes)))
          .as("byte %s", i)
          .isEmpty();
    }
  }

  @Test
  void does_not_judge_whether_the_token_is_active() {
    StoredToken disabled = put(Sample.full("disabled").enabled(false));
    StoredToken expired = put(Sample.named("expired").expiresAt(Instant.EPOCH));
    StoredToken bound = put(Sample.named("bound").previous(Sample.hash("old"), Instant.EPOCH));
    assertThat(store.findByHash(disabled.hash())).contains(disabled);
    assertThat(store.findByHash(expired.hash())).contains(expired);
    assertThat(store.findByHash(Sample.hash("old"))).contains(bound);
  }

  @Test // A9
  void leaves_it_to_the_caller_to_compare_tags() {
    StoredToken row = put(Sample.named("n").hash(TokenHash.of("x9", Sample.sha256("n"))));
    assertThat(store.findByHash(row.hash())).contains(row);
    // Whether it finds the bytes under another tag is the store's affair; it must not pass the tag
    // that was asked for
    // off as the one that was kept.
    store
        .findByHash(TokenHash.of("sha256", Sample.sha256("n")))
        .ifPresent(found -> assertThat(found).isEqualTo(row));
  }
}

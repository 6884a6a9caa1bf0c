package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#findById}. */
abstract class FindByIdContract extends MethodContract {
  FindByIdContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void finds_a_token_by_its_id() {
    put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("sought"));
    put(TestRow.full("after"));
    assertThat(store.findById(row.id())).contains(row);
  }

  @Test
  void finds_nothing_by_an_id_that_was_never_assigned() {
    StoredToken row = put(TestRow.full("n"));
    for (long id :
        List.of(0L, -1L, -row.id(), row.id() + 1, UNKNOWN, Long.MAX_VALUE, Long.MIN_VALUE)) {
      assertThat(store.findById(id)).as("id %s", id).isEmpty();
    }
  }

  @Test
  void finds_disabled_and_expired_tokens_too() {
    StoredToken row = put(TestRow.named("n").enabled(false).expiresAt(Instant.EPOCH));
    assertThat(store.findById(row.id())).contains(row);
  }
}

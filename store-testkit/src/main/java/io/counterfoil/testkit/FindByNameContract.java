package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#findByName}. */
abstract class FindByNameContract extends MethodContract {
  FindByNameContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void finds_a_token_by_owner_and_name() {
    put(TestRow.named("n").owner("other"));
    StoredToken row = put(TestRow.full("n").owner("mine"));
    put(TestRow.named("m").owner("mine"));
    assertThat(store.findByName("mine", "n")).contains(row);
  }

  @Test
  void finds_nothing_for_another_owner_or_another_name() {
    put(TestRow.named("n").owner("mine"));
    assertThat(store.findByName("mine", "m")).isEmpty();
    assertThat(store.findByName("other", "n")).isEmpty();
    assertThat(store.findByName("", "n")).isEmpty();
    assertThat(store.findByName("n", "mine")).isEmpty();
  }

  @Test // F6
  void does_not_confuse_similar_names() {
    List<StoredToken> rows = new ArrayList<>();
    // No name may be found while only the names before it are stored, or while only the names
    // after it are stored.
    for (String name : ConfusableTexts.ALL) {
      assertThat(store.findByName("", name)).as(name).isEmpty();
      rows.add(insert(TestRow.named(name)));
    }
    for (StoredToken row : rows) {
      assertThat(store.findByName("", row.name())).contains(row);
      store.delete(row.id());
      assertThat(store.findByName("", row.name())).as(row.name()).isEmpty();
    }
  }

  @Test
  void finds_disabled_and_expired_tokens_too() {
    StoredToken row = put(TestRow.named("n").enabled(false).expiresAt(Instant.EPOCH));
    assertThat(store.findByName("", "n")).contains(row);
  }

  @Test
  void does_not_find_a_deleted_token() {
    StoredToken row = put(TestRow.named("n"));
    store.delete(row.id());
    assertThat(store.findByName("", "n")).isEmpty();
  }
}

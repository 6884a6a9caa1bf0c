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
  void finds_the_token_of_that_owner_with_this_name() {
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
  void takes_no_text_for_another_one_that_looks_like_it() {
    List<StoredToken> rows = new ArrayList<>();
    for (String name : ConfusableTexts.ALL) { // each is asked for while those before it are there
      assertThat(store.findByName("", name)).as(name).isEmpty();
      rows.add(insert(TestRow.named(name)));
    }
    for (StoredToken row : rows) { // and while those after it are
      assertThat(store.findByName("", row.name())).contains(row);
      store.delete(row.id());
      assertThat(store.findByName("", row.name())).as(row.name()).isEmpty();
    }
  }

  @Test
  void does_not_judge_whether_the_token_is_active() {
    StoredToken row = put(TestRow.named("n").enabled(false).expiresAt(Instant.EPOCH));
    assertThat(store.findByName("", "n")).contains(row);
  }

  @Test
  void does_not_find_a_token_that_is_deleted() {
    StoredToken row = put(TestRow.named("n"));
    store.delete(row.id());
    assertThat(store.findByName("", "n")).isEmpty();
  }
}

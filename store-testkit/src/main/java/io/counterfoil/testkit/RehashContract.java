package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#rehash}. */
abstract class RehashContract extends MethodContract {
  RehashContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  private static final TokenHash REPLACEMENT = TestRow.hash("replacement");

  @Test
  void replaces_the_expected_hash_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("rehashed").enabled(false));
    StoredToken after = put(TestRow.full("after"));
    assertThat(store.rehash(row.id(), row.hash(), REPLACEMENT)).isTrue();
    assertHolds(before, row.rehashed(REPLACEMENT), after);
    assertThat(find(row.hash())).isEmpty();
  }

  @Test
  void replaces_the_tag_together_with_the_hash() {
    TokenHash keyed = TokenHash.of("x9:2026", TestRow.sha256("keyed"));
    StoredToken row = put(TestRow.named("n"));
    assertThat(store.rehash(row.id(), row.hash(), keyed)).isTrue();
    assertHolds(row.rehashed(keyed));
    assertThat(store.rehash(row.id(), keyed, REPLACEMENT)).isTrue();
    assertHolds(row.rehashed(REPLACEMENT));
  }

  @Test
  void returns_false_and_changes_nothing_if_there_is_no_such_token_or_it_has_another_hash() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken other = put(TestRow.full("other"));
    List<TokenHash> wrong = List.of(
        TestRow.hash("never there"),
        other.hash(),
        row.previous().orElseThrow().hash(),
        TokenHash.of("x9", row.hash().bytes()));
    for (TokenHash expected : wrong) {
      assertThat(store.rehash(row.id(), expected, REPLACEMENT)).isFalse();
    }
    assertThat(store.rehash(UNKNOWN, row.hash(), REPLACEMENT)).isFalse();
    assertHolds(row, other);
    assertThat(find(REPLACEMENT)).isEmpty();
  }

  @Test
  void a_token_is_found_by_old_or_new_hash_at_every_moment() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      TokenHash next = TestRow.hash("rehash of " + row.id());
      List<TokenHash> candidates = List.of(row.hash(), next);
      Callable<Boolean> reader = () -> {
        boolean found = true;
        for (int i = 0; i < 20; i++) {
          found &= store.findByHash(candidates).isPresent();
        }
        return found;
      };
      Callable<Boolean> rehash = () -> store.rehash(row.id(), row.hash(), next);
      assertThat(Race.between(List.of(reader, reader, rehash, reader, reader))).containsOnly(true);
    }
  }

  @Test // G1
  void of_a_rotation_and_a_rehash_that_expect_the_same_hash_exactly_one_succeeds()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      TokenHash rehashed = TestRow.hash("rehash of " + row.id());
      Callable<Boolean> rehash = () -> store.rehash(row.id(), row.hash(), rehashed);
      List<Boolean> outcomes =
          Race.between(List.of(rehash, changes.rotate(), rehash, changes.rotate()));
      assertThat(outcomes).containsOnlyOnce(true);
      assertThat(store.findById(row.id()))
          .contains(
              outcomes.get(1) || outcomes.get(3) ? changes.rotated() : row.rehashed(rehashed));
    }
  }
}

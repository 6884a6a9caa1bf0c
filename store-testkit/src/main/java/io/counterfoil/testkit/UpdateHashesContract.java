package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#update} with other hashes, called by one caller at a time. */
abstract class UpdateHashesContract extends MethodContract {
  private static final TokenHash REPLACEMENT = TestRow.hash("replacement");
  private static final TokenHash UNUSED = TestRow.hash("unused");

  UpdateHashesContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void a_token_gets_and_loses_a_previous_hash() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken rotated = update(TestRow.rotated(row, REPLACEMENT, TestRow.NOW));
    assertHolds(rotated);
    assertHolds(update(TestRow.of(rotated).previous(Optional.empty()).build()));
    assertThat(find(row.hash())).isEmpty();
  }

  @Test
  void replaced_hashes_no_longer_find_the_token() {
    StoredToken row = put(TestRow.full("n"));
    Previous unused = new Previous(UNUSED, TestRow.NOW);
    StoredToken next = update(row.withHashes(REPLACEMENT, Optional.of(unused)));
    assertThat(find(row.hash())).isEmpty();
    assertThat(find(row.previous().orElseThrow().hash())).isEmpty();
    assertHolds(next);
  }

  @Test
  void the_first_hash_no_longer_finds_the_token_after_two_rotations() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken second = update(TestRow.rotated(row, TestRow.hash("second"), TestRow.NOW));
    assertThat(find(row.hash())).isPresent();
    StoredToken third = update(TestRow.rotated(second, REPLACEMENT, TestRow.NOW));
    assertThat(find(row.hash())).isEmpty();
    assertHolds(third);
  }

  @Test
  void tags_move_together_with_their_hashes() {
    TokenHash keyed = TokenHash.of("x9:2026", TestRow.sha256("keyed"));
    StoredToken row = put(TestRow.named("n"));
    StoredToken second = update(TestRow.rotated(row, keyed, TestRow.NOW));
    assertHolds(second);
    assertHolds(update(TestRow.rotated(second, REPLACEMENT, TestRow.NOW)));
  }

  @Test
  void stores_any_end_of_an_overlap_to_the_millisecond() {
    StoredToken row = put(TestRow.named("n"));
    for (Instant until : List.of(
        Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999Z"), TestRow.NOW.plusNanos(999_999))) {
      row = update(TestRow.rotated(row, TestRow.hash("until " + until), until));
      assertHolds(row);
    }
  }

  @Test
  void the_hash_of_another_token_is_refused_whatever_its_tag_and_nothing_changes() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken other = put(TestRow.full("other"));
    for (TokenHash taken : List.of(other.hash(), TokenHash.of("x9", other.hash().bytes()))) {
      StoredToken changed = TestRow.of(row)
          .name("changed")
          .hash(taken)
          .previous(row.hash(), TestRow.NOW)
          .build();
      assertThatThrownBy(() -> store.update(changed))
          .isInstanceOf(DuplicateTokenHashException.class);
    }
    assertHolds(row, other);
    assertThat(store.findByName(row.owner(), "changed")).isEmpty();
  }

  @Test
  void its_own_hash_is_not_taken_whatever_its_tag() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken same = update(TestRow.of(row).description("same hash").build());
    StoredToken tagged =
        TestRow.of(same).hash(TokenHash.of("x9", row.hash().bytes())).build();
    assertHolds(update(tagged));
  }

  @Test
  void a_hash_that_was_replaced_and_removed_is_free() {
    StoredToken row = put(TestRow.full("n"));
    update(row.withHashes(REPLACEMENT, Optional.empty()));
    StoredToken newcomer = put(TestRow.named("newcomer").hash(row.hash()));
    assertThat(find(row.hash())).contains(newcomer);
  }
}

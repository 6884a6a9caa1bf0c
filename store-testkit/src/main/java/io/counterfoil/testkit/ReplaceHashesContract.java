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
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#replaceHashes}, called by one caller at a time. */
abstract class ReplaceHashesContract extends MethodContract {
  private static final TokenHash REPLACEMENT = TestRow.hash("replacement");
  private static final TokenHash UNUSED = TestRow.hash("unused");

  ReplaceHashesContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void sets_both_hashes_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.named("rotated").lastUsedAt(TestRow.NOW).enabled(false));
    StoredToken full = put(TestRow.full("full").enabled(false));
    StoredToken after = put(TestRow.full("after"));
    StoredToken rotated = TestRow.rotated(row, REPLACEMENT, TestRow.NOW);
    assertThat(replace(row, rotated)).isTrue();
    StoredToken rotatedFull = TestRow.rotated(full, UNUSED, TestRow.NOW);
    assertThat(replace(full, rotatedFull)).isTrue();
    assertHolds(before, rotated, rotatedFull, after);
  }

  @Test
  void each_of_its_columns_can_change_alone() {
    StoredToken row = put(TestRow.full("n"));
    for (StoredToken next : variants(row)) {
      assertThat(replace(row, next)).as("to %s", next).isTrue();
      assertHolds(next);
      assertThat(replace(next, row)).as("back from %s", next).isTrue();
      assertHolds(row);
    }
  }

  @Test
  void a_token_gets_and_loses_a_previous_hash() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken rotated = TestRow.rotated(row, REPLACEMENT, TestRow.NOW);
    assertThat(replace(row, rotated)).isTrue();
    StoredToken bare = row.withHashes(REPLACEMENT, Optional.empty());
    assertThat(replace(rotated, bare)).isTrue();
    assertHolds(bare);
    assertThat(find(row.hash())).isEmpty();
  }

  @Test
  void replaced_hashes_no_longer_find_the_token() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken next = row.withHashes(REPLACEMENT, Optional.of(new Previous(UNUSED, TestRow.NOW)));
    assertThat(replace(row, next)).isTrue();
    assertThat(find(row.hash())).isEmpty();
    assertThat(find(row.previous().orElseThrow().hash())).isEmpty();
    assertHolds(next);
  }

  @Test
  void the_first_hash_no_longer_finds_the_token_after_two_rotations() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken second = TestRow.rotated(row, TestRow.hash("second"), TestRow.NOW);
    assertThat(replace(row, second)).isTrue();
    assertThat(find(row.hash())).isPresent();
    StoredToken third = TestRow.rotated(second, REPLACEMENT, TestRow.NOW);
    assertThat(replace(second, third)).isTrue();
    assertThat(find(row.hash())).isEmpty();
    assertHolds(third);
  }

  @Test
  void tags_move_together_with_their_hashes() {
    TokenHash keyed = TokenHash.of("x9:2026", TestRow.sha256("keyed"));
    StoredToken row = put(TestRow.named("n"));
    StoredToken second = TestRow.rotated(row, keyed, TestRow.NOW);
    assertThat(replace(row, second)).isTrue();
    assertHolds(second);
    StoredToken third = TestRow.rotated(second, REPLACEMENT, TestRow.NOW);
    assertThat(replace(second, third)).isTrue();
    assertHolds(third);
  }

  @Test
  void stores_any_end_of_an_overlap_to_the_millisecond() {
    StoredToken row = put(TestRow.named("n"));
    for (Instant until : List.of(
        Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999Z"), TestRow.NOW.plusNanos(999_999))) {
      StoredToken next = TestRow.rotated(row, TestRow.hash("until " + until), until);
      assertThat(replace(row, next)).isTrue();
      assertHolds(next);
      row = next;
    }
  }

  @Test
  void returns_false_and_changes_nothing_if_there_is_no_such_token() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    for (StoredToken unknown :
        List.of(gone, row.withId(gone.id()), row.withId(UNKNOWN), row.withId(0))) {
      assertThat(replace(unknown, TestRow.rotated(unknown, REPLACEMENT, TestRow.NOW)))
          .isFalse();
    }
    assertHolds(row);
    assertThat(find(REPLACEMENT)).isEmpty();
  }

  @Test // G1
  void returns_false_and_changes_nothing_if_any_of_its_columns_has_another_value() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken bare = put(TestRow.named("without previous hash"));
    for (StoredToken wrong : variants(row)) {
      assertThat(replace(wrong, TestRow.rotated(wrong, REPLACEMENT, TestRow.NOW)))
          .as("%s", wrong)
          .isFalse();
    }
    StoredToken wrong = bare.withHashes(bare.hash(), row.previous());
    assertThat(replace(wrong, TestRow.rotated(wrong, REPLACEMENT, TestRow.NOW))).isFalse();
    assertHolds(row, bare);
    assertThat(find(REPLACEMENT)).isEmpty();
  }

  /** Returns rows that differ from this one in one column of the hashes, or in the presence of a previous hash. */
  private static List<StoredToken> variants(StoredToken row) {
    Previous old = row.previous().orElseThrow();
    Stream<StoredToken> hashes = Stream.of(UNUSED, TokenHash.of("x9", row.hash().bytes()))
        .map(hash -> row.withHashes(hash, row.previous()));
    Stream<StoredToken> previous = Stream.of(
            new Previous(UNUSED, old.until()),
            new Previous(TokenHash.of("x9", old.hash().bytes()), old.until()),
            new Previous(old.hash(), old.until().plusMillis(1)),
            new Previous(old.hash(), old.until().minusMillis(1)))
        .map(other -> row.withHashes(row.hash(), Optional.of(other)));
    Stream<StoredToken> none = Stream.of(row.withHashes(row.hash(), Optional.empty()));
    return Stream.of(hashes, previous, none).flatMap(variants -> variants).toList();
  }

  @Test
  void neither_compares_nor_sets_any_other_column() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken outdated = TestRow.named("other")
        .owner("other")
        .hash(row.hash())
        .previous(
            row.previous().orElseThrow().hash(), row.previous().orElseThrow().until())
        .enabled(false)
        .scopes(Set.of("other"))
        .createdAt(Instant.EPOCH)
        .build()
        .withId(row.id());
    assertThat(replace(outdated, TestRow.rotated(outdated, REPLACEMENT, TestRow.NOW)))
        .isTrue();
    assertHolds(TestRow.rotated(row, REPLACEMENT, TestRow.NOW));
  }

  @Test
  void the_hash_of_another_token_is_refused_whatever_its_tag_and_nothing_changes() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken other = put(TestRow.full("other"));
    for (TokenHash taken : List.of(other.hash(), TokenHash.of("x9", other.hash().bytes()))) {
      assertThatThrownBy(() -> replace(row, TestRow.rotated(row, taken, TestRow.NOW)))
          .isInstanceOf(DuplicateTokenHashException.class);
    }
    assertHolds(row, other);
  }

  private boolean replace(StoredToken expected, StoredToken next) {
    return store.replaceHashes(expected, next.hash(), next.previous());
  }
}

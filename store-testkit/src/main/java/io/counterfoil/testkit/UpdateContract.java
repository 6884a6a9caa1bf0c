package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#update}, called by one caller at a time. {@link UpdateHashesContract} tests it with other hashes. */
abstract class UpdateContract extends MethodContract {
  private static final Instant LATER = TestRow.NOW.plusSeconds(5);

  UpdateContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void replaces_every_column_that_it_may_change_and_raises_the_revision() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken full = put(TestRow.full("full"));
    StoredToken bare = put(TestRow.named("bare").revision(3));
    StoredToken after = put(TestRow.full("after"));
    StoredToken changed = update(everything(full, "changed").build());
    StoredToken filled = update(everything(bare, "filled").build());
    assertHolds(before, changed, filled, after);
  }

  /** Returns a row whose columns all differ, except those that no update changes. */
  private static TestRow everything(StoredToken row, String name) {
    return TestRow.of(row)
        .name(name)
        .description("another description")
        .hash(TestRow.hash("another of " + name))
        .previous(row.hash(), LATER)
        .enabled(!row.enabled())
        .scopes(Set.of("write", "delete"))
        .addresses(Set.of("198.51.100.0/24"))
        .expiresAt(LATER.plusSeconds(1))
        .renewedAt(LATER.plusSeconds(2))
        .noticeAfter(Optional.of(LATER.plusSeconds(3)));
  }

  @Test
  void each_column_can_change_alone() {
    StoredToken row = put(TestRow.full("n"));
    for (StoredToken variant : variants(row)) {
      StoredToken next = update(TestRow.withRevision(variant, row.revision()));
      assertHolds(next);
      row = update(TestRow.withRevision(row, next.revision()));
      assertHolds(row);
    }
  }

  /** Returns rows that differ from this one in one column. */
  private static List<StoredToken> variants(StoredToken row) {
    Previous old = row.previous().orElseThrow();
    return List.of(
        TestRow.of(row).name("another").build(),
        TestRow.of(row).description("another").build(),
        TestRow.of(row).description("").build(),
        TestRow.of(row).hash(TestRow.hash("another")).build(),
        TestRow.of(row).hash(TokenHash.of("x9", row.hash().bytes())).build(),
        TestRow.of(row).previous(TestRow.hash("another"), old.until()).build(),
        TestRow.of(row)
            .previous(TokenHash.of("x9", old.hash().bytes()), old.until())
            .build(),
        TestRow.of(row).previous(old.hash(), old.until().plusMillis(1)).build(),
        TestRow.of(row).previous(Optional.empty()).build(),
        TestRow.of(row).enabled(false).build(),
        TestRow.of(row).scopes(Set.of("read")).build(),
        TestRow.of(row).scopes(Set.of()).build(),
        TestRow.of(row).addresses(Set.of("192.0.2.0/24")).build(),
        TestRow.of(row).addresses(Set.of()).build(),
        TestRow.of(row).expiresAt(LATER.minusMillis(1)).build(),
        TestRow.of(row).expiresAt(Optional.empty()).build(),
        TestRow.of(row).renewedAt(LATER.plusMillis(1)).build(),
        TestRow.of(row).noticeAfter(Optional.of(LATER)).build(),
        TestRow.of(row).noticeAfter(Optional.empty()).build());
  }

  @Test
  void never_changes_the_owner_the_creation_or_the_columns_of_uses() {
    for (StoredToken row : List.of(put(TestRow.full("full")), put(TestRow.named("bare")))) {
      update(TestRow.of(row)
          .owner("another owner")
          .createdAt(LATER)
          .trackedSince(LATER)
          .lastUsedAt(LATER)
          .lastUsedFrom(Optional.of("203.0.113.1"))
          .build());
      StoredToken next = update(TestRow.of(TestRow.raised(row))
          .owner("")
          .createdAt(Instant.EPOCH)
          .trackedSince(Optional.empty())
          .lastUsedAt(Optional.empty())
          .lastUsedFrom(Optional.empty())
          .description("changed")
          .build());
      assertThat(store.findById(row.id()))
          .contains(
              TestRow.of(row).description("changed").revision(next.revision()).build());
    }
  }

  @Test
  void an_update_without_a_change_raises_the_revision_too() {
    StoredToken row = put(TestRow.full("n"));
    assertHolds(update(row));
  }

  @Test
  void returns_false_and_changes_nothing_if_the_revision_is_another_one() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken there = put(TestRow.named("there").owner(row.owner()));
    StoredToken changed = everything(row, "changed").build();
    for (long revision : new long[] {0, 2, 4, 5, Long.MAX_VALUE / 2, (1L << 32) + 3}) {
      assertThat(store.update(TestRow.withRevision(changed, revision))).isFalse();
    }
    StoredToken taken =
        TestRow.of(row).name("there").hash(there.hash()).revision(2).build();
    assertThat(store.update(taken)).isFalse();
    assertHolds(row, there);
    assertThat(find(changed.hash())).isEmpty();
  }

  @Test
  void a_revision_is_accepted_once() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken next = update(TestRow.of(row).description("first").build());
    assertThat(store.update(TestRow.of(row).description("second").build())).isFalse();
    assertHolds(next);
    assertHolds(update(TestRow.of(next).description("second").build()));
  }

  @Test
  void returns_false_and_changes_nothing_if_there_is_no_such_token() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    for (long id : new long[] {gone.id(), UNKNOWN, 0, -row.id()}) {
      assertThat(store.update(gone.withId(id))).as("id %s", id).isFalse();
    }
    assertHolds(row);
  }

  @Test
  void the_name_of_another_token_of_the_owner_is_refused_and_nothing_changes() {
    StoredToken row = put(TestRow.full("n").owner("mine"));
    StoredToken other = put(TestRow.full("other").owner("mine").enabled(false));
    StoredToken taken = everything(row, "other").build();
    assertThatThrownBy(() -> store.update(taken)).isInstanceOf(DuplicateTokenNameException.class);
    assertHolds(row, other);
    assertThat(find(taken.hash())).isEmpty();
  }

  @Test
  void names_of_other_owners_and_its_own_are_not_taken() {
    StoredToken row = put(TestRow.full("n").owner("mine"));
    StoredToken other = put(TestRow.full("other").owner("theirs"));
    StoredToken nobodys = put(TestRow.full("nobody's").owner(""));
    StoredToken same = update(TestRow.of(row).description("same name").build());
    StoredToken second = update(TestRow.of(same).name("other").build());
    StoredToken third = update(TestRow.of(second).name("nobody's").build());
    assertHolds(third, other, nobodys);
  }

  /** The owner of the changed row is ignored, also when names are compared. */
  @Test
  void names_are_compared_with_those_of_the_stored_owner() {
    StoredToken row = put(TestRow.named("n").owner("mine"));
    StoredToken mine = put(TestRow.named("taken").owner("mine"));
    StoredToken theirs = put(TestRow.named("free").owner("theirs"));
    assertThatThrownBy(
            () -> store.update(TestRow.of(row).name("taken").owner("theirs").build()))
        .isInstanceOf(DuplicateTokenNameException.class);
    update(TestRow.of(row).name("free").owner("theirs").build());
    assertHolds(TestRow.raised(TestRow.of(row).name("free").build()), mine, theirs);
  }

  @Test
  void a_new_name_is_found_and_the_old_one_is_free() {
    StoredToken row = put(TestRow.full("old").owner("mine"));
    StoredToken renamed = update(TestRow.of(row).name("new").build());
    assertThat(store.findByName("mine", "new")).contains(renamed);
    assertThat(store.findByName("mine", "old")).isEmpty();
    StoredToken newcomer = put(TestRow.named("old").owner("mine").hash(TestRow.hash("newcomer")));
    assertHolds(renamed, newcomer);
    assertThatThrownBy(() -> store.update(TestRow.of(renamed).name("old").build()))
        .isInstanceOf(DuplicateTokenNameException.class);
    store.delete(newcomer.id());
    assertHolds(update(TestRow.of(renamed).name("old").build()));
  }

  @Test // F6
  void a_name_can_change_to_a_similar_one() {
    StoredToken row = put(TestRow.named("start"));
    for (String name : ConfusableTexts.ALL) {
      String old = row.name();
      row = update(TestRow.of(row).name(name).build());
      assertThat(store.findByName("", name)).contains(row);
      assertThat(store.findByName("", old)).as(old).isEmpty();
    }
    assertHolds(row);
  }

  @Test
  void enables_and_renews_an_expired_token() {
    StoredToken row = put(TestRow.named("n").expiresAt(Instant.EPOCH).enabled(false));
    assertHolds(update(TestRow.of(row).enabled(true).expiresAt(LATER).build()));
  }
}

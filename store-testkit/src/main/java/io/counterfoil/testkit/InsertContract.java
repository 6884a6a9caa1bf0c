package io.counterfoil.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#insert}. */
abstract class InsertContract extends MethodContract {
  InsertContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test // A11
  void each_id_is_positive_and_different_from_all_ids_before() {
    Set<Long> before = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      long id = store.insert(TestRow.named("token " + i).build());
      assertThat(id).isPositive().isNotIn(before);
      before.add(id);
    }
  }

  @Test // A11
  void an_id_is_never_reused_even_after_the_token_is_deleted() {
    List<Long> ids = new ArrayList<>();
    ids.add(put(TestRow.named("first")).id());
    StoredToken latest = put(TestRow.named("second"));
    ids.add(latest.id());
    store.delete(latest.id());
    ids.add(put(TestRow.named("second")).id());
    all().forEach(row -> store.delete(row.id()));
    ids.add(put(TestRow.named("second")).id());
    ids.add(put(TestRow.named("first")).id());
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test // A11
  void an_id_is_never_reused_even_after_the_token_expired_and_was_deleted() {
    StoredToken expired = put(TestRow.named("n").expiresAt(TestRow.NOW));
    store.deleteExpired(TestRow.NOW.plusMillis(1), 10);
    assertThat(put(TestRow.named("n")).id()).isNotEqualTo(expired.id());
  }

  @Test // G1
  void of_many_callers_that_insert_the_same_owner_and_name_exactly_one_succeeds()
      throws InterruptedException {
    List<StoredToken> winners = new ArrayList<>();
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "name of round " + round;
      List<Optional<StoredToken>> outcomes = Race.of(i ->
          tryToInsert(TestRow.named(name).owner("all").hash(TestRow.hash(name + ", caller " + i))));
      outcomes.forEach(outcome -> outcome.ifPresent(winners::add));
      assertThat(winners).hasSize(round + 1);
    }
    assertHolds(winners.toArray(StoredToken[]::new));
  }

  @Test
  void concurrent_callers_that_insert_different_names_all_succeed_with_distinct_ids()
      throws InterruptedException {
    List<StoredToken> rows = new ArrayList<>();
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "round " + round + ", caller ";
      rows.addAll(Race.of(i -> insert(TestRow.named(name + i))));
      assertThat(store.list(TokenQuery.all(), 0, Integer.MAX_VALUE)).isEqualTo(inOrderOfIds(rows));
    }
  }

  @Test
  void a_name_that_the_owner_already_has_is_rejected_and_nothing_changes() {
    StoredToken there = put(TestRow.full("taken"));
    StoredToken disabled = put(TestRow.full("disabled").enabled(false));
    StoredToken expired =
        put(TestRow.named("expired").expiresAt(TestRow.NOW.minusSeconds(1_000_000)));
    for (StoredToken row : List.of(there, disabled, expired)) {
      TestRow again = TestRow.named(row.name()).owner(row.owner()).hash(TestRow.hash("again"));
      assertThatThrownBy(() -> insert(again)).isInstanceOf(DuplicateTokenNameException.class);
    }
    assertHolds(there, disabled, expired);
    assertThat(find(TestRow.hash("again"))).isEmpty();
  }

  @Test
  void several_owners_can_have_tokens_with_the_same_name() {
    assertHolds(
        put(TestRow.named("same").owner("a")),
        put(TestRow.named("same").owner("b")),
        put(TestRow.named("same")));
  }

  @Test
  void the_hash_of_another_token_is_refused_whatever_its_tag_and_nothing_changes() {
    StoredToken there = put(TestRow.full("there"));
    TokenHash otherTag = TokenHash.of("x9", there.hash().bytes());
    for (TokenHash taken : List.of(there.hash(), otherTag)) {
      assertThatThrownBy(() -> insert(TestRow.named("other").hash(taken)))
          .isInstanceOf(DuplicateTokenHashException.class);
    }
    assertHolds(there);
    assertHolds(there, put(TestRow.named("other")));
  }

  @Test // L1
  void no_exception_message_contains_a_name_an_owner_or_a_hash() {
    StoredToken there = put(TestRow.named("secret-name").owner("secret-owner"));
    Throwable sameName = catchThrowable(
        () -> insert(TestRow.named("secret-name").owner("secret-owner").hash(TestRow.hash("x"))));
    Throwable sameHash =
        catchThrowable(() -> insert(TestRow.named("secret-name 2").hash(there.hash())));
    byte[] hash = there.hash().bytes();
    for (Throwable failure : List.of(sameName, sameHash)) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text)); // with its causes, as in a log
      assertThat(text.toString())
          .doesNotContain("secret-name", "secret-owner", new String(hash, ISO_8859_1))
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(hash))
          .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(hash));
    }
  }

  @Test // H4
  void a_rejected_name_is_accepted_after_the_token_that_had_it_is_deleted() {
    StoredToken there = put(TestRow.named("n"));
    assertThat(tryToInsert(TestRow.named("n").hash(TestRow.hash("2")))).isEmpty();
    store.delete(there.id());
    assertHolds(put(TestRow.named("n").hash(TestRow.hash("2"))));
  }

  private Optional<StoredToken> tryToInsert(TestRow unsaved) {
    try {
      return Optional.of(insert(unsaved));
    } catch (DuplicateTokenNameException e) {
      return Optional.empty();
    }
  }
}

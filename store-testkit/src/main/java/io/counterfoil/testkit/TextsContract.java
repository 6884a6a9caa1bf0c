package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Tests that texts are stored and compared code point by code point, without trimming, case folding, normalising or
 * padding.
 */
abstract class TextsContract extends MethodContract {
  /** The maximum length of a name in code points. */
  private static final int MAX_LENGTH = 64;

  private static final int MAX_OWNER_LENGTH = 255;

  TextsContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test // F6, F8
  void names_are_stored_and_compared_code_point_by_code_point() {
    List<StoredToken> rows =
        insertAll(ConfusableTexts.ALL.stream().map(TestRow::named).toList());
    assertHolds(rows.toArray(StoredToken[]::new));
    for (String name : ConfusableTexts.ALL) {
      StoredToken again = TestRow.named(name).hash(TestRow.hash("again")).build();
      assertThatThrownBy(() -> store.insert(again))
          .as(escaped(name))
          .isInstanceOf(DuplicateTokenNameException.class);
    }
  }

  @Test // F6, F8
  void owners_are_stored_and_compared_code_point_by_code_point() {
    List<String> owners = new ArrayList<>(ConfusableTexts.ALL);
    owners.add("");
    List<StoredToken> rows = insertAll(
        owners.stream().map(owner -> TestRow.named("same").owner(owner)).toList());
    assertHolds(rows.toArray(StoredToken[]::new));
    for (StoredToken row : rows) {
      assertThat(list(TokenQuery.all().owner(row.owner())))
          .as(escaped(row.owner()))
          .containsExactly(row);
      assertThat(store.count(TokenQuery.all().owner(row.owner())))
          .as(escaped(row.owner()))
          .isEqualTo(1);
    }
  }

  @Test // F8
  void descriptions_are_stored_code_point_by_code_point_and_need_not_be_unique() {
    List<StoredToken> rows = new ArrayList<>();
    for (String text : ConfusableTexts.ALL) {
      rows.add(insert(TestRow.named("token " + rows.size()).description(text)));
      rows.add(insert(TestRow.named("token " + rows.size()).description(text)));
    }
    assertThat(all()).isEqualTo(inOrderOfIds(rows));
    for (int i = 0; i < rows.size(); i++) {
      String text = rows.get(rows.size() - 1 - i).description();
      rows.set(i, update(TestRow.of(rows.get(i)).description(text).build()));
    }
    assertThat(all()).isEqualTo(inOrderOfIds(rows));
  }

  @Test
  void owner_and_name_are_compared_separately() {
    StoredToken one = put(TestRow.named("bc").owner("a"));
    StoredToken two = put(TestRow.named("c").owner("ab"));
    StoredToken three = put(TestRow.named("a:b").owner("c"));
    StoredToken four = put(TestRow.named("b").owner("c:a"));
    assertHolds(one, two, three, four);
  }

  @Test
  void texts_of_64_four_byte_code_points_are_stored_and_compared_completely() {
    String start = ConfusableTexts.EMOJI.repeat(MAX_LENGTH - 1);
    List<StoredToken> rows = insertAll(List.of(
        TestRow.named(start + ConfusableTexts.EMOJI).owner(start + ConfusableTexts.EMOJI),
        TestRow.named(start + "\uD83D\uDD10").owner(start + ConfusableTexts.EMOJI),
        TestRow.named(start + ConfusableTexts.EMOJI).owner(start + "\uD83D\uDD10"),
        TestRow.named(start).owner(start + ConfusableTexts.EMOJI)));
    assertHolds(rows.toArray(StoredToken[]::new));
  }

  @Test
  void owners_of_255_four_byte_code_points_are_stored_and_compared_completely() {
    String start = ConfusableTexts.EMOJI.repeat(MAX_OWNER_LENGTH - 1);
    List<String> owners = List.of(
        start + ConfusableTexts.EMOJI,
        start + "\uD83D\uDD10",
        start,
        "a".repeat(MAX_OWNER_LENGTH),
        "a".repeat(MAX_OWNER_LENGTH - 1));
    List<StoredToken> rows = insertAll(
        owners.stream().map(owner -> TestRow.named("same").owner(owner)).toList());
    assertHolds(rows.toArray(StoredToken[]::new));
    assertThat(store.disableOwnedBy(owners.get(0))).isEqualTo(1);
    assertThat(store.deleteOwnedBy(owners.get(1))).isEqualTo(1);
    assertHolds(TestRow.disabled(rows.get(0)), rows.get(2), rows.get(3), rows.get(4));
  }

  private List<StoredToken> insertAll(List<TestRow> unsavedRows) {
    List<StoredToken> rows = new ArrayList<>();
    for (TestRow unsaved : unsavedRows) {
      try {
        rows.add(insert(unsaved));
      } catch (DuplicateTokenNameException e) {
        StoredToken rejected = unsaved.build();
        throw new AssertionError(
            "treated as equal to an earlier one: owner " + escaped(rejected.owner()) + ", name "
                + escaped(rejected.name()),
            e);
      }
    }
    return rows;
  }

  /** Shows code points, because many of the texts look the same. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder("\"").append(text).append("\" =");
    text.codePoints().forEach(c -> escaped.append(String.format(" U+%04X", c)));
    return escaped.toString();
  }
}

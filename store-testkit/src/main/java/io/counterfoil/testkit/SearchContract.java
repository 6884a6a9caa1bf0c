package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Searches for a part of a name, with {@link TokenQuery#nameContains}. */
abstract class SearchContract extends MethodContract {
  /** The maximum length of a name and of a searched text, in code points. */
  private static final int MAX_LENGTH = 64;

  private static final String DESERET_CAPITAL = Character.toString(0x10400);
  private static final String DESERET_SMALL = Character.toString(0x10428);

  SearchContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  private static TokenQuery search(String part) {
    return TokenQuery.all().nameContains(part);
  }

  @Test
  void finds_a_text_at_the_start_at_the_end_within_and_as_the_whole_name() {
    StoredToken row = put(TestRow.named("nightly backup"));
    StoredToken other = put(TestRow.named("backup of mail"));
    put(TestRow.named("back up"));
    assertSelects(search("nightly"), row);
    assertSelects(search("backup"), row, other);
    assertSelects(search("ly ba"), row);
    assertSelects(search("nightly backup"), row);
    assertSelects(search("nightly backup "));
    assertSelects(search("nightlybackup"));
  }

  @Test
  void searches_names_only() {
    put(TestRow.named("n").owner("backup").description("backup"));
    assertSelects(search("backup"));
  }

  @Test
  void no_character_is_a_wildcard_or_an_escape() {
    List<String> signs = "%_[]^!\\*?#$&'\"()+,-./:;<=>@`{|}~"
        .chars()
        .mapToObj(Character::toString)
        .toList();
    List<StoredToken> rows = new ArrayList<>();
    for (String sign : signs) {
      rows.add(put(TestRow.named("a" + sign + "b")));
    }
    put(TestRow.named("ab"));
    put(TestRow.named("axb"));
    put(TestRow.named("aab"));
    for (int i = 0; i < rows.size(); i++) {
      assertSelects(search(signs.get(i)), rows.get(i));
      assertSelects(search("a" + signs.get(i) + "b"), rows.get(i));
      assertSelects(search("a" + signs.get(i) + signs.get(i)));
    }
    assertSelects(search("%%"));
    assertSelects(search("a\\%"));
    assertSelects(search("a%b%"));
    assertSelects(search("[a-z]"));
  }

  @Test
  void upper_and_lower_case_are_equal() {
    StoredToken row = put(TestRow.named("Nightly BACKUP"));
    assertSelects(search("nightly backup"), row);
    assertSelects(search("NIGHTLY"), row);
    assertSelects(search("bAcKuP"), row);
  }

  /** As in {@code equalsIgnoreCase}: each code point has one upper and one lower case, in every locale. */
  @Test
  void upper_and_lower_case_are_equal_beyond_ascii_too() {
    assertAllEqual("\u00e9", "\u00c9");
    assertAllEqual("\u0436", "\u0416");
    assertAllEqual("\u00df", "\u1e9e"); // sharp s
    assertAllEqual("i", "I", "\u0130", "\u0131"); // with and without a dot
    assertAllEqual("\u03c3", "\u03c2", "\u03a3"); // final sigma
    assertAllEqual("k", "K", "\u212a"); // Kelvin sign
    assertAllEqual("\u00e5", "\u00c5", "\u212b"); // Angstrom sign
    assertAllEqual("s", "S", "\u017f"); // long s
    assertAllEqual("\u00b5", "\u03bc", "\u039c"); // micro sign
    assertAllEqual("\u01c4", "\u01c5", "\u01c6"); // a digraph with a title case
    assertAllEqual(DESERET_CAPITAL, DESERET_SMALL);
  }

  private void assertAllEqual(String... letters) {
    createStore();
    List<StoredToken> rows = new ArrayList<>();
    for (String letter : letters) {
      rows.add(put(TestRow.named("x" + letter + "y")));
    }
    put(TestRow.named("xy"));
    put(TestRow.named("xxy"));
    for (String letter : letters) {
      assertSelects(search(letter), rows.toArray(StoredToken[]::new));
      assertSelects(search("X" + letter + "Y"), rows.toArray(StoredToken[]::new));
    }
  }

  @Test
  void code_points_are_neither_expanded_nor_normalised() {
    StoredToken sharp = put(TestRow.named("stra\u00dfe"));
    StoredToken ss = put(TestRow.named("STRASSE"));
    StoredToken composed = put(TestRow.named("caf\u00e9"));
    StoredToken combining = put(TestRow.named("cafe\u0301"));
    StoredToken ligature = put(TestRow.named("\ufb01x"));
    StoredToken letters = put(TestRow.named("fix"));
    assertSelects(search("ss"), ss);
    assertSelects(search("\u00df"), sharp);
    assertSelects(search("\u00e9"), composed);
    assertSelects(search("e\u0301"), combining);
    assertSelects(search("cafe"), combining);
    assertSelects(search("fi"), letters);
    assertSelects(search("\ufb01"), ligature);
  }

  @Test // F6
  void similar_texts_are_confused_only_if_they_differ_only_in_case() {
    List<StoredToken> rows = new ArrayList<>();
    for (String name : ConfusableTexts.ALL) {
      rows.add(insert(TestRow.named(name)));
    }
    for (String part : ConfusableTexts.ALL) {
      List<StoredToken> expected =
          rows.stream().filter(row -> containsIgnoringCase(row.name(), part)).toList();
      assertThat(list(search(part))).as(part).isEqualTo(inOrderOfIds(expected));
      assertThat(store.count(search(part))).as(part).isEqualTo(expected.size());
    }
  }

  private static boolean containsIgnoringCase(String text, String part) {
    for (int i = 0; i + part.length() <= text.length(); i++) {
      if (text.substring(i, i + part.length()).equalsIgnoreCase(part)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void spaces_at_either_end_are_part_of_the_searched_text() {
    put(TestRow.named("panel"));
    StoredToken after = put(TestRow.named("panel "));
    StoredToken before = put(TestRow.named(" panel"));
    StoredToken hard = put(TestRow.named("panel\u00a0"));
    assertSelects(search("l "), after);
    assertSelects(search(" p"), before);
    assertSelects(search(" "), after, before);
    assertSelects(search("\u00a0"), hard);
  }

  @Test
  void texts_of_64_four_byte_code_points_are_searched_completely() {
    StoredToken row = put(TestRow.named(DESERET_CAPITAL.repeat(MAX_LENGTH)));
    StoredToken shorter = put(TestRow.named(DESERET_CAPITAL.repeat(MAX_LENGTH - 1)));
    StoredToken key = put(TestRow.named(ConfusableTexts.EMOJI.repeat(MAX_LENGTH - 1) + "x"));
    assertSelects(search(DESERET_SMALL.repeat(MAX_LENGTH)), row);
    assertSelects(search(DESERET_SMALL.repeat(MAX_LENGTH - 1)), row, shorter);
    assertSelects(search(ConfusableTexts.EMOJI + "X"), key);
    assertSelects(search("\uD83D\uDD10"));
  }

  @Test
  void a_renamed_token_is_found_by_its_new_name_only() {
    StoredToken row = put(TestRow.named("Old name"));
    StoredToken renamed = update(TestRow.of(row).name("NEW name").build());
    assertSelects(search("old"));
    assertSelects(search("new"), renamed);
    assertSelects(search("name"), renamed);
  }
}

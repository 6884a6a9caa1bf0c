package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The conditions of a query, in {@link TokenStore#list} and {@link TokenStore#count}. {@link SearchContract} tests searches for
 * names, and {@link TextsContract} tests similar owners.
 */
abstract class QueryContract extends MethodContract {
  private static final TokenQuery ALL = TokenQuery.all();
  private static final Instant NOW = TestRow.NOW;
  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_9999 = Instant.parse("9999-12-31T23:59:59.999Z");

  QueryContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void an_empty_store_has_no_token_for_any_query() {
    assertSelects(ALL);
    assertSelects(ALL.owner("").enabled(true).scope("read").nameContains("n"));
  }

  @Test
  void the_query_without_conditions_selects_every_token() {
    assertSelects(
        ALL,
        put(TestRow.full("on")),
        put(TestRow.full("off").enabled(false)),
        put(TestRow.named("expired").expiresAt(Instant.EPOCH)),
        put(TestRow.named("bare")));
  }

  @Test
  void an_owner_selects_the_tokens_of_that_owner_even_if_disabled_or_expired() {
    StoredToken first = put(TestRow.named("z").owner("a"));
    put(TestRow.named("y").owner("b"));
    put(TestRow.named("a").owner("aa"));
    StoredToken second = put(TestRow.named("x").owner("a").enabled(false).expiresAt(Instant.EPOCH));
    StoredToken nobodys = put(TestRow.named("a"));
    assertSelects(ALL.owner("a"), first, second);
    assertSelects(ALL.owner(""), nobodys);
    assertSelects(ALL.owner("nobody"));
  }

  @Test
  void enabled_selects_tokens_by_their_present_state() {
    StoredToken on = put(TestRow.named("on"));
    StoredToken off = put(TestRow.named("off").enabled(false));
    assertSelects(ALL.enabled(true), on);
    assertSelects(ALL.enabled(false), off);
    StoredToken enabled = update(TestRow.of(off).enabled(true).build());
    store.disable(on.id());
    assertSelects(ALL.enabled(true), enabled);
    assertSelects(ALL.enabled(false), TestRow.disabled(on));
    store.disableAll();
    assertSelects(ALL.enabled(true));
    assertSelects(ALL.enabled(false), TestRow.disabled(on), TestRow.disabled(enabled));
  }

  @Test
  void a_scope_selects_the_tokens_that_have_exactly_this_scope() {
    StoredToken only = put(TestRow.named("only").scopes(Set.of("a")));
    StoredToken first = put(TestRow.named("first").scopes(Set.of("a", "b", "c")));
    StoredToken last = put(TestRow.named("last").scopes(Set.of("0", "1", "a")));
    StoredToken between = put(TestRow.named("between").scopes(Set.of("Z", "a", "z")));
    StoredToken longer =
        put(TestRow.named("longer").scopes(Set.of("aa", "a:b", "b:a", "a.", "ba")));
    put(TestRow.named("capital").scopes(Set.of("A")));
    StoredToken unrestricted = put(TestRow.named("unrestricted").scopes(Set.of("*")));
    put(TestRow.named("none"));
    put(TestRow.named("a").addresses(Set.of("a")));
    assertSelects(ALL.scope("a"), only, first, last, between);
    assertSelects(ALL.scope("aa"), longer);
    assertSelects(ALL.scope("a:b"), longer);
    assertSelects(ALL.scope("*"), unrestricted);
    assertSelects(ALL.scope("aaa"));
    assertSelects(ALL.scope("Z"), between);
  }

  @Test
  void no_character_of_a_scope_is_a_wildcard() {
    List<String> signs =
        "%_[]^!*?#$&'()+,-./:;<=>@`{|}~".chars().mapToObj(Character::toString).toList();
    List<StoredToken> rows = new ArrayList<>();
    for (String sign : signs) {
      rows.add(put(TestRow.named("with " + sign).scopes(Set.of("a" + sign + "b"))));
    }
    put(TestRow.named("other").scopes(Set.of("ab", "aab", "axb")));
    for (StoredToken row : rows) {
      assertSelects(ALL.scope(row.scopes().iterator().next()), row);
    }
    assertSelects(ALL.scope("%"));
    assertSelects(ALL.scope("a*"));
  }

  @Test
  void a_scope_is_found_among_scopes_of_1000_characters() {
    Set<String> many = IntStream.range(100, 300).mapToObj(i -> "s" + i).collect(Collectors.toSet());
    StoredToken row = put(TestRow.named("many").scopes(many));
    StoredToken one = put(TestRow.named("one").scopes(Set.of("s".repeat(1000))));
    for (String scope : List.of("s100", "s200", "s299")) {
      assertSelects(ALL.scope(scope), row);
    }
    assertSelects(ALL.scope("s".repeat(1000)), one);
    assertSelects(ALL.scope("s".repeat(999)));
  }

  @Test
  void expires_after_selects_to_the_millisecond_and_never_tokens_without_expiry() {
    put(TestRow.named("never"));
    put(TestRow.named("before").expiresAt(NOW.minusMillis(1)));
    StoredToken at = put(TestRow.named("at").expiresAt(NOW));
    StoredToken after = put(TestRow.named("after").expiresAt(NOW.plusMillis(1)));
    assertSelects(ALL.expiresAfter(NOW.minusMillis(1)), at, after);
    assertSelects(ALL.expiresAfter(NOW), after);
    assertSelects(ALL.expiresAfter(NOW.plusNanos(999_999)), after);
    assertSelects(ALL.expiresAfter(NOW.plusMillis(1)));
  }

  @Test
  void expires_by_selects_to_the_millisecond_and_never_tokens_without_expiry() {
    put(TestRow.named("never"));
    StoredToken before = put(TestRow.named("before").expiresAt(NOW.minusMillis(1)));
    StoredToken at = put(TestRow.named("at").expiresAt(NOW));
    put(TestRow.named("after").expiresAt(NOW.plusMillis(1)));
    assertSelects(ALL.expiresBy(NOW.minusMillis(2)));
    assertSelects(ALL.expiresBy(NOW.minusMillis(1)), before);
    assertSelects(ALL.expiresBy(NOW), before, at);
    assertSelects(ALL.expiresBy(NOW.plusNanos(999_999)), before, at);
    assertSelects(ALL.expiresAfter(NOW.minusMillis(1)).expiresBy(NOW), at);
    assertSelects(ALL.expiresAfter(NOW).expiresBy(NOW));
  }

  @Test
  void unused_since_compares_the_last_use_or_else_the_start_of_tracking() {
    put(TestRow.named("not tracked"));
    StoredToken tracked = put(TestRow.named("tracked").trackedSince(NOW.minusMillis(1)));
    StoredToken later = put(TestRow.named("tracked later").trackedSince(NOW));
    StoredToken used = put(TestRow.named("used").trackedSince(NOW).lastUsedAt(NOW.minusMillis(1)));
    StoredToken again = put(TestRow.named("used at").trackedSince(Instant.EPOCH).lastUsedAt(NOW));
    StoredToken only = put(TestRow.named("use only").lastUsedAt(NOW.minusMillis(1)));
    assertSelects(ALL.unusedSince(NOW.minusMillis(1)));
    assertSelects(ALL.unusedSince(NOW), tracked, used, only);
    assertSelects(ALL.unusedSince(NOW.plusNanos(999_999)), tracked, used, only);
    assertSelects(ALL.unusedSince(NOW.plusMillis(1)), tracked, later, used, again, only);
    store.recordUses(Map.of(tracked.id(), new Use(NOW, Optional.empty())), Instant.MAX);
    assertSelects(ALL.unusedSince(NOW), used, only);
  }

  @Test
  void conditions_accept_every_instant() {
    StoredToken first =
        put(TestRow.named("first").expiresAt(YEAR_0.plusMillis(1)).trackedSince(YEAR_0));
    StoredToken last = put(TestRow.named("last").expiresAt(YEAR_9999).trackedSince(YEAR_9999));
    for (Instant low : List.of(Instant.MIN, YEAR_0.minusMillis(1), YEAR_0)) {
      assertSelects(ALL.expiresAfter(low), first, last);
      assertSelects(ALL.expiresBy(low));
      assertSelects(ALL.unusedSince(low));
    }
    for (Instant high : List.of(Instant.MAX, YEAR_9999.plusMillis(1))) {
      assertSelects(ALL.expiresAfter(high));
      assertSelects(ALL.expiresBy(high), first, last);
      assertSelects(ALL.unusedSince(high), first, last);
    }
    assertSelects(ALL.expiresBy(YEAR_9999), first, last);
    assertSelects(ALL.unusedSince(YEAR_9999), first);
  }

  /** Row i fulfils condition c if bit c of i is set. So it matches a set of conditions if all their bits are set. */
  @Test
  void a_query_selects_the_tokens_that_fulfil_all_of_its_conditions() {
    List<UnaryOperator<TokenQuery>> conditions = List.of(
        query -> query.owner("mine"),
        query -> query.nameContains("one"),
        query -> query.enabled(true),
        query -> query.scope("read"),
        query -> query.expiresAfter(NOW).expiresBy(NOW.plusMillis(2)),
        query -> query.unusedSince(NOW));
    List<StoredToken> rows = new ArrayList<>();
    for (int bits = 0; bits < 1 << conditions.size(); bits++) {
      rows.add(insert(fulfilling(bits)));
    }
    for (int wanted = 0; wanted < rows.size(); wanted++) {
      TokenQuery query = ALL;
      for (int c = 0; c < conditions.size(); c++) {
        query = isSet(wanted, c) ? conditions.get(c).apply(query) : query;
      }
      int required = wanted;
      List<StoredToken> expected = IntStream.range(0, rows.size())
          .filter(bits -> (bits & required) == required)
          .mapToObj(rows::get)
          .toList();
      assertThat(list(query)).as("conditions %s", wanted).isEqualTo(inOrderOfIds(expected));
      assertThat(store.count(query)).as("conditions %s", wanted).isEqualTo(expected.size());
    }
  }

  /** The columns of a condition that is not fulfilled have different values, or none. */
  private static TestRow fulfilling(int bits) {
    TestRow row = TestRow.named((isSet(bits, 1) ? "The One " : "two ") + bits)
        .owner(isSet(bits, 0) ? "mine" : "theirs")
        .enabled(isSet(bits, 2))
        .scopes(isSet(bits, 3) ? Set.of("read", "write") : Set.of("write"))
        .trackedSince(isSet(bits, 5) ? NOW.minusMillis(1) : NOW);
    boolean hasOtherExpiry = bits % 3 == 0;
    if (isSet(bits, 4) || hasOtherExpiry) {
      row.expiresAt(NOW.plusMillis(isSet(bits, 4) ? 1 : 3));
    }
    return row;
  }

  private static boolean isSet(int bits, int bit) {
    return (bits >> bit & 1) == 1;
  }

  @Test
  void an_updated_token_is_selected_by_its_new_columns_only() {
    StoredToken row = put(TestRow.full("before").expiresAt(NOW));
    StoredToken next = update(TestRow.of(row)
        .name("AFTER")
        .scopes(Set.of("delete"))
        .expiresAt(NOW.plusMillis(9))
        .build());
    assertSelects(ALL.nameContains("before"));
    assertSelects(ALL.nameContains("after"), next);
    assertSelects(ALL.scope("read"));
    assertSelects(ALL.scope("delete"), next);
    assertSelects(ALL.expiresBy(NOW));
    assertSelects(ALL.expiresAfter(NOW), next);
    StoredToken endless =
        update(TestRow.of(next).scopes(Set.of()).expiresAt(Optional.empty()).build());
    assertSelects(ALL.scope("delete"));
    assertSelects(ALL.expiresAfter(NOW));
    assertSelects(ALL.owner(row.owner()), endless);
  }

  @Test
  void counts_more_tokens_than_a_page_has() {
    for (int i = 0; i < 120; i++) {
      insert(TestRow.named("token " + i).enabled(i % 3 > 0));
    }
    assertThat(store.count(ALL)).isEqualTo(120);
    assertThat(store.count(ALL.enabled(true))).isEqualTo(80);
  }

  @Test
  void a_token_that_is_inserted_once_is_selected_like_any_other() {
    StoredToken unsaved = TestRow.full("Once").build();
    StoredToken row = unsaved.withId(store.insertOnce("once", unsaved).orElseThrow());
    assertSelects(ALL.nameContains("oNCE").scope("read").enabled(true), row);
  }

  @Test
  void a_deleted_token_is_no_longer_selected_or_counted() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    assertSelects(ALL, row);
    assertSelects(ALL.owner(gone.owner()));
    assertSelects(ALL.nameContains("gone"));
  }
}

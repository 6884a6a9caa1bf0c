package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StoredTokenTest {
  private static final Instant DAY = Instant.parse("2026-11-30T00:00:00Z");
  private static final TokenHash HASH = Hashes.sha256("present");
  private static final StoredToken.Previous PREVIOUS =
      new StoredToken.Previous(Hashes.sha256("previous"), DAY.plusSeconds(9));

  private static StoredToken.Builder minimal() {
    return StoredToken.builder().name("ci").hash(HASH).createdAt(DAY);
  }

  @Test
  void every_column_but_name_hash_and_creation_has_a_default() {
    StoredToken row = minimal().build();
    assertThat(row.id()).isEqualTo(StoredToken.UNSAVED);
    assertThat(row.owner()).isEmpty();
    assertThat(row.enabled()).isFalse();
    assertThat(row.scopes()).isEmpty();
    assertThat(row.allowedAddresses()).isEmpty();
    assertThat(row.previous()).isEmpty();
    assertThat(row.expiresAt()).isEmpty();
    assertThat(row.trackedSince()).isEmpty();
    assertThat(row.lastUsedAt()).isEmpty();
  }

  @Test
  void a_row_without_name_hash_or_creation_is_refused() {
    refused(StoredToken.builder().hash(HASH).createdAt(DAY), "name");
    refused(StoredToken.builder().name("ci").createdAt(DAY), "hash");
    refused(StoredToken.builder().name("ci").hash(HASH), "createdAt");
  }

  private static void refused(StoredToken.Builder row, String column) {
    assertThatIllegalStateException()
        .isThrownBy(row::build)
        .withMessage(column + ": missing (expected: each row has one)");
  }

  /** Each of these changes another column. */
  private static final List<UnaryOperator<StoredToken.Builder>> CHANGES = List.of(
      row -> row.id(7),
      row -> row.owner("ann"),
      row -> row.name("other"),
      row -> row.hash(Hashes.sha256("other")),
      row -> row.hash(HASH.leaked()),
      row -> row.previous(PREVIOUS),
      row -> row.enabled(true),
      row -> row.scopes(List.of("read")),
      row -> row.allowedAddresses(List.of("::1/128")),
      row -> row.description("text"),
      row -> row.lastUsedFrom("::1"),
      row -> row.createdAt(DAY.plusSeconds(1)),
      row -> row.expiresAt(DAY.plusSeconds(2)),
      row -> row.trackedSince(DAY.plusSeconds(3)),
      row -> row.lastUsedAt(DAY.plusSeconds(4)));

  @Test
  void rows_are_equal_if_all_their_columns_are() {
    List<StoredToken> rows = new ArrayList<>(List.of(minimal().build()));
    CHANGES.forEach(change -> rows.add(change.apply(minimal()).build()));
    assertThat(rows).doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.toBuilder().build())
            .isEqualTo(row)
            .hasSameHashCodeAs(row)
            .hasToString(row.toString()));
    assertThat(rows.get(0)).isNotEqualTo(rows.get(0).token());
  }

  @Test
  void rows_differ_in_columns_that_tokens_do_not_show() {
    List<StoredToken> rows = List.of(
        minimal().build(),
        minimal().revision(1).build(),
        minimal().renewedAt(DAY.plusMillis(1)).build(),
        minimal().noticeAfter(DAY).build());
    assertThat(rows).doesNotHaveDuplicates();
    assertThat(rows)
        .extracting(StoredToken::token)
        .containsOnly(minimal().build().token());
  }

  @Test
  void tokens_are_equal_if_all_their_properties_are() {
    List<Token> tokens = new ArrayList<>();
    CHANGES.forEach(change -> tokens.add(change.apply(minimal()).build().token()));
    // another hash and a previous one are no properties of a token, unless the hash has leaked
    assertThat(tokens.get(3)).isEqualTo(tokens.remove(5)).hasSameHashCodeAs(tokens.get(3));
    assertThat(tokens).doesNotHaveDuplicates();
  }

  @Test // L1
  void the_text_of_a_row_shows_every_column_but_no_hash() {
    StoredToken row =
        minimal().owner("ann").scopes(List.of("b", "a")).previous(PREVIOUS).build();
    assertThat(row)
        .hasToString(
            "StoredToken[token=Token[id=0, owner=ann, name=ci, description=, enabled=false, leaked=false,"
                + " createdAt=2026-11-30T00:00:00Z, expiresAt=Optional.empty, scopes=[a, b],"
                + " allowedAddresses=[], trackedSince=Optional.empty, lastUsedAt=Optional.empty,"
                + " lastUsedFrom=Optional.empty],"
                + " hash=TokenHash[sha256:****], previous=Optional[Previous[hash=TokenHash[sha256:****],"
                + " until=2026-11-30T00:00:09Z]], revision=0, renewedAt=2026-11-30T00:00:00Z,"
                + " noticeAfter=Optional.empty]");
  }

  @Test
  void a_row_keeps_its_own_copy_of_the_scopes() {
    List<String> scopes = new ArrayList<>(List.of("write", "read", "read"));
    StoredToken row = minimal().scopes(scopes).build();
    scopes.clear();
    assertThat(row.scopes()).containsExactly("read", "write");
  }

  @Test
  void new_hashes_replace_both_and_change_nothing_else() {
    StoredToken row = minimal().previous(PREVIOUS).enabled(true).build();
    TokenHash next = Hashes.sha256("next");
    assertThat(row.withHashes(next, Optional.empty()))
        .isEqualTo(minimal().hash(next).enabled(true).build());
  }

  @Test
  void a_row_of_a_leaked_plaintext_comes_back_from_its_text() {
    StoredToken row = minimal().hash(HASH.leaked()).build();
    assertThat(StoredToken.ofText(row.text())).isEqualTo(row);
    assertThat(row.token().leaked()).isTrue();
  }

  @Test
  void an_updated_row_keeps_its_id_owner_creation_and_uses() {
    StoredToken row = minimal()
        .id(7)
        .owner("ann")
        .revision(3)
        .trackedSince(Instant.ofEpochMilli(5))
        .lastUsedAt(Instant.ofEpochMilli(6))
        .lastUsedFrom("192.0.2.1")
        .build();
    StoredToken changed = StoredToken.builder()
        .id(9)
        .owner("eve")
        .name("new")
        .description("text")
        .hash(HASH.leaked())
        .previous(PREVIOUS)
        .enabled(!row.enabled())
        .scopes(Set.of("a"))
        .allowedAddresses(Set.of("192.0.2.0/24"))
        .createdAt(Instant.ofEpochMilli(99))
        .expiresAt(Instant.ofEpochMilli(100))
        .renewedAt(Instant.ofEpochMilli(101))
        .noticeAfter(Instant.ofEpochMilli(102))
        .revision(3)
        .build();
    assertThat(row.updated(changed))
        .isEqualTo(changed.toBuilder()
            .id(7)
            .owner("ann")
            .createdAt(row.createdAt())
            .trackedSince(Instant.ofEpochMilli(5))
            .lastUsedAt(Instant.ofEpochMilli(6))
            .lastUsedFrom("192.0.2.1")
            .revision(4)
            .build());
  }

  @Test
  void a_name_is_folded_as_equals_ignore_case_compares() {
    for (String name :
        new String[] {"CI", "Straße", "İstanbul", "ıI", "ΣΑΣς", "\u212Aelvin", "\uD801\uDC00x"}) {
      StoredToken row = minimal().name(name).build();
      assertThat(row.foldedName()).isEqualToIgnoringCase(name);
      assertThat(row.foldedName().codePointCount(0, row.foldedName().length()))
          .isEqualTo(name.codePointCount(0, name.length()));
    }
    assertThat(minimal().name("Σς\u212A").build().foldedName()).isEqualTo("σσk");
  }
}

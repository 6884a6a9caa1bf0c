package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that a store returns rows exactly as they were inserted. */
abstract class FieldsContract extends MethodContract {
  private static final List<Instant> INSTANTS = List.of(
      // on some of these dates, the proleptic Gregorian and the historical calendar differ by 2 or
      // by 10 days
      Instant.parse("0000-01-01T00:00:00.001Z"),
      Instant.parse("0000-02-29T12:00:00.999Z"),
      Instant.parse("0001-01-01T00:00:00Z"),
      Instant.parse("0999-12-31T23:59:59.999Z"),
      Instant.parse("1582-10-04T23:59:59.999Z"),
      Instant.parse("1582-10-15T00:00:00Z"),
      Instant.parse("1752-09-03T00:00:00.001Z"),
      Instant.parse("1893-03-31T22:59:59.999Z"),
      Instant.parse("1899-12-31T23:59:59.999Z"),
      Instant.EPOCH,
      Instant.EPOCH.plusMillis(1),
      Instant.EPOCH.minusMillis(1),
      Instant.parse("1900-01-01T00:00:00.001Z"),
      Instant.parse("2024-02-29T23:59:59.999Z"),
      // the hours that are skipped and repeated in Berlin: a store that uses local time would
      // shift them
      Instant.parse("2026-03-29T01:30:00.123Z"),
      Instant.parse("2026-10-25T00:30:00.456Z"),
      Instant.parse("2026-10-25T01:30:00.456Z"),
      Instant.ofEpochSecond(Integer.MAX_VALUE).plusMillis(999),
      Instant.ofEpochSecond(1L << 32),
      Instant.parse("9999-12-31T23:59:59.996Z"));

  FieldsContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void a_row_with_a_value_in_every_column_is_returned_unchanged() {
    assertHolds(put(TestRow.full("on")), put(TestRow.full("off").enabled(false)));
  }

  @Test
  void a_row_with_only_the_required_values_is_returned_unchanged() {
    assertHolds(put(TestRow.named("n")));
  }

  @Test
  void scopes_and_allowed_addresses_of_1000_characters_are_returned_unchanged() {
    String one = "s".repeat(1000);
    Set<String> many = IntStream.range(100, 300).mapToObj(i -> "s" + i).collect(Collectors.toSet());
    assertHolds(
        put(TestRow.named("one").scopes(Set.of(one))),
        put(TestRow.named("other").addresses(Set.of(one))),
        put(TestRow.named("both").scopes(many).addresses(many)),
        put(TestRow.named("signs")
            .scopes(
                Set.of(",", ";", "'", "{}", "[a,b]", "a:b", "*", "%", "!#$&()+-./<=>?@^_`|~"))));
  }

  @Test
  void a_description_of_200_four_byte_code_points_is_returned_unchanged() {
    assertHolds(
        put(TestRow.named("long").description(ConfusableTexts.EMOJI.repeat(200))),
        put(TestRow.named("ascii").description("d".repeat(200))),
        put(TestRow.named("lines").description("first\nsecond\r\n\tthird")));
  }

  @Test
  void an_empty_description_and_a_blank_one_are_different() {
    assertHolds(
        put(TestRow.named("empty").description("")),
        put(TestRow.named("space").description(" ")),
        put(TestRow.named("spaces").description("  ")),
        put(TestRow.named("line").description("\n")),
        put(TestRow.named("null").description("null")));
  }

  @Test
  void an_address_of_45_characters_is_returned_unchanged() {
    String longest = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
    assertHolds(put(TestRow.named("n").lastUsedAt(TestRow.NOW).lastUsedFrom(Optional.of(longest))));
  }

  @Test
  void any_revision_is_returned_unchanged_and_can_be_raised() {
    for (long revision : new long[] {0, 1, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE / 2}) {
      StoredToken row = put(TestRow.named("revision " + revision).revision(revision));
      assertThat(store.findById(row.id())).contains(row);
      StoredToken raised = update(row);
      assertThat(store.findById(row.id())).contains(raised);
      store.disable(row.id());
      assertThat(store.findById(row.id())).contains(TestRow.disabled(raised));
    }
  }

  @Test
  void instants_from_year_0_to_year_9999_are_returned_to_the_millisecond() {
    StoredToken[] rows = INSTANTS.stream()
        .map(at -> put(TestRow.named(at.toString())
            .createdAt(at)
            .expiresAt(at.plusMillis(1))
            .trackedSince(at.plusMillis(3))
            .lastUsedAt(at.minusMillis(1))
            .renewedAt(at.plusMillis(1))
            .noticeAfter(Optional.of(at.plusMillis(2)))
            .previous(TestRow.hash("previous " + at), at.plusMillis(2))))
        .toArray(StoredToken[]::new);
    assertHolds(rows);
  }

  @Test
  void no_method_changes_the_start_of_use_tracking() throws Exception {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken expired = put(TestRow.full("expired").expiresAt(Instant.EPOCH));
    StoredToken tracked = put(TestRow.full("tracked"));
    StoredToken untracked = put(TestRow.named("untracked"));
    for (StoredToken row : List.of(tracked, untracked)) {
      store.disable(row.id());
      RowChanges changes = new RowChanges(store, row);
      changes.enable().call();
      store.update(TestRow.of(row).trackedSince(Instant.EPOCH).build());
      changes.rotate().call();
      changes.use().call();
      store.disableOwnedBy(row.owner());
    }
    store.disableAll();
    store.delete(gone.id());
    store.deleteOwnedBy("nobody");
    store.deleteExpired(expired.createdAt(), 10);
    List<StoredToken> rest = inOrderOfIds(List.of(tracked, untracked));
    assertThat(all())
        .extracting(StoredToken::trackedSince)
        .containsExactlyElementsOf(rest.stream().map(StoredToken::trackedSince).toList());
  }

  @Test
  void each_optional_column_can_be_the_only_one_with_a_value() {
    assertHolds(
        put(TestRow.named("expires").expiresAt(TestRow.NOW)),
        put(TestRow.named("tracked").trackedSince(TestRow.NOW)),
        put(TestRow.named("used").lastUsedAt(TestRow.NOW)),
        put(TestRow.named("rotated").previous(TestRow.hash("before"), TestRow.NOW)),
        put(TestRow.named("from").lastUsedFrom(Optional.of("192.0.2.1"))),
        put(TestRow.named("noticed").noticeAfter(Optional.of(TestRow.NOW))),
        put(TestRow.named("renewed").renewedAt(TestRow.NOW.plusMillis(1))),
        put(TestRow.named("described").description("d")),
        put(TestRow.named("revised").revision(1)),
        put(TestRow.named("scoped").scopes(Set.of("read"))),
        put(TestRow.named("bound").addresses(Set.of("192.0.2.1"))));
  }

  @Test
  void any_32_bytes_can_be_a_hash() {
    assertHolds(
        put(TestRow.named("zeros").hash(bytes(0x00))),
        put(TestRow.named("ones").hash(bytes(0xff))),
        put(TestRow.named("blanks").hash(bytes(' '))),
        put(TestRow.named("letters").hash(bytes('a'))),
        put(TestRow.named("capitals").hash(bytes('A'))),
        put(TestRow.named("quotes").hash(bytes('\''))),
        put(TestRow.named("backslashes").hash(bytes('\\'))),
        put(TestRow.named("upper half").hash(bytes(0x80)).previous(bytes(0x7f), TestRow.NOW)));
  }

  @Test // A9
  void any_tag_is_stored() {
    byte[] present = TestRow.sha256("present");
    byte[] before = TestRow.sha256("before");
    assertHolds(
        put(TestRow.named("plain").hash(TokenHash.of("sha256", TestRow.sha256("plain")))),
        put(TestRow.named("unknown").hash(TokenHash.of("x9", TestRow.sha256("unknown")))),
        put(TestRow.named("signs").hash(TokenHash.of("0._:-z", TestRow.sha256("signs")))),
        put(TestRow.named("long")
            .hash(TokenHash.of("a".repeat(TokenHash.MAX_TAG_LENGTH), present))
            .previous(TokenHash.of("b".repeat(TokenHash.MAX_TAG_LENGTH), before), TestRow.NOW)));
  }

  private static TokenHash bytes(int value) {
    byte[] bytes = new byte[TokenHash.LENGTH];
    Arrays.fill(bytes, (byte) value);
    return TokenHash.of("sha256", bytes);
  }
}

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

/** A store writes and reads rows as they are. */
abstract class FieldsContract extends MethodContract {
  private static final List<Instant> INSTANTS = List.of(
      // where proleptic and historical calendars part, by two days and by ten
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
      // the hour that is skipped, and the one that comes twice, in Berlin: a store that thinks in
      // local time shifts them
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
  void a_row_with_something_in_every_column_comes_back_as_it_was() {
    assertHolds(put(Sample.full("on")), put(Sample.full("off").enabled(false)));
  }

  @Test
  void a_row_with_as_little_as_a_row_can_have_comes_back_as_it_was() {
    assertHolds(put(Sample.named("n")));
  }

  @Test
  void scopes_and_allowed_addresses_of_1000_characters_come_back_as_they_were() {
    String one = "s".repeat(1000);
    Set<String> many = IntStream.range(100, 300).mapToObj(i -> "s" + i).collect(Collectors.toSet());
    assertHolds(
        put(Sample.named("one").scopes(Set.of(one))),
        put(Sample.named("other").addresses(Set.of(one))),
        put(Sample.named("both").scopes(many).addresses(many)),
        put(Sample.named("signs")
            .scopes(
                Set.of(",", ";", "'", "{}", "[a,b]", "a:b", "*", "%", "!#$&()+-./<=>?@^_`|~"))));
  }

  @Test
  void instants_of_all_times_come_back_to_the_millisecond() {
    StoredToken[] rows = INSTANTS.stream()
        .map(at -> put(Sample.named(at.toString())
            .createdAt(at)
            .expiresAt(at.plusMillis(1))
            .trackedSince(at.plusMillis(3))
            .lastUsedAt(at.minusMillis(1))
            .previous(Sample.hash("previous " + at), at.plusMillis(2))))
        .toArray(StoredToken[]::new);
    assertHolds(rows);
  }

  @Test
  void no_method_changes_since_when_uses_are_recorded() throws Exception {
    StoredToken gone = put(Sample.full("gone"));
    StoredToken expired = put(Sample.full("expired").expiresAt(Instant.EPOCH));
    StoredToken tracked = put(Sample.full("tracked"));
    StoredToken untracked = put(Sample.named("untracked"));
    for (StoredToken row : List.of(tracked, untracked)) {
      store.setEnabled(row.id(), true);
      store.setEnabled(row.id(), false);
      Changes changes = new Changes(store, row);
      changes.rotate().call();
      changes.use().call();
      store.endPrevious(row.id(), row.hash(), Instant.EPOCH);
      store.rehash(row.id(), changes.rotated().hash(), Sample.hash("rehashed " + row.id()));
      store.disableOwnedBy(row.owner());
    }
    store.disableAll();
    store.delete(gone.id());
    store.deleteOwnedBy("nobody");
    store.deleteExpired(expired.createdAt(), 10);
    assertThat(all())
        .extracting(StoredToken::trackedSince)
        .containsExactly(tracked.trackedSince(), Optional.empty());
  }

  @Test
  void each_optional_column_may_be_there_alone() {
    assertHolds(
        put(Sample.named("expires").expiresAt(Sample.NOW)),
        put(Sample.named("tracked").trackedSince(Sample.NOW)),
        put(Sample.named("used").lastUsedAt(Sample.NOW)),
        put(Sample.named("rotated").previous(Sample.hash("before"), Sample.NOW)),
        put(Sample.named("scoped").scopes(Set.of("read"))),
        put(Sample.named("bound").addresses(Set.of("192.0.2.1"))));
  }

  @Test
  void any_32_bytes_are_a_hash() {
    assertHolds(
        put(Sample.named("zeros").hash(bytes(0x00))),
        put(Sample.named("ones").hash(bytes(0xff))),
        put(Sample.named("blanks").hash(bytes(' '))),
        put(Sample.named("letters").hash(bytes('a'))),
        put(Sample.named("capitals").hash(bytes('A'))),
        put(Sample.named("quotes").hash(bytes('\''))),
        put(Sample.named("backslashes").hash(bytes('\\'))),
        put(Sample.named("upper half").hash(bytes(0x80)).previous(bytes(0x7f), Sample.NOW)));
  }

  @Test // A9
  void any_tag_is_kept() {
    byte[] present = Sample.sha256("present");
    byte[] before = Sample.sha256("before");
    assertHolds(
        put(Sample.named("plain").hash(TokenHash.of("sha256", Sample.sha256("plain")))),
        put(Sample.named("unknown").hash(TokenHash.of("x9", Sample.sha256("unknown")))),
        put(Sample.named("signs").hash(TokenHash.of("0._:-z", Sample.sha256("signs")))),
        put(Sample.named("long")
            .hash(TokenHash.of("a".repeat(TokenHash.MAX_TAG_LENGTH), present))
            .previous(TokenHash.of("b".repeat(TokenHash.MAX_TAG_LENGTH), before), Sample.NOW)));
  }

  private static TokenHash bytes(int value) {
    byte[] bytes = new byte[TokenHash.LENGTH];
    Arrays.fill(bytes, (byte) value);
    return TokenHash.of("sha256", bytes);
  }
}

package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("locale")
class StoredTokenCodecTest {
  private static final String DIGITS =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final TokenHash HASH = TokenHash.of("sha256", HexFormat.of().parseHex(DIGITS));
  private static final StoredToken FULL = StoredToken.builder()
      .enabled(true)
      .id(7)
      .owner("ann")
      .name("c i")
      .hash(HASH)
      .previous(new StoredToken.Previous(
          TokenHash.of("hmac:2025", new byte[32]), Instant.ofEpochMilli(5)))
      .scopes(Set.of("read", "write"))
      .allowedAddresses(Set.of("::1"))
      .createdAt(Instant.ofEpochMilli(1))
      .expiresAt(Instant.ofEpochMilli(4))
      .trackedSince(Instant.ofEpochMilli(2))
      .lastUsedAt(Instant.ofEpochMilli(3))
      .lastUsedFrom("::1")
      .description("the server")
      .revision(8)
      .renewedAt(Instant.ofEpochMilli(6))
      .noticeAfter(Instant.ofEpochMilli(9))
      .build();

  /** A row in the format of version 1. This text must never change, because stores contain it. */
  private static final String FULL_TEXT = "1 7 =YW5u =YyBp " + DIGITS + "sha256 " + "0".repeat(64)
      + "hmac:2025 5 on =cmVhZCB3cml0ZQ =Ojox 1 4 2 3 =Ojox =dGhlIHNlcnZlcg 8 6 9";

  private static final String SPARE_TEXT =
      "1 0 - =bg " + DIGITS + "sha256 - - off - - -1 - - - - - 0 -1 -";

  @Test
  void a_text_of_version_1_is_always_read_and_written() {
    assertThat(FULL.text()).isEqualTo(FULL_TEXT);
    assertThat(StoredToken.ofText(FULL_TEXT)).isEqualTo(FULL);
    StoredToken spare = StoredToken.ofText(SPARE_TEXT);
    assertThat(spare.text()).isEqualTo(SPARE_TEXT);
    assertThat(spare.owner()).isEmpty();
    assertThat(spare.enabled()).isFalse();
    assertThat(spare.previous()).isEmpty();
    assertThat(spare.scopes()).isEmpty();
    assertThat(spare.createdAt()).isEqualTo(Instant.ofEpochMilli(-1));
  }

  @Property
  void every_row_comes_back_and_its_text_is_printable(@ForAll("rows") StoredToken row) {
    assertThat(StoredToken.ofText(row.text())).isEqualTo(row);
    assertThat(row.text()).matches("[ -~]+");
  }

  @Provide
  Arbitrary<StoredToken> rows() {
    Arbitrary<String> texts = Arbitraries.strings()
        .ofMaxLength(64)
        .filter(
            text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
    Arbitrary<Instant> times = Arbitraries.longs()
        .between(
            Instant.parse("0000-01-01T00:00:00Z").toEpochMilli(),
            RequestedExpiry.LAST.toEpochMilli())
        .map(Instant::ofEpochMilli);
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(0),
            texts,
            texts,
            Arbitraries.of(Set.<String>of(), Set.of("a"), Set.of("!", "-", "=b", "c,d")),
            Arbitraries.of(true, false),
            times,
            times.optional(),
            times.optional())
        .as(StoredTokenCodecTest::row);
  }

  private static StoredToken row(
      long id,
      String owner,
      String name,
      Set<String> words,
      boolean on,
      Instant at,
      Optional<Instant> maybe,
      Optional<Instant> perhaps) {
    StoredToken.Builder row = StoredToken.builder()
        .id(id)
        .owner(owner)
        .name(name)
        .hash(HASH)
        .enabled(on)
        .scopes(words)
        .allowedAddresses(words)
        .createdAt(at);
    maybe.ifPresent(until -> row.previous(new StoredToken.Previous(HASH, until)));
    perhaps.ifPresent(row::expiresAt);
    maybe.ifPresent(row::trackedSince);
    perhaps.ifPresent(row::lastUsedAt);
    perhaps.ifPresent(row::noticeAfter);
    perhaps.ifPresent(row::renewedAt);
    row.description(owner).revision(id);
    if (on) {
      row.lastUsedFrom("2001:db8::1");
    }
    return row.build();
  }

  @Test // E2, I1
  void an_invalid_row_is_rejected_and_not_quoted() {
    String[] words = FULL_TEXT.split(" ");
    for (int i = 0; i < words.length; i++) {
      for (String wrong : new String[] {"", "x", "2", "=*", "=", "on "}) {
        String[] broken = words.clone();
        broken[i] = wrong;
        String text = String.join(" ", broken);
        if (!isLegal(i, wrong)) {
          assertThatIllegalArgumentException()
              .as(text)
              .isThrownBy(() -> StoredToken.ofText(text))
              .withMessage("row: (expected: the text form of a StoredToken, version 1)")
              .withNoCause();
        }
      }
    }
    String[] halved = FULL_TEXT.split(" ");
    halved[6] = "-";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredToken.ofText(String.join(" ", halved)));
    String noUtf8 = FULL_TEXT.replace("=YW5u", "=_w");
    assertThatIllegalArgumentException().isThrownBy(() -> StoredToken.ofText(noUtf8));
    for (String text : new String[] {"", " ", FULL_TEXT + " ", FULL_TEXT + " 1", "1"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> StoredToken.ofText(text));
    }
  }

  /** If a digit is changed, the text may still be a valid row. */
  private static boolean isLegal(int word, String text) {
    return text.equals("2") && Arrays.asList(1, 6, 10, 11, 12, 13, 16, 17, 18).contains(word);
  }
}

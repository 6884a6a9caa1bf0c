package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of another system, imported by their hashes. */
@Tag("locale")
class ForeignTokenTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant LONG_AGO = Instant.parse("2024-05-06T07:08:09Z");
  private static final String PLAINTEXT = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefghijkl";
  private static final String HASH =
      HexFormat.of().formatHex(Hashes.sha256(PLAINTEXT).bytes());

  private final MapStore store = new MapStore();
  private final TokenManager.Builder builder =
      TokenManager.builder(store).clock(new TestClock(START.toString())).recordNoUses();
  private final TokenManager tokens = builder.acceptForeign(48, 64).build();

  @Test
  void an_imported_plaintext_keeps_working() {
    Token token = tokens.importHashed(NewToken.named("panel"), HASH, true, LONG_AGO);
    assertThat(token.createdAt()).isEqualTo(LONG_AGO);
    assertThat(tokens.authenticate(PLAINTEXT)).isInstanceOf(Accepted.class);
    tokens.disable(1);
    assertThat(tokens.authenticate(PLAINTEXT))
        .isEqualTo(new Rejected(Reason.DISABLED, OptionalLong.of(1)));
  }

  @Test
  void hexadecimal_digits_may_have_either_case_and_a_disabled_token_stays_disabled() {
    tokens.importHashed(
        NewToken.named("panel"), HASH.toUpperCase(java.util.Locale.ROOT), false, START);
    assertThat(tokens.authenticate(PLAINTEXT))
        .isEqualTo(new Rejected(Reason.DISABLED, OptionalLong.of(1)));
  }

  @Test // A5
  void a_hash_presented_as_a_plaintext_is_rejected() {
    tokens.importHashed(NewToken.named("panel"), HASH, true, LONG_AGO);
    assertThat(tokens.authenticate(HASH)).isEqualTo(Rejected.UNKNOWN);
  }

  @Test
  void by_default_a_foreign_plaintext_is_rejected_without_asking_the_store() {
    tokens.importHashed(NewToken.named("panel"), HASH, true, LONG_AGO);
    store.lookups.set(0);
    TokenManager strict = TokenManager.builder(store).recordNoUses().build();
    assertThat(strict.authenticate(PLAINTEXT)).isEqualTo(Rejected.MALFORMED);
    assertThat(store.lookups).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 47, 65, 10_000})
  void a_text_that_is_too_short_or_too_long_never_reaches_the_store(int length) {
    assertThat(tokens.authenticate("x".repeat(length))).isEqualTo(Rejected.MALFORMED);
    assertThat(store.lookups).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "|", ",", "\"", "\u00e9", "\n", "\u0000"})
  void a_text_with_a_character_that_no_bearer_token_has_never_reaches_the_store(String wrong) {
    assertThat(tokens.authenticate("x".repeat(47) + wrong)).isEqualTo(Rejected.MALFORMED);
    assertThat(store.lookups).hasValue(0);
  }

  @Property(tries = 3000) // B2
  void only_a_b64token_reaches_the_store(
      @ForAll
          @StringLength(min = 20, max = 23)
          @Chars({
            'a', 'Z', '5', '-', '.', '_', '~', '+', '/', '=', '=', ',', '\t', '"', '@', '[', ' ',
            '\u00e4', '\u0661'
          })
          String drawn,
      @ForAll @IntRange(min = 0, max = 23) int legal) {
    String text = "a".repeat(Math.min(legal, drawn.length()))
        + drawn.substring(Math.min(legal, drawn.length()));
    MapStore asked = new MapStore();
    TokenManager.builder(asked).acceptForeign(20, 64).recordNoUses().build().authenticate(text);
    assertThat(asked.lookups).hasValue(text.matches("[A-Za-z0-9\\-._~+/]+=*") ? 1 : 0);
  }

  @Test
  void a_token_is_imported_once() {
    tokens.importHashed(NewToken.named("panel"), HASH, true, LONG_AGO);
    assertThatThrownBy(() -> tokens.importHashed(NewToken.named("panel"), HASH, true, LONG_AGO))
        .isInstanceOf(DuplicateTokenNameException.class);
    assertThat(tokens.list()).hasSize(1);
  }

  @Test // also if the hash is the previous one, or has leaked
  void the_same_hash_is_imported_once() {
    Token panel = tokens.importHashed(NewToken.named("panel"), HASH, true, LONG_AGO);
    assertHashIsTaken();
    tokens.reportLeak(PLAINTEXT);
    assertHashIsTaken();
    tokens.rotate(panel.id(), Duration.ZERO);
    assertHashIsTaken();
    assertThat(tokens.list()).hasSize(1);
    tokens.delete(panel.id());
    assertThat(
            tokens.importHashed(NewToken.named("again"), HASH, true, LONG_AGO).id())
        .isEqualTo(2);
  }

  private void assertHashIsTaken() {
    assertThatThrownBy(() -> tokens.importHashed(NewToken.named("again"), HASH, true, LONG_AGO))
        .isInstanceOf(DuplicateTokenHashException.class)
        .hasMessage("a token with that hash already exists");
    assertThatThrownBy(() -> tokens.importHashed(NewToken.named("panel"), HASH, true, LONG_AGO))
        .isInstanceOf(DuplicateTokenNameException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "zz", "0x00"})
  void an_invalid_sha_256_is_rejected_and_not_quoted(String start) {
    String wrong = start + HASH.substring(start.isEmpty() ? 1 : 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.importHashed(NewToken.named("panel"), wrong, true, LONG_AGO))
        .withMessage("sha256: (expected: 64 hexadecimal digits)")
        .withNoCause();
    assertThat(tokens.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-02T03:04:05.679Z", "1969-12-31T23:59:59.999Z"})
  void an_impossible_time_of_creation_is_rejected(Instant createdAt) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.importHashed(NewToken.named("panel"), HASH, true, createdAt))
        .withMessageContaining("(expected: from 1970 to now)");
  }

  @ParameterizedTest
  @CsvSource({"19,48", "20,257", "30,29", "-1,20"})
  void lengths_that_could_be_guessed_or_are_too_long_are_rejected(int shortest, int longest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.acceptForeign(shortest, longest))
        .withMessageContaining("(expected: from 20 to 256, the shorter first)");
  }

  @Test // B6
  void a_text_looks_like_a_token_by_its_prefix_or_by_its_form() {
    TokenManager own = TokenManager.builder(store).prefix("acme").recordNoUses().build();
    TokenManager other = TokenManager.builder(store).recordNoUses().build();
    String plaintext = own.create(NewToken.named("a")).reveal();
    for (String text :
        new String[] {"acme_", "acme_x", "acme_\u0000 x", plaintext, plaintext + 'x'}) {
      assertThat(own.looksLikeToken(text)).as(text).isTrue();
    }
    for (String text : new String[] {"", "acme", "Acme_x", " acme_x", "cf_x", "a.b.c", PLAINTEXT}) {
      assertThat(own.looksLikeToken(text)).as(text).isFalse();
    }
    assertThat(other.looksLikeToken(plaintext)).as("a well-formed token").isTrue();
    assertThat(other.looksLikeToken(plaintext + 'x')).isFalse();
    assertThatThrownBy(() -> tokens.looksLikeToken("acme_x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the manager accepts foreign plaintexts (expected: a manager without acceptForeign)");
  }
}

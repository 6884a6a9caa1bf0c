package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.spy;

import io.counterfoil.testing.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are created or imported once per store, by managers whose settings become stricter. */
@Tag("locale")
class OnceTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String PLAINTEXT = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefghijkl";
  private static final String HASH =
      HexFormat.of().formatHex(Hashes.sha256(PLAINTEXT).bytes());
  private static final NewToken FIRST = NewToken.named("first");

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final List<TokenEvent> events = new ArrayList<>();
  private final TokenManager tokens = node().build();

  private TokenManager.Builder node() {
    return TokenManager.builder(store)
        .clock(clock)
        .recordNoUses()
        .acceptForeign(48, 64)
        .synchronousListener(events::add);
  }

  @Test // M4
  void a_key_creates_one_token_with_one_event() {
    CreatedToken created = tokens.createOnce("first", () -> FIRST).orElseThrow();
    assertThat(tokens.createOnce("first", () -> NewToken.named("other"))).isEmpty();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            TokenEvent.Created.class,
            event -> assertThat(event.token()).isEqualTo(created.token()));
    assertThat(tokens.authenticate(created.reveal())).isInstanceOf(Verdict.Accepted.class);
  }

  @Test // M8
  void a_hash_is_imported_once_as_an_enabled_token_that_is_created_now() {
    Token token = tokens.importOnce(FIRST, HASH).orElseThrow();
    assertThat(tokens.importOnce(FIRST, HASH.toUpperCase(Locale.ROOT))).isEmpty();
    assertThat(token.enabled()).isTrue();
    assertThat(token.createdAt()).isEqualTo(START);
    assertThat(tokens.list()).containsExactly(token);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            TokenEvent.Created.class, event -> assertThat(event.token()).isEqualTo(token));
  }

  @Test // M8
  void a_disabled_token_of_another_system_is_imported_once_as_it_was() {
    Instant before = START.minusSeconds(60);
    Token token = tokens.importOnce(FIRST, HASH, false, before).orElseThrow();
    assertThat(tokens.importOnce(FIRST, HASH, true, before)).isEmpty();
    assertThat(tokens.importOnce(FIRST, HASH)).isEmpty();
    assertThat(token.enabled()).isFalse();
    assertThat(token.createdAt()).isEqualTo(before);
    assertThat(events).hasSize(1);
    assertThat(tokens.delete(token.id())).isTrue();
    assertThat(tokens.importOnce(FIRST, HASH, false, before)).isEmpty();
    assertThat(tokens.list()).isEmpty();
  }

  @Test
  void a_token_that_is_not_created_yet_is_not_imported_and_not_recorded() {
    assertThatThrownBy(() -> tokens.importOnce(FIRST, HASH, true, START.plusMillis(1)))
        .hasMessage("createdAt: 2026-01-02T03:04:05.679Z (expected: from 1970 to now)");
    assertThat(tokens.importOnce(FIRST, HASH, true, START)).isPresent();
  }

  @Test // P10
  void the_event_names_the_actor() {
    TokenChanges changes = tokens.actingAs(Actor.user("ann"), Optional.empty());
    changes.createOnce("first", () -> FIRST);
    changes.importOnce(NewToken.named("imported"), HASH);
    assertThat(events).hasSize(2).allMatch(event -> event.actor().equals(Actor.user("ann")));
  }

  @Test // M8
  void what_was_done_once_does_not_fail_under_rules_that_have_become_stricter() {
    NewToken expiring = NewToken.named("expiring").expiresAt(START.plusSeconds(60));
    tokens.createOnce("first", () -> FIRST);
    tokens.createOnce("expiring", () -> expiring);
    tokens.importOnce(NewToken.named("imported"), HASH);
    clock.advance(Duration.ofMinutes(2));
    TokenManager strict = node()
        .peppers(Pepper.of("p", new byte[Pepper.MIN_LENGTH]))
        .plainHashesUntil(START)
        .maxLifetime(Duration.ofDays(1))
        .build();
    assertThat(strict.createOnce("first", () -> FIRST)).isEmpty();
    assertThat(strict.createOnce("expiring", () -> expiring)).isEmpty();
    assertThat(strict.importOnce(NewToken.named("imported"), HASH)).isEmpty();
    assertThat(tokens.list()).hasSize(3);
  }

  @Test
  void what_the_rules_forbid_is_not_done_and_may_be_done_later() {
    TokenManager strict = node().maxLifetime(Duration.ofDays(1)).build();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> strict.createOnce("first", () -> FIRST))
          .isInstanceOf(PolicyException.class);
      assertThatThrownBy(() -> strict.importOnce(FIRST, HASH)).isInstanceOf(PolicyException.class);
    }
    assertThat(events).isEmpty();
    assertThat(tokens.createOnce("first", () -> FIRST)).isPresent();
    assertThat(tokens.importOnce(NewToken.named("imported"), HASH)).isPresent();
  }

  @Test
  void the_properties_are_asked_for_only_if_the_key_was_not_used() {
    assertThatThrownBy(() -> tokens.createOnce("first", () -> {
          throw new IllegalStateException("no place for the plaintext");
        }))
        .hasMessage("no place for the plaintext");
    assertThat(tokens.list()).isEmpty();
    assertThat(tokens.createOnce("first", () -> FIRST)).isPresent();
    assertThat(tokens.createOnce("first", () -> fail("asked again"))).isEmpty();
  }

  @Test
  void a_taken_name_or_hash_is_refused_until_it_is_free() {
    Token token = tokens.importHashed(FIRST, HASH, true, START);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> tokens.createOnce("first", () -> FIRST))
          .isInstanceOf(DuplicateTokenNameException.class);
      assertThatThrownBy(() -> tokens.importOnce(NewToken.named("again"), HASH))
          .isInstanceOf(DuplicateTokenHashException.class);
    }
    tokens.delete(token.id());
    assertThat(tokens.createOnce("first", () -> FIRST)).isPresent();
    assertThat(tokens.importOnce(NewToken.named("again"), HASH)).isPresent();
  }

  @Test // G1: the other node has even rotated the token
  void an_import_that_another_node_makes_meanwhile_is_no_duplicate() {
    InstantSource importing = () -> {
      tokens.importOnce(FIRST, HASH).ifPresent(token -> tokens.rotate(token.id(), Duration.ZERO));
      return START;
    };
    Clock meanwhile = importing.withZone(ZoneOffset.UTC);
    TokenManager late =
        TokenManager.builder(store).clock(meanwhile).recordNoUses().build();
    assertThat(late.importOnce(FIRST, HASH)).isEmpty();
    assertThat(tokens.list()).hasSize(1);
  }

  @Test // A4
  void the_key_of_an_import_does_not_contain_the_hash() {
    tokens.importOnce(FIRST, HASH);
    assertThat(store.keys).singleElement().asString().matches("import:[0-9a-f]{64}");
    assertThat(store.keys.toString()).doesNotContain(HASH);
  }

  @Test
  void a_key_that_looks_like_that_of_an_import_is_another_one() {
    tokens.importOnce(FIRST, HASH);
    String digits = store.keys.iterator().next().replace("import:", "");
    assertThat(tokens.createOnce(digits, () -> NewToken.named("second"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "first-token", "2026.01_x"})
  void a_key_may_have_1_to_64_of_these_characters(String key) {
    assertThat(tokens.createOnce(key, () -> FIRST)).isPresent();
    assertThat(tokens.createOnce("x".repeat(64), () -> NewToken.named("second")))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "First", "a b", "a ", "a:b", "a/b", "\u00e9", "\u0131", "a\n", "a\u0000"})
  void any_other_key_is_rejected(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.createOnce(key, () -> FIRST))
        .withMessageMatching("key: \".*\" \\(expected: 1 to 64 of a-z, 0-9, '\\.', '_', '-'\\)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.createOnce("x".repeat(65), () -> FIRST));
    assertThat(tokens.list()).isEmpty();
  }

  @Test
  void an_invalid_sha_256_is_rejected_and_not_quoted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.importOnce(FIRST, HASH.substring(1)))
        .withMessage("sha256: (expected: 64 hexadecimal digits)")
        .withNoCause();
  }

  @Test // the node that comes second counts the token of the first one
  void a_node_that_loses_the_race_for_the_last_place_of_an_owner_does_not_fail() {
    TokenStore raced = spy(store);
    doReturn(false).doCallRealMethod().when(raced).isRecorded(any());
    TokenManager second =
        TokenManager.builder(raced).recordNoUses().maxTokensPerOwner(1).build();
    tokens.createOnce("first", () -> FIRST);
    assertThat(second.createOnce("first", () -> FIRST)).isEmpty();
    assertThatThrownBy(() -> second.createOnce("second", () -> NewToken.named("other")))
        .isInstanceOf(TokenLimitException.class);
  }
}

package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.TestClock;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenManagerTest {
  private static final Instant START = Instant.parse("2026-02-28T23:59:59.999Z");

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens =
      TokenManager.builder(store).clock(clock).prefix("acme").build();

  @Test
  void a_created_token_is_accepted() {
    CreatedToken created =
        tokens.create(NewToken.named("ci").owner("ann").scopes("read", "deploy"));
    assertThat(tokens.authenticate(created.reveal()))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.token()).isEqualTo(created.token()));
    assertThat(created.token())
        .isEqualTo(StoredToken.builder()
            .enabled(true)
            .id(1)
            .owner("ann")
            .name("ci")
            .hash(Hashes.sha256(created.reveal()))
            .scopes(Set.of("read", "deploy"))
            .createdAt(START)
            .trackedSince(START)
            .build()
            .token());
    assertThat(created.reveal()).startsWith("acme_").hasSize(54);
  }

  @Test
  void an_instant_is_truncated_to_milliseconds() {
    clock.set(START.plusNanos(1_999));
    CreatedToken created = tokens.create(NewToken.named("ci"));
    assertThat(created.token().createdAt()).isEqualTo(START);
    assertThat(tokens.find(1)).contains(created.token());
  }

  @Test
  void a_name_is_taken_once_for_each_owner() {
    tokens.create(NewToken.named("ci"));
    assertThatThrownBy(() -> tokens.create(NewToken.named("ci")))
        .isInstanceOf(DuplicateTokenNameException.class)
        .hasMessage("a token with that name already exists");
    tokens.create(NewToken.named("ci").owner("ann"));
    assertThat(tokens.list()).hasSize(2);
  }

  @ParameterizedTest // B7, K1
  @ValueSource(
      strings = {
        "",
        " ",
        "acme",
        "acme_",
        "_",
        "Bearer x",
        "acme_0123456789012345678901234567890123456789012345678",
        "\u0000",
        "\ud83d\ude80"
      })
  void a_malformed_text_never_reaches_the_store(String presented) {
    assertThat(tokens.authenticate(presented)).isEqualTo(Rejected.MALFORMED);
    assertThat(store.lookups).hasValue(0);
  }

  @Test // A3
  void a_wrong_checksum_never_reaches_the_store() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    char last = plaintext.charAt(plaintext.length() - 1);
    String typo = plaintext.substring(0, plaintext.length() - 1) + (last == 'x' ? 'y' : 'x');
    assertThat(tokens.authenticate(typo)).isEqualTo(Rejected.MALFORMED);
    assertThat(store.lookups).hasValue(0);
  }

  @Test // A7, C2: unknown, disabled and expired cost the same
  void every_well_formed_token_costs_one_lookup() {
    String known = tokens.create(NewToken.named("known")).reveal();
    String disabled = tokens.create(NewToken.named("disabled")).reveal();
    String expired =
        tokens.create(NewToken.named("expired").expiresAt(START.plusMillis(1))).reveal();
    String unknown =
        TokenManager.builder(new MapStore()).build().create(NewToken.named("x")).reveal();
    tokens.disable(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.authenticate(known)).isInstanceOf(Accepted.class);
    assertThat(tokens.authenticate(unknown)).isEqualTo(Rejected.UNKNOWN);
    assertThat(tokens.authenticate(disabled))
        .isEqualTo(new Rejected(Reason.DISABLED, OptionalLong.of(2)));
    assertThat(tokens.authenticate(expired))
        .isEqualTo(new Rejected(Reason.EXPIRED, OptionalLong.of(3)));
    assertThat(store.lookups).hasValue(4);
  }

  @Test
  void a_disabled_token_is_rejected_until_it_is_enabled() {
    CreatedToken created = tokens.create(NewToken.named("ci"));
    assertThat(tokens.disable(1)).isTrue();
    assertThat(tokens.authenticate(created.reveal()))
        .isEqualTo(new Rejected(Reason.DISABLED, OptionalLong.of(1)));
    assertThat(tokens.find(1))
        .hasValueSatisfying(token -> assertThat(token.enabled()).isFalse());
    assertThat(tokens.enable(1)).isTrue();
    assertThat(tokens.authenticate(created.reveal())).isInstanceOf(Accepted.class);
  }

  @Test // M5
  void a_deleted_token_is_unknown_and_its_name_is_free() {
    CreatedToken first = tokens.create(NewToken.named("ci"));
    assertThat(tokens.delete(1)).isTrue();
    assertThat(tokens.authenticate(first.reveal())).isEqualTo(Rejected.UNKNOWN);
    CreatedToken second = tokens.create(NewToken.named("ci"));
    assertThat(second.token().id()).isNotEqualTo(first.token().id());
    assertThat(second.reveal()).isNotEqualTo(first.reveal());
    assertThat(tokens.authenticate(first.reveal())).isEqualTo(Rejected.UNKNOWN);
  }

  @Test // E8
  void changing_a_missing_token_returns_false() {
    assertThat(tokens.enable(7)).isFalse();
    assertThat(tokens.disable(7)).isFalse();
    assertThat(tokens.delete(7)).isFalse();
    assertThat(tokens.find(7)).isEmpty();
  }

  @Test // J1
  void a_token_is_expired_from_the_very_instant_of_its_expiry() {
    Instant expiry = Instant.parse("2028-02-29T00:00:00Z");
    String plaintext = tokens.create(NewToken.named("ci").expiresAt(expiry)).reveal();
    clock.set(expiry.minusMillis(1));
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    clock.set(expiry);
    assertThat(tokens.authenticate(plaintext))
        .isEqualTo(new Rejected(Reason.EXPIRED, OptionalLong.of(1)));
    clock.set(Instant.MAX);
    assertThat(tokens.authenticate(plaintext))
        .isEqualTo(new Rejected(Reason.EXPIRED, OptionalLong.of(1)));
  }

  @Test // J4
  void an_expiry_that_is_not_in_the_future_is_refused() {
    for (Instant past : new Instant[] {START, START.minusSeconds(1), Instant.EPOCH, Instant.MIN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokens.create(NewToken.named("ci").expiresAt(past)))
          .withMessageContaining("(expected: in the future)");
    }
    assertThat(tokens.list()).isEmpty();
  }

  @Test // J4: the expiry must be in the future after truncation to milliseconds
  void an_expiry_that_is_over_after_truncation_to_milliseconds_is_rejected() {
    clock.set(START.plusNanos(400_000));
    for (long nanos : new long[] {200_000, 400_000, 700_000}) {
      NewToken newToken = NewToken.named("ci").expiresAt(START.plusNanos(nanos));
      assertThatIllegalArgumentException().isThrownBy(() -> tokens.create(newToken));
    }
    assertThat(tokens.list()).isEmpty();
    tokens.create(NewToken.named("ci").expiresAt(START.plusMillis(1)));
  }

  @Test
  void a_manager_with_another_prefix_accepts_earlier_tokens() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    assertThat(TokenManager.builder(store).prefix("acme_2").build().authenticate(plaintext))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void the_list_has_every_token_in_order_of_id_however_many_pages_it_takes() {
    for (int i = 1; i <= 1001; i++) {
      tokens.create(NewToken.named("t" + i).owner(i % 2 == 0 ? "even" : ""));
    }
    assertThat(tokens.list()).hasSize(1001).extracting(Token::id).isSorted();
    assertThat(tokens.list(TokenQuery.all().owner("even")))
        .hasSize(500)
        .allMatch(token -> token.owner().equals("even"));
    assertThat(tokens.list(TokenQuery.all().owner("nobody"))).isEmpty();
  }

  @Test
  void a_page_has_the_first_tokens_after_an_id() {
    for (int i = 1; i <= 4; i++) {
      tokens.create(NewToken.named("t" + i).owner(i % 2 == 0 ? "even" : ""));
    }
    assertThat(tokens.list(TokenQuery.all(), 1, 2)).extracting(Token::id).containsExactly(2L, 3L);
    assertThat(tokens.list(TokenQuery.all().owner("even"), 2, 2))
        .extracting(Token::id)
        .containsExactly(4L);
    for (int limit : new int[] {0, -1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokens.list(TokenQuery.all(), 0, limit))
          .withMessage("limit: " + limit + " (expected: at least 1)");
    }
  }

  @Test // A9: a row that a newer version wrote is rejected without an exception
  void a_row_with_an_unknown_tag_never_matches() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    TokenStore loose = mock();
    StoredToken row = store.findById(1).orElseThrow();
    TokenHash retagged = TokenHash.of("x9", row.hash().bytes());
    when(loose.findByHash(any())).thenReturn(Optional.of(row.withHashes(retagged, row.previous())));
    assertThat(TokenManager.builder(loose).build().authenticate(plaintext))
        .isEqualTo(Rejected.UNKNOWN);
  }

  @Test // A6: a store whose column compares loosely cannot make a token valid
  void a_row_of_another_hash_never_matches() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.create(NewToken.named("other"));
    TokenStore loose = mock();
    when(loose.findByHash(any())).thenReturn(store.findById(2));
    assertThat(TokenManager.builder(loose).build().authenticate(plaintext))
        .isEqualTo(Rejected.UNKNOWN);
  }

  @Test // I1
  void a_failing_store_is_an_exception_and_never_a_verdict() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    TokenStore failing = mock();
    when(failing.findByHash(any()))
        .thenThrow(new TokenStoreException("down", new IllegalStateException()));
    when(failing.insert(any()))
        .thenThrow(new TokenStoreException("down", new IllegalStateException()));
    when(failing.disable(anyLong()))
        .thenThrow(new TokenStoreException("down", new IllegalStateException()));
    TokenManager manager = TokenManager.builder(failing).build();
    assertThatThrownBy(() -> manager.authenticate(plaintext))
        .isInstanceOf(TokenStoreException.class);
    assertThatThrownBy(() -> manager.create(NewToken.named("x")))
        .isInstanceOf(TokenStoreException.class);
    assertThatThrownBy(() -> manager.disable(1)).isInstanceOf(TokenStoreException.class);
  }

  @Test // I4
  void a_failing_generator_makes_no_token() {
    SecureRandom broken = mock();
    TokenManager manager = TokenManager.builder(store).random(broken).build();
    org.mockito.Mockito.doThrow(new ProviderException("no entropy"))
        .when(broken)
        .nextBytes(any());
    assertThatThrownBy(() -> manager.create(NewToken.named("x")))
        .isInstanceOf(ProviderException.class);
    assertThat(store.list(TokenQuery.all(), 0, 10)).isEmpty();
  }

  @Test // no token has such an owner
  void an_owner_that_begins_with_token_finds_nothing() {
    tokens.create(NewToken.named("ci"));
    assertThat(tokens.find("token:1", "ci")).isEmpty();
    assertThat(tokens.list(TokenQuery.all().owner("token:1"))).isEmpty();
    assertThat(tokens.disableOwnedBy("token:1")).isZero();
    assertThat(tokens.deleteOwnedBy("token:1")).isZero();
  }

  @Test // P2
  void a_token_without_scopes_permits_nothing_and_an_unrestricted_one_everything() {
    Token none = tokens.create(NewToken.named("none")).token();
    Token reader = tokens.create(NewToken.named("reader").scopes("read")).token();
    Token all = tokens.create(NewToken.named("all").unrestricted()).token();
    assertThat(none.permits("read")).isFalse();
    assertThat(none.permits(Token.UNRESTRICTED)).isFalse();
    assertThat(reader.permits("read")).isTrue();
    assertThat(reader.permits("write")).isFalse();
    assertThat(reader.permits(Token.UNRESTRICTED)).isFalse();
    assertThat(all.permits("read")).isTrue();
    assertThat(all.permits(Token.UNRESTRICTED)).isTrue();
  }

  @Test // a host may pass a header that is missing
  void no_text_is_rejected_as_malformed() {
    assertThat(tokens.authenticate(null)).isEqualTo(Verdict.Rejected.MALFORMED);
  }

  @Test // P1
  void the_user_of_a_token_is_its_owner_and_never_its_name() {
    assertThat(tokens.create(NewToken.named("ann").owner("bob")).token().userName())
        .isEqualTo("bob");
    assertThat(tokens.create(NewToken.named("ann")).token().userName()).isEqualTo("token:2");
  }

  @Test // P12
  void a_stored_token_whose_name_is_no_longer_allowed_is_managed_like_any_other() {
    MapStore rows = new MapStore();
    TokenManager manager = TokenManager.builder(rows).recordNoUses().build();
    TokenHash hash = Hashes.sha256("any");
    String name = "ci\u200b\u3164";
    long id = rows.insert(StoredToken.builder()
        .name(name)
        .hash(hash)
        .enabled(true)
        .createdAt(Instant.EPOCH)
        .build());
    assertThat(manager.list()).extracting(Token::name).containsExactly(name);
    assertThat(manager.find("", name)).isPresent();
    CreatedToken rotated = manager.rotate("", name, Duration.ZERO).orElseThrow();
    assertThat(manager.authenticate(rotated.reveal())).isInstanceOf(Verdict.Accepted.class);
    assertThat(manager.disable(id)).isTrue();
    assertThat(manager.enable(id)).isTrue();
    assertThat(manager.delete(id)).isTrue();
    assertThat(manager.list()).isEmpty();
  }
}

package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.spy;

import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UpdateTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final TokenUpdate RENAMED = TokenUpdate.none().name("new");

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final List<TokenEvent> events = new ArrayList<>();
  private final TokenManager tokens = TokenManager.builder(store)
      .clock(clock)
      .maxLifetime(Duration.ofDays(30))
      .synchronousListener(events::add)
      .build();
  private final CreatedToken created = tokens.create(NewToken.named("ci")
      .owner("ann")
      .description("old")
      .scopes("read")
      .allowedAddresses("192.0.2.0/24")
      .expiresIn(Duration.ofDays(1)));

  @Test
  void an_update_changes_only_the_properties_that_it_names() {
    StoredToken before = store.findById(1).orElseThrow();
    clock.advance(Duration.ofHours(1));
    Token after = tokens.update(1, RENAMED).orElseThrow();
    assertThat(after.name()).isEqualTo("new");
    assertThat(store.findById(1))
        .contains(before.toBuilder()
            .name("new")
            .revision(1)
            .renewedAt(clock.instant())
            .build());
    assertThat(tokens.find("ann", "ci")).isEmpty();
    assertThat(tokens.find("ann", "new")).contains(after);
  }

  @Test
  void every_property_can_be_changed() {
    Token after = tokens
        .update(
            1,
            RENAMED.description("text").scopes("b", "a").allowedAddresses("::1").neverExpires())
        .orElseThrow();
    assertThat(after.description()).isEqualTo("text");
    assertThat(after.scopes()).containsExactly("a", "b");
    assertThat(after.allowedAddresses()).containsExactly("0:0:0:0:0:0:0:1/128");
    assertThat(after.expiresAt()).isEmpty();
    Token bare = tokens
        .update(1, TokenUpdate.none().description("").noScopes().everyAddress())
        .orElseThrow();
    assertThat(bare.description()).isEmpty();
    assertThat(bare.scopes()).isEmpty();
    assertThat(bare.allowedAddresses()).isEmpty();
    assertThat(tokens.update(1, TokenUpdate.none().unrestricted()).orElseThrow().permits("any"))
        .isTrue();
  }

  @Test
  void an_expired_token_is_valid_again_after_a_new_expiry() {
    clock.advance(Duration.ofDays(2));
    assertThat(tokens.authenticate(created.reveal(), address()))
        .isInstanceOf(Verdict.Rejected.class);
    tokens.update(1, TokenUpdate.none().expiresIn(Duration.ofDays(3)));
    assertThat(tokens.authenticate(created.reveal(), address()))
        .isInstanceOf(Verdict.Accepted.class);
    assertThat(tokens.find(1).orElseThrow().expiresAt())
        .contains(clock.instant().plus(Duration.ofDays(3)));
  }

  private static java.net.InetAddress address() {
    return AddressRange.address("192.0.2.1").orElseThrow();
  }

  @Test
  void an_update_that_is_not_allowed_changes_nothing() {
    tokens.create(NewToken.named("taken").owner("ann").neverExpires());
    tokens.create(NewToken.named("free").neverExpires());
    StoredToken before = store.findById(1).orElseThrow();
    assertThatThrownBy(() -> tokens.update(1, TokenUpdate.none().name("taken").description("x")))
        .isInstanceOf(DuplicateTokenNameException.class);
    List<ThrowingCallable> refused = List.of(
        () -> tokens.update(1, TokenUpdate.none().expiresAt(START)),
        () -> tokens.update(1, TokenUpdate.none().expiresIn(Duration.ofDays(31))),
        () -> tokens.update(1, TokenUpdate.none().expiresAt(START.plus(Duration.ofDays(31)))));
    refused.forEach(call -> assertThatThrownBy(call).isInstanceOf(PolicyException.class));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.update(1, TokenUpdate.none()))
        .withMessage("update: empty (expected: at least one property)");
    assertThat(store.findById(1)).contains(before);
    assertThat(tokens.update(1, TokenUpdate.none().name("free"))).isPresent(); // of another owner
  }

  @Test
  void an_invalid_value_is_refused_with_what_was_expected() {
    List<ThrowingCallable> refused = List.of(
        () -> TokenUpdate.none().name(" ci").isEmpty(),
        () -> TokenUpdate.none().description("x".repeat(201)).isEmpty(),
        () -> TokenUpdate.none().description("a\nb").isEmpty(),
        () -> TokenUpdate.none().scopes(List.of()).isEmpty(),
        () -> TokenUpdate.none().scopes("a b").isEmpty(),
        () -> TokenUpdate.none().allowedAddresses(List.of()).isEmpty(),
        () -> TokenUpdate.none().allowedAddresses("localhost").isEmpty(),
        () -> TokenUpdate.none().expiresIn(Duration.ZERO).isEmpty(),
        () -> TokenUpdate.none().expiresAt(Instant.MAX).isEmpty());
    refused.forEach(call ->
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("(expected: "));
    assertThat(TokenUpdate.none().isEmpty()).isTrue();
    assertThat(TokenUpdate.none().description("").isEmpty()).isFalse();
  }

  @Test
  void a_description_has_at_most_200_code_points() {
    String longest = "\ud83d\udd11".repeat(200);
    assertThat(tokens
            .update(1, TokenUpdate.none().description(longest))
            .orElseThrow()
            .description())
        .isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("x").description(longest + "x"))
        .withMessageStartingWith("description: too long (expected: at most 200 code points");
  }

  @Test
  void concurrent_updates_of_different_properties_are_all_made() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<TokenUpdate> updates = List.of(
        RENAMED,
        TokenUpdate.none().description("new"),
        TokenUpdate.none().scopes("new"),
        TokenUpdate.none().everyAddress(),
        TokenUpdate.none().neverExpires());
    List<Future<?>> calls = new ArrayList<>();
    for (TokenUpdate update : updates) {
      calls.add(pool.submit(() -> tokens.update(1, update)));
    }
    calls.add(pool.submit(() -> tokens.disable(1)));
    for (Future<?> call : calls) {
      call.get();
    }
    pool.shutdown();
    Token after = tokens.find("ann", "new").orElseThrow();
    assertThat(after.description()).isEqualTo("new");
    assertThat(after.scopes()).containsExactly("new");
    assertThat(after.allowedAddresses()).isEmpty();
    assertThat(after.expiresAt()).isEmpty();
    assertThat(after.enabled()).isFalse();
    assertThat(store.findById(1).orElseThrow().revision()).isEqualTo(6);
  }

  @Test // otherwise rights that were compared before no longer hold
  void a_token_that_has_changed_since_it_was_judged_is_not_changed() {
    Token judged = tokens.find(1).orElseThrow();
    tokens.update(1, TokenUpdate.none().unrestricted());
    StoredToken before = store.findById(1).orElseThrow();
    List<ThrowingCallable> stale = List.of(
        () -> tokens.update(judged, RENAMED),
        () -> tokens.enable(judged),
        () -> tokens.rotate(judged, Duration.ZERO));
    stale.forEach(call -> assertThatThrownBy(call).isInstanceOf(ConcurrentUpdateException.class));
    assertThat(store.findById(1)).contains(before);
    Token present = tokens.find(1).orElseThrow();
    assertThat(tokens.rotate(present, Duration.ZERO)).isPresent();
    assertThatThrownBy(() -> tokens.enable(present)).isInstanceOf(ConcurrentUpdateException.class);
    assertThat(tokens.enable(tokens.find(1).orElseThrow())).isTrue();
    assertThat(tokens.update(tokens.find(1).orElseThrow(), RENAMED)).isPresent();
  }

  @Test // repeating it would replace the plaintext that the other caller has just received
  void a_rotation_of_a_token_that_was_rotated_since_it_was_read_is_told_apart() {
    Token before = tokens.preview(tokens.find(1).orElseThrow(), RENAMED);
    tokens.rotate(1, Duration.ofHours(1));
    assertThatThrownBy(() -> tokens.rotate(before, Duration.ZERO))
        .isInstanceOf(ConcurrentRotationException.class);
    Token rotated = tokens.preview(tokens.find(1).orElseThrow(), RENAMED);
    tokens.update(1, RENAMED);
    assertThatThrownBy(() -> tokens.rotate(rotated, Duration.ZERO))
        .isInstanceOf(ConcurrentUpdateException.class);
    assertThat(tokens.rotate(tokens.find(1).orElseThrow(), Duration.ZERO)).isPresent();
  }

  @Test // a cache may have the row from before
  void a_new_hash_does_not_undo_a_change_that_was_made_directly_in_the_database() {
    StoredToken cached = store.findById(1).orElseThrow();
    TokenStore cache = spy(store);
    doReturn(java.util.Optional.of(cached)).when(cache).findByHash(any());
    store.replace(1, row -> row.toBuilder().enabled(false).build());
    TokenManager peppered = TokenManager.builder(cache)
        .clock(clock)
        .peppers(Pepper.of("p", new byte[Pepper.MIN_LENGTH]))
        .build();
    peppered.authenticate(created.reveal(), address());
    assertThat(store.findById(1).orElseThrow().enabled()).isFalse();
    tokens.update(1, RENAMED);
    TokenHash before = store.findById(1).orElseThrow().hash();
    peppered.authenticate(created.reveal(), address());
    assertThat(store.findById(1).orElseThrow().hash()).isEqualTo(before);
  }

  @Test
  void a_change_between_the_judgement_and_the_write_is_noticed() {
    Token judged = tokens.find(1).orElseThrow();
    TokenStore raced = spy(store);
    doReturn(false).when(raced).update(any());
    TokenManager other = TokenManager.builder(raced).clock(clock).build();
    assertThatThrownBy(() -> other.update(judged, RENAMED))
        .isInstanceOf(ConcurrentUpdateException.class);
    assertThatThrownBy(() -> other.enable(judged)).isInstanceOf(ConcurrentUpdateException.class);
    assertThatThrownBy(() -> other.update(1, RENAMED))
        .isInstanceOf(TokenStoreException.class)
        .hasMessage("a token was not changed, because it changed again and again");
  }

  @Test
  void uses_do_not_count_as_changes_of_a_judged_token() {
    Token judged = tokens.find(1).orElseThrow();
    tokens.authenticate(created.reveal(), address());
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).isPresent();
    assertThat(tokens.update(judged, RENAMED)).isPresent();
  }

  @Test
  void a_missing_token_is_not_updated() {
    Token judged = tokens.find(1).orElseThrow();
    tokens.delete(1);
    events.clear();
    assertThat(tokens.update(1, RENAMED)).isEmpty();
    assertThat(tokens.update(judged, RENAMED)).isEmpty();
    assertThat(tokens.enable(judged)).isFalse();
    assertThat(tokens.rotate(judged, Duration.ZERO)).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void one_event_names_the_fields_that_changed() {
    events.clear();
    tokens
        .actingAs(Actor.user("root"), java.util.Optional.of(address()))
        .update(1, RENAMED.scopes("read").description("text"));
    assertThat(events)
        .singleElement()
        .hasToString("event=updated id=1 owner=\"ann\" name=\"new\" fields=description,name"
            + " actor=\"user:root\" address=192.0.2.1");
    events.clear();
    tokens.update(
        1, TokenUpdate.none().unrestricted().everyAddress().expiresIn(Duration.ofHours(2)));
    assertThat(((TokenEvent.Updated) events.get(0)).fields())
        .containsExactly("allowedAddresses", "expiresAt", "scopes");
  }

  @Test
  void a_preview_shows_the_token_after_an_update_and_changes_nothing() {
    Token token = tokens.find(1).orElseThrow();
    TokenUpdate update = RENAMED.scopes("a").everyAddress().expiresIn(Duration.ofDays(90));
    Token preview = tokens.preview(token, update);
    assertThat(preview.name()).isEqualTo("new");
    assertThat(preview.scopes()).containsExactly("a");
    assertThat(preview.allowedAddresses()).isEmpty();
    assertThat(preview.expiresAt()).contains(START.plus(Duration.ofDays(90)));
    assertThat(tokens.find(1)).contains(token);
    assertThat(tokens.preview(token, TokenUpdate.none())).isEqualTo(token);
  }

  @Test
  void an_unreadable_token_is_not_updated() {
    TokenStore damaged = spy(store);
    org.mockito.Mockito.doThrow(new UnreadableTokenException(1, new IllegalStateException()))
        .when(damaged)
        .findById(1);
    TokenManager other = TokenManager.builder(damaged).build();
    assertThatThrownBy(() -> other.update(1, RENAMED)).isInstanceOf(UnreadableTokenException.class);
    assertThatThrownBy(() -> other.enable(1)).isInstanceOf(UnreadableTokenException.class);
    assertThat(other.disable(1)).isTrue();
  }

  @Test
  void expired_tokens_that_were_renewed_meanwhile_are_not_deleted() {
    IntStream.range(0, 3)
        .forEach(i -> tokens.create(NewToken.named("t" + i).expiresIn(Duration.ofMinutes(1))));
    clock.advance(Duration.ofMinutes(2));
    List<Token> expired =
        tokens.list(TokenQuery.all().expiresBy(clock.instant())).toList();
    tokens.update(3, TokenUpdate.none().expiresIn(Duration.ofDays(1)));
    events.clear();
    assertThat(tokens.deleteExpired(expired)).isEqualTo(2);
    assertThat(tokens.list()).extracting(Token::id).containsExactly(1L, 3L);
    assertThat(events)
        .extracting(TokenEvent::toString)
        .containsExactly(
            "event=deleted id=2 owner=\"\" name=\"t0\" actor=system",
            "event=deleted id=4 owner=\"\" name=\"t2\" actor=system");
    assertThat(tokens.deleteExpired(expired)).isZero();
    assertThat(events).hasSize(2);
  }
}

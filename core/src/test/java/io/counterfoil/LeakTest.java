package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeakTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens =
      TokenManager.builder(store).clock(clock).recordNoUses().build();
  private final String plaintext = tokens.create(NewToken.named("ci")).reveal();

  private static Rejected leaked() {
    return new Rejected(Reason.LEAKED, OptionalLong.of(1));
  }

  @Test
  void a_leaked_plaintext_disables_its_token() {
    tokens.create(NewToken.named("other"));
    assertThat(tokens.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.authenticate(plaintext)).isEqualTo(leaked());
    assertThat(tokens.find(1).orElseThrow().enabled()).isFalse();
    assertThat(tokens.find(2).orElseThrow().enabled()).isTrue();
  }

  @Test
  void enabling_the_token_does_not_revive_a_leaked_plaintext() {
    tokens.reportLeak(plaintext);
    assertThat(tokens.enable(1)).isTrue();
    assertThat(tokens.authenticate(plaintext)).isEqualTo(leaked());
  }

  @Test
  void a_token_is_listed_as_leaked_until_it_is_rotated() {
    tokens.create(NewToken.named("other"));
    assertThat(tokens.list()).extracting(Token::leaked).containsExactly(false, false);
    tokens.reportLeak(plaintext);
    assertThat(tokens.list()).extracting(Token::leaked).containsExactly(true, false);
    tokens.enable(1);
    assertThat(tokens.list()).extracting(Token::leaked).containsExactly(true, false);
    assertThat(tokens.rotate(1, OVERLAP).orElseThrow().token().leaked()).isFalse();
    assertThat(tokens.list()).extracting(Token::leaked).containsExactly(false, false);
  }

  @Test
  void a_leaked_plaintext_has_no_overlap() {
    tokens.reportLeak(plaintext);
    String next = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    tokens.enable(1);
    assertThat(tokens.authenticate(plaintext)).isEqualTo(leaked());
    assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
    assertThat(tokens.identify(plaintext)).isEqualTo(tokens.find(1));
  }

  @Test
  void a_leaked_plaintext_in_its_overlap_ends_and_the_token_keeps_the_new_one() {
    String next = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    assertThat(tokens.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.authenticate(plaintext)).isEqualTo(leaked());
    assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
    assertThat(tokens.find(1).orElseThrow().leaked()).isFalse();
  }

  @Test
  void
      a_leaked_plaintext_whose_overlap_is_over_is_identified_and_ended_for_nodes_whose_clock_is_behind() {
    String next = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    clock.set(START.plus(OVERLAP));
    assertThat(tokens.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
    clock.set(START);
    assertThat(tokens.authenticate(plaintext)).isEqualTo(leaked());
  }

  @Test
  void a_leaked_plaintext_is_forgotten_after_two_rotations() {
    tokens.reportLeak(plaintext);
    tokens.rotate(1, OVERLAP);
    tokens.rotate(1, OVERLAP);
    assertThat(tokens.authenticate(plaintext)).isEqualTo(Rejected.UNKNOWN);
    assertThat(tokens.reportLeak(plaintext)).isEmpty();
  }

  @Test // another caller may have rotated and enabled the token in between
  void a_second_report_does_not_disable_the_token_again() {
    TokenStore counting = spy(store);
    TokenManager again = manager(counting).build();
    tokens.reportLeak(plaintext);
    assertThat(again.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    verify(counting, never()).disable(anyLong());
    verify(counting, never()).update(any());
  }

  @Test
  void a_report_that_fails_can_be_repeated() {
    TokenStore failing = spy(store);
    doThrow(new TokenStoreException("down")).when(failing).update(any());
    TokenManager unlucky = manager(failing).build();
    assertThatThrownBy(() -> unlucky.reportLeak(plaintext)).isInstanceOf(TokenStoreException.class);
    assertThat(tokens.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.find(1).orElseThrow().enabled()).isFalse();
  }

  @Test // G1
  void a_rehash_between_the_two_steps_of_a_report_does_not_save_the_plaintext() {
    Pepper pepper = Pepper.of("p", new byte[Pepper.MIN_LENGTH]);
    TokenManager peppered = manager(store).peppers(pepper).build();
    TokenManager raced = manager(changedFirst(() -> peppered.authenticate(plaintext)))
        .peppers(pepper)
        .build();
    assertThat(raced.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    tokens.enable(1);
    assertThat(peppered.authenticate(plaintext)).isEqualTo(leaked());
    assertThat(store.findById(1).orElseThrow().hash())
        .isEqualTo(Hashes.of(pepper, plaintext).leaked());
  }

  @Test // G1
  void a_rotation_between_the_two_steps_of_a_report_leaves_the_new_plaintext() {
    List<String> next = new ArrayList<>();
    TokenManager raced = manager(
            changedFirst(() -> next.add(tokens.rotate(1, OVERLAP).orElseThrow().reveal())))
        .build();
    assertThat(raced.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.authenticate(plaintext)).isEqualTo(leaked());
    assertThat(tokens.authenticate(next.get(0))).isInstanceOf(Accepted.class);
  }

  @Test // G1
  void a_report_between_the_two_steps_of_a_rotation_kills_the_old_plaintext_only() {
    TokenManager raced =
        manager(changedFirst(() -> tokens.reportLeak(plaintext))).build();
    String next = raced.rotate(1, OVERLAP).orElseThrow().reveal();
    tokens.enable(1);
    assertThat(tokens.authenticate(plaintext)).isEqualTo(leaked());
    assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_report_that_always_meets_another_change_fails() {
    TokenStore busy = spy(store);
    doReturn(false).when(busy).update(any());
    TokenManager raced = manager(busy).build();
    assertThatThrownBy(() -> raced.reportLeak(plaintext))
        .isInstanceOf(TokenStoreException.class)
        .hasMessage("the token of a leaked plaintext changed again and again");
  }

  private TokenManager.Builder manager(TokenStore other) {
    return TokenManager.builder(other).clock(clock).recordNoUses();
  }

  /** Returns a store in which another caller makes a change just before a row is updated for the first time. */
  private TokenStore changedFirst(Runnable change) {
    TokenStore raced = spy(store);
    doAnswer(call -> {
          change.run();
          return call.callRealMethod();
        })
        .doCallRealMethod()
        .when(raced)
        .update(any());
    return raced;
  }

  @Test
  void a_leaked_plaintext_is_not_counted_for_its_pepper() {
    assertThat(tokens.reports().countByPepper()).isEqualTo(Map.of("", 1L));
    tokens.reportLeak(plaintext);
    assertThat(tokens.reports().countByPepper()).isEmpty();
    Pepper pepper = Pepper.of("p", new byte[Pepper.MIN_LENGTH]);
    manager(store).peppers(pepper).build().rotate(1, OVERLAP);
    assertThat(tokens.reports().countByPepper()).isEqualTo(Map.of("p", 1L));
  }

  @Test
  void the_first_use_of_a_new_plaintext_does_not_touch_a_leaked_one() {
    TokenStore counting = spy(store);
    TokenManager strict = manager(counting).endOverlapAtFirstUse().build();
    tokens.reportLeak(plaintext);
    String next = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    tokens.enable(1);
    assertThat(strict.authenticate(next)).isInstanceOf(Accepted.class);
    verify(counting, never()).update(any());
  }

  @Test
  void a_second_report_does_not_affect_a_plaintext_created_meanwhile() {
    tokens.reportLeak(plaintext);
    String next = tokens.rotate(1, Duration.ZERO).orElseThrow().reveal();
    tokens.enable(1);
    assertThat(tokens.reportLeak(plaintext)).isPresent();
    assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
  }

  @Test
  void an_unknown_plaintext_changes_nothing() {
    String gone = tokens.create(NewToken.named("gone")).reveal();
    tokens.delete(2);
    assertThat(tokens.reportLeak(gone)).isEmpty();
    assertThat(tokens.reportLeak("nonsense")).isEmpty();
    assertThat(tokens.reportLeak("")).isEmpty();
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_leaked_plaintext_of_two_tokens_ends_in_both() {
    Pepper pepper = Pepper.of("p", new byte[Pepper.MIN_LENGTH]);
    TokenManager peppered = TokenManager.builder(store)
        .clock(clock)
        .recordNoUses()
        .peppers(pepper)
        .plainHashesUntil(START.plusSeconds(1))
        .build();
    String sha256 = HexFormat.of().formatHex(Hashes.sha256(plaintext).bytes());
    peppered.authenticate(plaintext); // replaces the hash by one with the pepper
    peppered.importHashed(NewToken.named("again"), sha256, true, START);
    clock.set(START.plusSeconds(1));
    assertThat(peppered.authenticate(plaintext)).isInstanceOf(Accepted.class);
    assertThat(peppered.reportLeak(plaintext)).isPresent();
    assertThat(peppered.authenticate(plaintext)).isNotInstanceOf(Accepted.class);
  }

  @Test
  void a_plaintext_of_an_expired_token_is_identified() {
    String brief =
        tokens.create(NewToken.named("brief").expiresAt(START.plusSeconds(1))).reveal();
    clock.set(START.plusSeconds(2));
    assertThat(tokens.reportLeak(brief)).isEqualTo(tokens.find(2));
  }
}

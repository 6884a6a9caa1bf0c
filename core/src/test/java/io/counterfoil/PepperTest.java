package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("locale")
class PepperTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final Pepper old = pepper("2025", 1);
  private final Pepper present = pepper("2026", 2);
  private final TokenManager none = manager().build();
  private final TokenManager first = manager().peppers(old).build();
  private final TokenManager second = manager().peppers(present, old).build();

  private TokenManager.Builder manager() {
    return TokenManager.builder(store).clock(clock).recordNoUses();
  }

  private static Pepper pepper(String name, int fill) {
    byte[] secret = new byte[Pepper.MIN_LENGTH];
    Arrays.fill(secret, (byte) fill);
    return Pepper.of(name, secret);
  }

  @Test // RFC 4231 section 4.7
  void a_hash_is_hmac_sha_256() {
    byte[] key = new byte[131];
    Arrays.fill(key, (byte) 0xaa);
    TokenHash hash =
        Hashes.of(Pepper.of("rfc", key), "Test Using Larger Than Block-Size Key - Hash Key First");
    assertThat(HexFormat.of().formatHex(hash.bytes()))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    assertThat(hash.tag()).isEqualTo("hmac:rfc");
  }

  @Test
  void an_attacker_with_only_the_store_cannot_insert_a_usable_hash_after_plain_hashes_end() {
    String theirs =
        TokenManager.builder(new MapStore()).build().create(NewToken.named("x")).reveal();
    none.importHashed(
        NewToken.named("x"), HexFormat.of().formatHex(Hashes.sha256(theirs).bytes()), true, START);
    TokenManager strict =
        manager().peppers(present).plainHashesUntil(START.plusMillis(1)).build();
    clock.advance(Duration.ofMillis(1));
    assertThat(strict.authenticate(theirs)).isEqualTo(Rejected.UNKNOWN);
    assertThat(second.authenticate(theirs)).isInstanceOf(Accepted.class);
  }

  @Test
  void no_plain_hash_is_imported_after_plain_hashes_end() {
    TokenManager strict = manager().peppers(present).plainHashesUntil(START).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict.importHashed(NewToken.named("x"), "0".repeat(64), true, START))
        .withMessageStartingWith("sha256: is no longer accepted");
  }

  @Test
  void hashes_of_an_upcoming_pepper_are_accepted_and_not_replaced() {
    TokenManager before = manager().upcomingPepper(present).build();
    String plaintext =
        manager().peppers(present).build().create(NewToken.named("ci")).reveal();
    assertThat(before.authenticate(plaintext)).isInstanceOf(Accepted.class);
    assertThat(before.reports().countByPepper()).containsExactly(entry("2026", 1L));
    String plain = before.create(NewToken.named("plain")).reveal();
    assertThat(before.authenticate(plain)).isInstanceOf(Accepted.class);
    assertThat(before.reports().countByPepper()).containsExactly(entry("", 1L), entry("2026", 1L));
  }

  @Test
  void a_pepper_that_ends_during_the_query_is_not_accepted() {
    String plaintext = first.create(NewToken.named("ci")).reveal();
    TokenStore slow = spy(store);
    doAnswer(call -> {
          clock.advance(Duration.ofSeconds(60));
          return call.callRealMethod();
        })
        .when(slow)
        .findByHash(any());
    TokenManager tokens = TokenManager.builder(slow)
        .clock(clock)
        .recordNoUses()
        .peppers(present, old.until(START.plusSeconds(60)))
        .build();
    assertThat(tokens.authenticate(plaintext)).isEqualTo(Rejected.UNKNOWN);
  }

  @Test
  void a_hash_alone_is_not_enough() {
    String plaintext = first.create(NewToken.named("ci")).reveal();
    assertThat(first.authenticate(plaintext)).isInstanceOf(Accepted.class);
    assertThat(none.authenticate(plaintext)).isEqualTo(Rejected.UNKNOWN);
    assertThat(manager().peppers(present).build().authenticate(plaintext))
        .isEqualTo(Rejected.UNKNOWN);
  }

  @Test
  void the_name_is_part_of_the_hash() {
    String plaintext = first.create(NewToken.named("ci")).reveal();
    assertThat(manager().peppers(pepper("renamed", 1)).build().authenticate(plaintext))
        .isEqualTo(Rejected.UNKNOWN);
  }

  @Test
  void a_hash_of_an_older_pepper_or_of_none_is_replaced_at_the_next_use() {
    String plain = none.create(NewToken.named("plain")).reveal();
    String older = first.create(NewToken.named("older")).reveal();
    assertThat(second.reports().countByPepper()).containsExactly(entry("", 1L), entry("2025", 1L));
    store.lookups.set(0);
    assertThat(second.authenticate(plain)).isInstanceOf(Accepted.class);
    assertThat(second.authenticate(older)).isInstanceOf(Accepted.class);
    assertThat(store.lookups).hasValue(4); // the second of each looks for the new hash
    assertThat(second.authenticate(plain)).isInstanceOf(Accepted.class);
    assertThat(store.lookups).hasValue(5);
    assertThat(second.reports().countByPepper()).containsExactly(entry("2026", 2L));
    assertThat(manager().peppers(present).build().authenticate(plain)).isInstanceOf(Accepted.class);
    assertThat(none.authenticate(plain)).isEqualTo(Rejected.UNKNOWN);
  }

  @Test // P5: the hash with the pepper shows that the plaintext has leaked
  void a_leaked_plaintext_that_is_imported_again_is_rejected() {
    String plaintext = none.create(NewToken.named("ci")).reveal();
    assertThat(second.authenticate(plaintext)).isInstanceOf(Accepted.class);
    second.reportLeak(plaintext);
    second.importHashed(NewToken.named("again"), sha256(plaintext), true, Instant.EPOCH);
    assertThat(second.authenticate(plaintext))
        .isInstanceOfSatisfying(
            Rejected.class, verdict -> assertThat(verdict.reason()).isEqualTo(Reason.LEAKED));
  }

  @Test // P5: the token had an older pepper when the leak was reported
  void a_plaintext_that_leaked_under_an_older_pepper_is_rejected_when_it_is_imported_again() {
    String plaintext = first.create(NewToken.named("ci")).reveal();
    first.reportLeak(plaintext);
    second.importHashed(NewToken.named("again"), sha256(plaintext), true, Instant.EPOCH);
    assertThat(second.authenticate(plaintext))
        .isInstanceOfSatisfying(
            Rejected.class, verdict -> assertThat(verdict.reason()).isEqualTo(Reason.LEAKED));
  }

  @Test // P5: the import was rotated, and its overlap is not over
  void a_leaked_plaintext_that_was_imported_again_has_no_overlap() {
    String plaintext = first.create(NewToken.named("ci")).reveal();
    second.importHashed(NewToken.named("again"), sha256(plaintext), true, Instant.EPOCH);
    first.reportLeak(plaintext);
    second.rotate(2, Duration.ofHours(1));
    assertThat(second.authenticate(plaintext)).isNotInstanceOf(Accepted.class);
  }

  @Test // P5: two tokens must not have the same hash, because a report finds only one of them
  void a_hash_is_not_replaced_by_the_previous_hash_of_another_token() {
    String old = second.create(NewToken.named("ci")).reveal();
    second.rotate(1, Duration.ofHours(1));
    second.importHashed(NewToken.named("again"), sha256(old), true, Instant.EPOCH);
    second.authenticate(old);
    second.reportLeak(old);
    second.delete(2);
    assertThat(second.authenticate(old)).isNotInstanceOf(Accepted.class);
    assertThat(second.delete(1)).isTrue();
    assertThat(second.authenticate(old)).isNotInstanceOf(Accepted.class);
  }

  private static String sha256(String plaintext) {
    return HexFormat.of().formatHex(Hashes.sha256(plaintext).bytes());
  }

  @Test
  void a_rejected_token_is_not_rehashed() {
    String plaintext = none.create(NewToken.named("ci")).reveal();
    none.disable(1);
    second.authenticate(plaintext);
    assertThat(second.reports().countByPepper()).containsExactly(entry("", 1L));
  }

  @Test
  void a_token_is_accepted_although_its_hash_could_not_be_replaced() {
    String plaintext = none.create(NewToken.named("ci")).reveal();
    TokenStore readOnly = spy(store);
    doThrow(new IllegalStateException("read-only")).when(readOnly).update(any());
    TokenManager tokens =
        TokenManager.builder(readOnly).recordNoUses().peppers(present).build();
    String log = CapturedLog.of(() -> {
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    });
    assertThat(log).containsOnlyOnce("was not updated");
    assertThat(tokens.reports().countByPepper()).containsExactly(entry("", 1L));
  }

  private TokenManager withPresentPepper(TokenStore of) {
    return TokenManager.builder(of).clock(clock).recordNoUses().peppers(present).build();
  }

  private TokenStore readOnly() {
    TokenStore readOnly = spy(store);
    doThrow(new TokenStoreException("read-only")).when(readOnly).update(any());
    return readOnly;
  }

  @Test
  void
      after_a_failure_no_hash_is_replaced_for_a_minute_and_a_further_failure_is_logged_as_a_line() {
    List<String> plaintexts = Stream.of("a", "b", "c", "d")
        .map(name -> none.create(NewToken.named(name)).reveal())
        .toList();
    TokenStore readOnly = readOnly();
    TokenManager tokens = withPresentPepper(readOnly);
    Runnable hundredUses = () -> {
      for (int i = 0; i < 99; i++) {
        assertThat(tokens.authenticate(plaintexts.get(i % 4))).isInstanceOf(Accepted.class);
      }
    };
    store.lookups.set(0);
    String log = CapturedLog.of(() -> {
      hundredUses.run();
      clock.advance(Duration.ofMillis(59_999));
      hundredUses.run();
      verify(readOnly, times(3)).update(any()); // then all tokens pause
      assertThat(store.lookups).hasValue(2 * 99 + 4); // once more for each token
      clock.advance(Duration.ofMillis(1));
      hundredUses.run();
      verify(readOnly, times(6)).update(any());
      clock.set(START); // a clock that is set back does not prolong the pause
      hundredUses.run();
      verify(readOnly, times(9)).update(any());
    });
    assertThat(log.split("was not updated", -1)).hasSize(10);
    assertThat(log.split("TokenStoreException: read-only\\R\\s*at ", -1)).hasSize(2);

    doCallRealMethod().when(readOnly).update(any());
    clock.advance(Duration.ofMinutes(1));
    hundredUses.run();
    assertThat(tokens.reports().countByPepper()).containsExactly(entry("2026", 4L));
  }

  @Test
  void a_row_that_cannot_be_updated_keeps_no_other_row_from_being_updated() {
    String stuck = none.create(NewToken.named("stuck")).reveal();
    String other = none.create(NewToken.named("other")).reveal();
    TokenStore locked = spy(store);
    doThrow(new TokenStoreException("another session holds the lock"))
        .when(locked)
        .update(argThat(row -> row.name().equals("stuck")));
    TokenManager tokens = withPresentPepper(locked);
    assertThat(tokens.authenticate(stuck)).isInstanceOf(Accepted.class);
    assertThat(tokens.authenticate(other)).isInstanceOf(Accepted.class);
    assertThat(tokens.reports().countByPepper()).containsExactly(entry("", 1L), entry("2026", 1L));
  }

  @Test // P5: a query that found no other token was about another row
  void a_leaked_plaintext_that_is_imported_again_is_rejected_also_after_a_failure() {
    String plaintext = none.create(NewToken.named("ci")).reveal();
    TokenStore readOnly = readOnly();
    TokenManager tokens = withPresentPepper(readOnly);
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    assertThat(second.authenticate(plaintext)).isInstanceOf(Accepted.class);
    second.reportLeak(plaintext);
    second.importHashed(NewToken.named("again"), sha256(plaintext), true, Instant.EPOCH);
    assertThat(tokens.authenticate(plaintext))
        .isInstanceOfSatisfying(
            Rejected.class, verdict -> assertThat(verdict.reason()).isEqualTo(Reason.LEAKED));
  }

  @Test
  void a_rotated_token_counts_for_two_peppers_until_the_overlap_is_over() {
    String before = first.create(NewToken.named("ci")).reveal();
    String after = second.rotate(1, Duration.ofMinutes(1)).orElseThrow().reveal();
    assertThat(second.authenticate(before)).isInstanceOf(Accepted.class);
    assertThat(second.authenticate(after)).isInstanceOf(Accepted.class);
    assertThat(second.reports().countByPepper())
        .containsExactly(entry("2025", 1L), entry("2026", 1L));
    clock.advance(Duration.ofMinutes(1));
    assertThat(second.reports().countByPepper()).containsExactly(entry("2026", 1L));
  }

  @Test
  void after_the_end_of_a_pepper_its_hashes_are_rejected() {
    String plaintext = first.create(NewToken.named("ci")).reveal();
    TokenManager tokens =
        manager().peppers(present, old.until(START.plusSeconds(60))).build();
    clock.set(START.plusSeconds(60));
    assertThat(tokens.authenticate(plaintext)).isEqualTo(Rejected.UNKNOWN);
    assertThat(tokens.identify(plaintext)).isPresent();
    clock.set(START.plusMillis(59_999));
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
  }

  @Test // otherwise a store may find another token by such a hash, if a plaintext was imported
  // twice
  void after_the_end_of_a_pepper_the_store_is_not_asked_for_its_hashes() {
    String plaintext = second.create(NewToken.named("ci")).reveal();
    TokenStore asked = spy(store);
    TokenManager tokens = TokenManager.builder(asked)
        .clock(clock)
        .recordNoUses()
        .peppers(present, old.until(START))
        .plainHashesUntil(START)
        .build();
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
    verify(asked).findByHash(List.of(Hashes.of(present, plaintext)));
  }

  @Test
  void contradicting_peppers_are_rejected_when_the_manager_is_built() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager().peppers(present, pepper("2026", 3)).build())
        .withMessage("peppers: two are named 2026 (expected: different names)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager().peppers(present.until(START.plusSeconds(1))).build())
        .withMessage(
            "Pepper[2026, ****]: has an end (expected: none, because it makes the hashes of new tokens)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager().plainHashesUntil(START).build())
        .withMessage(
            "plain hashes: has an end (expected: none, because it makes the hashes of new tokens)");
  }

  @Test
  void an_invalid_pepper_is_rejected() {
    byte[] secret = "a secret of 32 bytes, and no less".getBytes(StandardCharsets.US_ASCII);
    for (String name : new String[] {"", "A", "a:b", "a b", "a".repeat(33)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pepper.of(name, secret))
          .withMessageContaining("(expected: 1 to 32 of a-z, 0-9, '.', '_', '-')");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pepper.of("short", new byte[31]))
        .withMessage("pepper short: 31 bytes (expected: at least 32)");
  }

  @Test // E2
  void a_pepper_keeps_its_secret() {
    byte[] secret = "a secret of 32 bytes, and no less".getBytes(StandardCharsets.US_ASCII);
    Pepper pepper = Pepper.of("x", secret);
    TokenHash hash = Hashes.of(pepper, "text");
    Arrays.fill(secret, (byte) 0);
    assertThat(Hashes.of(pepper, "text")).isEqualTo(hash);
    assertThat(pepper).hasToString("Pepper[x, ****]");
  }
}

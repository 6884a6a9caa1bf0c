package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("locale")
class ChecksumTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final byte[] KEY = key(1);
  private static final byte[] NEXT = key(2);

  private final TokenStore store = spy(new MapStore());
  private final TestClock clock = new TestClock(START.toString());

  private static byte[] key(int content) {
    byte[] key = new byte[Pepper.MIN_LENGTH];
    Arrays.fill(key, (byte) content);
    return key;
  }

  private TokenManager.Builder manager() {
    return TokenManager.builder(store).clock(clock).recordNoUses();
  }

  @Test
  void forged_tokens_never_reach_the_store() {
    TokenManager tokens = manager().checksumKeys(KEY).plainChecksumsUntil(START).build();
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 10_000; i++) {
      String forged = TokenFormat.generate("cf", random, Checksums.PLAIN);
      assertThat(tokens.authenticate(forged)).isEqualTo(Rejected.MALFORMED);
    }
    verify(store, never()).findByHash(any());
  }

  @Test
  void a_token_with_a_keyed_checksum_is_accepted_and_looks_like_any_other() {
    TokenManager tokens = manager().checksumKeys(KEY).plainChecksumsUntil(START).build();
    Set<Integer> lastCharacters = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String plaintext = tokens.create(NewToken.named("t" + i)).reveal();
      assertThat(plaintext).matches(tokens.reports().scannerPattern());
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
      lastCharacters.add((int) plaintext.charAt(46)); // the first character of the checksum
    }
    assertThat(lastCharacters).hasSize(62); // a CRC-32 has only 0 to 4 there
    String rotated = tokens.rotate(1, Duration.ZERO).orElseThrow().reveal();
    assertThat(tokens.authenticate(rotated)).isInstanceOf(Accepted.class);
  }

  @Test
  void any_other_character_is_noticed() {
    TokenManager tokens = manager().checksumKeys(KEY).build();
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    for (int i = 3; i < plaintext.length(); i++) {
      char other = plaintext.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(
              tokens.authenticate(plaintext.substring(0, i) + other + plaintext.substring(i + 1)))
          .isEqualTo(Rejected.MALFORMED);
    }
    assertThat(tokens.authenticate("dd" + plaintext.substring(2))).isEqualTo(Rejected.MALFORMED);
  }

  @Test
  void tokens_created_before_there_was_a_key_are_accepted_until_plain_checksums_end() {
    String before = manager().build().create(NewToken.named("ci")).reveal();
    TokenManager keyed = manager().checksumKeys(KEY).build();
    assertThat(keyed.authenticate(before)).isInstanceOf(Accepted.class);
    TokenManager ending =
        manager().checksumKeys(KEY).plainChecksumsUntil(START.plusMillis(1)).build();
    assertThat(ending.authenticate(before)).isInstanceOf(Accepted.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(ending.authenticate(before)).isEqualTo(Rejected.MALFORMED);
    assertThat(ending.identify(before)).isPresent(); // a leaked plaintext is still identified
  }

  @Test
  void keys_can_be_replaced_without_rejecting_a_token() {
    TokenManager first = manager().checksumKeys(KEY).build();
    TokenManager knowing = manager().checksumKeys(KEY, NEXT).build();
    TokenManager second = manager().checksumKeys(NEXT, KEY).build();
    TokenManager later = manager().checksumKeys(NEXT).build();
    String old = first.create(NewToken.named("old")).reveal();
    String young = second.create(NewToken.named("young")).reveal();
    assertThat(knowing.authenticate(young)).isInstanceOf(Accepted.class);
    assertThat(second.authenticate(old)).isInstanceOf(Accepted.class);
    assertThat(later.authenticate(young)).isInstanceOf(Accepted.class);
    assertThat(later.authenticate(old)).isEqualTo(Rejected.MALFORMED);
    assertThat(first.authenticate(young)).isEqualTo(Rejected.MALFORMED);
  }

  @Test
  void a_key_is_copied() {
    byte[] mine = KEY.clone();
    TokenManager tokens = manager().checksumKeys(mine).build();
    Arrays.fill(mine, (byte) 9);
    String plaintext =
        manager().checksumKeys(KEY).build().create(NewToken.named("ci")).reveal();
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
  }

  @Test
  void invalid_keys_are_rejected_and_no_key_is_shown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager().checksumKeys(KEY, new byte[31]))
        .withMessage("checksumKeys: one of 31 bytes (expected: at least 32)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager().plainChecksumsUntil(START).build())
        .withMessage("plainChecksumsUntil: there is no key (expected: checksumKeys, too)");
  }
}

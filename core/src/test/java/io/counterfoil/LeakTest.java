package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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

  @Test
  void a_leaked_plaintext_disables_its_token() {
    tokens.create(NewToken.named("other"));
    assertThat(tokens.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.authenticate(plaintext))
        .isEqualTo(new Rejected(Reason.DISABLED, OptionalLong.of(1)));
    assertThat(tokens.find(2).orElseThrow().enabled()).isTrue();
  }

  @Test
  void a_leaked_plaintext_in_its_overlap_ends_and_the_token_keeps_the_new_one() {
    String next = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    assertThat(tokens.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.authenticate(plaintext)).isEqualTo(Rejected.UNKNOWN);
    assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
  }

  @Test
  void
      a_leaked_plaintext_whose_overlap_is_over_is_identified_and_ended_for_nodes_whose_clock_is_behind() {
    String next = tokens.rotate(1, OVERLAP).orElseThrow().reveal();
    clock.set(START.plus(OVERLAP));
    assertThat(tokens.reportLeak(plaintext)).isEqualTo(tokens.find(1));
    assertThat(tokens.authenticate(next)).isInstanceOf(Accepted.class);
    clock.set(START);
    assertThat(tokens.authenticate(plaintext)).isEqualTo(Rejected.UNKNOWN);
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

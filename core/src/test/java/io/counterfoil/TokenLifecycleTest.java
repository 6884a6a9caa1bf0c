package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Invariants of a token under random sequences of operations, with a clock that jumps in both directions. */
class TokenLifecycleTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant EXPIRY = START.plusSeconds(1_000);

  /** The operations. The number of a step is the length of an overlap, the jump of the clock, or the plaintext to present. */
  private enum Event {
    ROTATE,
    PRESENT,
    JUMP,
    DISABLE,
    ENABLE,
    RECORD
  }

  private record Step(Event event, int number) {}

  @Provide
  Arbitrary<List<Step>> sequences() {
    Arbitrary<Event> events = Arbitraries.of(Event.class);
    return Combinators.combine(events, Arbitraries.integers().between(-1_200, 1_200))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 500)
  void no_sequence_of_operations_breaks_an_invariant(@ForAll("sequences") List<Step> steps) {
    Lifecycle lifecycle = new Lifecycle();
    steps.forEach(lifecycle::take);
    lifecycle.tokens.close();
  }

  /** One token and its history. */
  private static final class Lifecycle {
    private final MapStore store = new MapStore();
    private final TestClock clock = new TestClock(START.toString());
    private final List<String> plaintexts = new ArrayList<>();
    private TokenManager tokens = manager();
    private boolean enabled = true;
    private Optional<Instant> lastUse = Optional.empty();

    private TokenManager manager() {
      return TokenManager.builder(store).clock(clock).build();
    }

    Lifecycle() {
      plaintexts.add(tokens.create(NewToken.named("ci").expiresAt(EXPIRY)).reveal());
    }

    void take(Step step) {
      perform(step);
      assertAtMostTwoPlaintextsAreValid();
      StoredToken row = store.findById(1).orElseThrow();
      assertThat(row.expiresAt()).as("never extends expiry").contains(EXPIRY);
      assertThat(row.enabled()).as("never re-enables").isEqualTo(enabled);
      assertThat(row.previous().map(StoredToken.Previous::until).orElse(EXPIRY))
          .as("an overlap does not outlive the token")
          .isBeforeOrEqualTo(EXPIRY);
      assertLastUseDoesNotGoBack(row);
    }

    private void perform(Step step) {
      int number = step.number();
      switch (step.event()) {
        case ROTATE -> rotate(Duration.ofSeconds(Math.abs(number)));
        case PRESENT -> tokens.authenticate(plaintexts.get(Math.abs(number) % plaintexts.size()));
        case JUMP -> clock.advance(Duration.ofSeconds(number));
        case DISABLE -> enabled = !tokens.disable(1);
        case ENABLE -> enabled = tokens.enable(1);
        case RECORD -> {
          tokens.close();
          tokens = manager();
        }
      }
    }

    private void rotate(Duration overlap) {
      if (clock.instant().isBefore(EXPIRY)) {
        tokens.rotate(1, overlap).map(CreatedToken::reveal).ifPresent(plaintexts::add);
      }
    }

    private void assertAtMostTwoPlaintextsAreValid() {
      TokenManager observer =
          TokenManager.builder(store).clock(clock).recordNoUses().build();
      List<String> valid = plaintexts.stream()
          .filter(plaintext -> observer.authenticate(plaintext) instanceof Accepted)
          .toList();
      boolean isUsable = enabled && clock.instant().isBefore(EXPIRY);
      assertThat(valid).hasSizeBetween(isUsable ? 1 : 0, isUsable ? 2 : 0);
      if (isUsable) { // however the clock has jumped
        assertThat(valid).contains(plaintexts.get(plaintexts.size() - 1));
      }
    }

    /** The exception is a time that was recorded while the clock was more than 5 minutes ahead of the present one. */
    private void assertLastUseDoesNotGoBack(StoredToken row) {
      assertThat(row.lastUsedAt().isPresent() || lastUse.isEmpty()).isTrue();
      Instant latestPlausible = clock.instant().plusSeconds(300);
      lastUse
          .filter(before -> !before.isAfter(latestPlausible))
          .ifPresent(before -> assertThat(row.lastUsedAt().orElseThrow()).isAfterOrEqualTo(before));
      lastUse = row.lastUsedAt();
    }
  }
}

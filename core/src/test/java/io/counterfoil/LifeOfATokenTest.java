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

/** What holds whatever happens to a token, in whatever order, with a clock that jumps both ways. */
class LifeOfATokenTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant EXPIRY = START.plusSeconds(1_000);

  /** What can happen; the number says how long an overlap is, how far the clock jumps, or which plaintext is presented. */
  private enum Event {
    ROTATE,
    PRESENT,
    JUMP,
    DISABLE,
    ENABLE,
    RECORD
  }

  private record Happening(Event event, int number) {}

  @Provide
  Arbitrary<List<Happening>> lives() {
    Arbitrary<Event> events = Arbitraries.of(Event.class);
    return Combinators.combine(events, Arbitraries.integers().between(-1_200, 1_200))
        .as(Happening::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 500)
  void no_life_breaks_a_law(@ForAll("lives") List<Happening> happenings) {
    Life life = new Life();
    happenings.forEach(life::goOn);
    life.tokens.close();
  }

  /** One token and what it has been through. */
  private static final class Life {
    private final MapStore store = new MapStore();
    private final TestClock clock = new TestClock(START.toString());
    private final List<String> plaintexts = new ArrayList<>();
    private TokenManager tokens = manager();
    private boolean enabled = true;
    private Optional<Instant> lastUse = Optional.empty();

    private TokenManager manager() {
      return TokenManager.builder(store).clock(clock).build();
    }

    Life() {
      plaintexts.add(tokens.create(NewToken.named("ci").expiresAt(EXPIRY)).reveal());
    }

    void goOn(Happening happening) {
      happen(happening);
      atMostTwoPlaintextsLiveAndNoneOfADisabledOrExpiredToken();
      StoredToken row = store.findById(1).orElseThrow();
      assertThat(row.expiresAt()).as("never extends expiry").contains(EXPIRY);
      assertThat(row.enabled()).as("never re-enables").isEqualTo(enabled);
      assertThat(row.previous().map(StoredToken.Previous::until).orElse(EXPIRY))
          .as("an overlap does not outlive the token")
          .isBeforeOrEqualTo(EXPIRY);
      lastUseNeverGoesBack(row);
    }

    private void happen(Happening happening) {
      int number = happening.number();
      switch (happening.event()) {
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

    private void atMostTwoPlaintextsLiveAndNoneOfADisabledOrExpiredToken() {
      TokenManager onlooker =
          TokenManager.builder(store).clock(clock).recordNoUses().build();
      List<String> living = plaintexts.stream()
          .filter(plaintext -> onlooker.authenticate(plaintext) instanceof Accepted)
          .toList();
      boolean mayLive = enabled && clock.instant().isBefore(EXPIRY);
      assertThat(living).hasSizeBetween(mayLive ? 1 : 0, mayLive ? 2 : 0);
      if (mayLive) { // however much the clock jumped
        assertThat(living).contains(plaintexts.get(plaintexts.size() - 1));
      }
    }

    private void lastUseNeverGoesBack(StoredToken row) {
      assertThat(row.lastUsedAt().isPresent() || lastUse.isEmpty()).isTrue();
      lastUse.ifPresent(
          before -> assertThat(row.lastUsedAt().orElseThrow()).isAfterOrEqualTo(before));
      lastUse = row.lastUsedAt();
    }
  }
}

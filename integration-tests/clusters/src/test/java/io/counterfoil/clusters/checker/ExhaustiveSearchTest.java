package io.counterfoil.clusters.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.Effort;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Compares the checker with a search for a legal order of small histories. */
class ExhaustiveSearchTest {
  private static final int HISTORIES = Effort.times(2000);

  /** The rules look at one property of a token at a time, so they miss a contradiction between two properties. */
  private static final double MISSED_PER_HISTORY = 0.005;

  @Test
  void the_checker_accepts_each_legal_history_of_one_token_and_few_others() {
    compare(random -> TinyHistories.ofOneToken(random, false));
  }

  @Test
  void the_checker_accepts_each_legal_history_of_one_token_and_a_cache_and_few_others() {
    compare(random -> TinyHistories.ofOneToken(random, true));
  }

  @Test
  void the_checker_accepts_each_legal_history_of_tokens_with_one_name_or_key_and_few_others() {
    compare(TinyHistories::ofOneName);
  }

  private static void compare(Function<Random, History> histories) {
    int legal = 0;
    int missed = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      History history = histories.apply(new Random(seed));
      Report report = Checker.check(history);
      if (ExhaustiveSearch.isLegal(history)) {
        legal++;
        assertThat(report.violations()).as(report::text).isEmpty();
      } else if (report.violations().isEmpty()) {
        missed++;
      }
    }
    assertThat(legal).isGreaterThan(HISTORIES / 10);
    assertThat(missed).isLessThan((int) (HISTORIES * MISSED_PER_HISTORY));
  }
}

package io.counterfoil.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.testing.Effort;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Checks that every method is atomic, no matter how the threads are scheduled. Lincheck replaces the scheduler and tries the
 * possible orders one by one.
 */
class LinearizabilityTest {
  /** Immutable types. Lincheck does not have to switch threads inside their methods. */
  private static final String[] IMMUTABLE = {
    StoredToken.class.getName(),
    StoredToken.Previous.class.getName(),
    TokenHash.class.getName(),
    Instant.class.getName()
  };

  @Test
  void concurrent_calls_have_the_results_of_some_sequence() {
    check(SoundOperations.class);
  }

  /**
   * Tests the check itself: it must find a bug that needs two calls and a thread switch between two lines. Lincheck normally
   * throws an assertion error. It repeats a failed scenario for its report. If the bug then has a different effect, Lincheck
   * throws another exception.
   */
  @Test
  void a_store_that_checks_and_deletes_in_two_steps_is_detected() {
    assertThatThrownBy(() -> check(RacyOperations.class))
        .hasMessageContainingAll("Invalid execution results", "delete(");
  }

  /** The scenarios are the same in every run. */
  private static void check(Class<?> operations) {
    new ModelCheckingOptions()
        .iterations(Effort.times(10))
        .invocationsPerIteration(30)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(2)
        .actorsAfter(4)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(IMMUTABLE).allMethods().ignore())
        .check(operations);
  }

  /** Public, like the next class, because Lincheck creates it. */
  public static final class SoundOperations extends StoreOperations {
    /** Tests the store of this module. */
    public SoundOperations() {
      super(new InMemoryTokenStore());
    }
  }

  /** Contains only the broken method, so that a few scenarios are enough. */
  @Param(name = "id", gen = IntGen.class, conf = "1:2")
  public static final class RacyOperations {
    private final TokenStore store = new RacyStore();

    /** Tests the broken store, with two tokens. */
    public RacyOperations() {
      store.insert(StoreOperations.row(1, 1));
      store.insert(StoreOperations.row(2, 2));
    }

    @Operation(params = "id")
    public boolean delete(int id) {
      return store.delete(id);
    }
  }
}

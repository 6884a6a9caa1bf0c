package io.counterfoil.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Test;

/** Every method is atomic, whatever the scheduler does: Lincheck takes its place and tries its choices one after another. */
class LinearizabilityTest {
  /** What no thread can change under another: a switch inside shows nothing. */
  private static final String[] IMMUTABLE = {
    StoredToken.class.getName(),
    StoredToken.Previous.class.getName(),
    TokenHash.class.getName(),
    Instant.class.getName()
  };

  @Test
  void calls_that_overlap_come_out_as_if_made_one_after_another() {
    check(SoundOperations.class);
  }

  /**
   * What a check is worth: it sees a fault that takes two calls, and a switch of threads between two lines. It throws an
   * assertion error, or, where the fault shows in another way when it is run again to be written down, another exception.
   */
  @Test
  void a_store_that_makes_two_calls_of_one_is_found_out() {
    assertThatThrownBy(() -> check(RacyOperations.class))
        .hasMessageContainingAll("Invalid execution results", "delete(");
  }

  /** As much as takes some seconds. The scenarios are the same in every run. */
  private static void check(Class<? extends StoreOperations> operations) {
    new ModelCheckingOptions()
        .iterations(50)
        .invocationsPerIteration(30)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(2)
        .actorsAfter(4)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(IMMUTABLE).allMethods().ignore())
        .check(operations);
  }

  /** Public, as the next one, because Lincheck makes it. */
  public static final class SoundOperations extends StoreOperations {
    /** Puts the store of this module to the test. */
    public SoundOperations() {
      super(new InMemoryTokenStore());
    }
  }

  public static final class RacyOperations extends StoreOperations {
    /** Puts the broken store to the test. */
    public RacyOperations() {
      super(new RacyStore());
    }
  }
}

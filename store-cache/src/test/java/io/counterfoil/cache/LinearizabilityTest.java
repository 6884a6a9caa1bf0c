package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * With the cache, too, calls that overlap come out as if made one after another: Lincheck takes the place of the scheduler and
 * tries its choices. The map of Caffeine and the store behind count as atomic; what is tried is what lies between them.
 */
class LinearizabilityTest {
  private static final String[] IMMUTABLE = {
    StoredToken.class.getName(),
    StoredToken.Previous.class.getName(),
    TokenHash.class.getName(),
    Instant.class.getName()
  };
  private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";
  private static final String[] ATOMIC = {
    InMemoryTokenStore.class.getName(),
    CAFFEINE + "LocalManualCache",
    CAFFEINE + "BoundedLocalCache$BoundedLocalManualCache"
  };

  @Test // G3
  void calls_that_overlap_come_out_as_if_made_one_after_another() {
    check(SoundOperations.class);
  }

  /** What a check is worth. */
  @Test
  void a_cache_that_is_cleared_after_each_change_and_nothing_else_is_found_out() {
    assertThatThrownBy(() -> check(RacyOperations.class))
        .hasMessageContaining("Invalid execution results");
  }

  private static void check(Class<? extends Operations> operations) {
    new ModelCheckingOptions()
        .iterations(100)
        .invocationsPerIteration(40)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(2)
        .actorsAfter(3)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(IMMUTABLE).allMethods().ignore())
        .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ATOMIC).allMethods().treatAsAtomic())
        .check(operations);
  }

  /** What is found and what changes it, on one token. Uses are left out: an answer may miss the last of them. */
  @Param(name = "hash", gen = IntGen.class, conf = "1:2")
  @Param(name = "on", gen = BooleanGen.class)
  public abstract static class Operations {
    private static final TokenHash FIRST = Rows.hash("a");
    private static final TokenHash SECOND = Rows.hash("b");

    private final TokenStore store;
    private final long id;

    Operations(TokenStore store) {
      this.store = store;
      this.id = Rows.put(store, "a").id();
    }

    @Operation(params = "hash")
    public Object findByHash(int hash) {
      return store.findByHash(List.of(hash == 1 ? FIRST : SECOND));
    }

    @Operation
    public Object findById() {
      return store.findById(id);
    }

    @Operation(params = "on")
    public boolean setEnabled(boolean on) {
      return store.setEnabled(id, on);
    }

    @Operation
    public boolean rotate() {
      return store.rotate(id, FIRST, SECOND, Rows.EXPIRY);
    }

    @Operation
    public boolean rehash() {
      return store.rehash(id, FIRST, SECOND);
    }

    @Operation
    public int disableOwnedBy() {
      return store.disableOwnedBy(Rows.OWNER);
    }

    @Operation
    public int deleteExpired() {
      return store.deleteExpired(Rows.EXPIRY.plusMillis(1), 1);
    }

    @Operation
    public boolean delete() {
      return store.delete(id);
    }
  }

  /** Public, as the next one, because Lincheck makes it. */
  public static final class SoundOperations extends Operations {
    /** Puts the cache of this module to the test. */
    public SoundOperations() {
      super(new CachedTokenStore(new InMemoryTokenStore(), Duration.ofSeconds(1), 10, () -> 0));
    }
  }

  public static final class RacyOperations extends Operations {
    /** Puts the broken cache to the test. */
    public RacyOperations() {
      super(RacyCache.around(new InMemoryTokenStore()));
    }
  }
}

package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
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
        .invocationsPerIteration(60)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(2)
        .actorsAfter(0)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(IMMUTABLE).allMethods().ignore())
        .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ATOMIC).allMethods().treatAsAtomic())
        .check(operations);
  }

  /** What is found and what changes it, on one token. Uses are left out: an answer may miss the last of them. */
  @Param(name = "hash", gen = IntGen.class, conf = "0:2")
  public abstract static class Operations {
    private static final TokenHash OLD = Rows.hash("previous a");
    private static final TokenHash FIRST = Rows.hash("a");
    private static final TokenHash SECOND = Rows.hash("b");
    private static final List<TokenHash> HASHES = List.of(OLD, FIRST, SECOND);

    private final TokenStore real = new InMemoryTokenStore();
    private final TokenStore store;
    private final long id;

    Operations(UnaryOperator<TokenStore> cache) {
      this.store = cache.apply(real);
      this.id = Rows.put(store, "a").id();
      Rows.find(store, FIRST); // by this one it is kept already
    }

    @Operation(params = "hash")
    public Object findByHash(int hash) {
      return Rows.find(store, HASHES.get(hash));
    }

    @Operation
    public Object findById() {
      return store.findById(id);
    }

    @Operation
    public boolean disable() {
      return store.setEnabled(id, false);
    }

    @Operation
    public boolean rotate() {
      return store.rotate(id, FIRST, SECOND, Rows.EXPIRY);
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

    /** When all calls have returned, nothing is kept that is not so. */
    @Validate
    public void nothingIsStale() {
      for (TokenHash hash : HASHES) {
        if (!Rows.find(store, hash).equals(Rows.find(real, hash))) {
          throw new IllegalStateException("stale");
        }
      }
    }
  }

  /** Public, as the next one, because Lincheck makes it. */
  public static final class SoundOperations extends Operations {
    /** Puts the cache of this module to the test. */
    public SoundOperations() {
      super(real -> new CachedTokenStore(real, Duration.ofSeconds(1), 10, () -> 0));
    }
  }

  public static final class RacyOperations extends Operations {
    /** Puts the broken cache to the test. */
    public RacyOperations() {
      super(RacyCache::around);
    }
  }
}

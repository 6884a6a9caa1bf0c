package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.Effort;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Concurrent calls of a store with a cache have the same results as in some sequential order. Lincheck replaces the scheduler
 * and tries different orders of the threads. It treats Caffeine's map and the wrapped store as atomic, so it tests the code
 * between them.
 */
@Tag("slow")
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
  void concurrent_calls_have_the_results_of_some_sequence() {
    check(SoundOperations.class);
  }

  /** Proves that the check finds a bug of this kind. */
  @Test
  void a_cache_that_is_only_cleared_after_each_change_is_not_linearizable() {
    assertThatThrownBy(() -> check(RacyOperations.class))
        .hasMessageContaining("Invalid execution results");
  }

  private static void check(Class<? extends Operations> operations) {
    new ModelCheckingOptions()
        .iterations(Effort.times(10))
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

  /** Reads and changes of one token. The recording of uses is left out, because an answer may not include the latest use. */
  @Param(name = "hash", gen = IntGen.class, conf = "0:2")
  public abstract static class Operations {
    private static final TokenHash OLD = SampleTokens.hash("previous a");
    private static final TokenHash FIRST = SampleTokens.hash("a");
    private static final TokenHash SECOND = SampleTokens.hash("b");
    private static final List<TokenHash> HASHES = List.of(OLD, FIRST, SECOND);

    private final TokenStore real = new InMemoryTokenStore();
    final TokenStore store;
    final StoredToken row;
    private final long id;

    Operations(UnaryOperator<TokenStore> cache) {
      this.store = cache.apply(real);
      this.row = SampleTokens.put(store, "a");
      this.id = row.id();
      SampleTokens.find(store, FIRST); // by this hash it is cached from the start
    }

    @Operation(params = "hash")
    public Object findByHash(int hash) {
      return SampleTokens.find(store, HASHES.get(hash));
    }

    @Operation
    public Object findById() {
      return store.findById(id);
    }

    @Operation
    public boolean disable() {
      return store.disable(id);
    }

    @Operation
    public boolean rotate() {
      return store.update(SampleTokens.rotated(row, SECOND));
    }

    @Operation
    public int disableOwnedBy() {
      return store.disableOwnedBy(SampleTokens.OWNER);
    }

    @Operation
    public int deleteExpired() {
      return store.deleteExpired(SampleTokens.EXPIRY.plusMillis(1), 1);
    }

    @Operation
    public boolean delete() {
      return store.delete(id);
    }

    /** When all calls have returned, no entry is stale. */
    @Validate
    public void nothingIsStale() {
      for (TokenHash hash : HASHES) {
        if (!SampleTokens.find(store, hash).equals(SampleTokens.find(real, hash))) {
          throw new IllegalStateException("stale");
        }
      }
    }
  }

  /** Public, like the next class, because Lincheck instantiates it. */
  public static final class SoundOperations extends Operations {
    /** Tests the cache of this module. */
    public SoundOperations() {
      super(real -> new CachedTokenStore(real, Duration.ofSeconds(1), 10, () -> 0));
    }

    @Operation
    public boolean reportLeak() {
      TokenHash leaked = TokenHash.of("leaked", row.hash().bytes());
      return store.update(row.withHashes(leaked, row.previous()));
    }

    @Operation
    public boolean deleteItExpired() {
      return store.deleteExpired(row.id(), SampleTokens.EXPIRY.plusMillis(1));
    }
  }

  public static final class RacyOperations extends Operations {
    /** Tests the broken cache. */
    public RacyOperations() {
      super(RacyCache::around);
    }
  }
}

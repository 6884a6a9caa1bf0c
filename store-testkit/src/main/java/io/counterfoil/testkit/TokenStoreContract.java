package io.counterfoil.testkit;

import io.counterfoil.TokenStore;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Nested;

/**
 * The tests that define a {@link TokenStore}: a store that passes them is correct.
 *
 * <p>The test class of a store extends this class and supplies empty stores:
 *
 * {@snippet file="io/counterfoil/testkit/ModelStoreTest.java" region="contract"}
 *
 * <p>For each method of the store, a nested class tests the guarantees of the method, alone and with concurrent calls.
 * Properties compare random sequences of operations with a simple model in memory, and test token managers that use the
 * store. The contract cannot test that rows survive a restart or that several processes can share them. A store must
 * test that itself.
 *
 * <p>The system property {@code counterfoil.test.effort} multiplies the number of repetitions of races and properties.
 * The default is 1, which suits every build. Run the contract with 10 before a release: some faults show only by
 * chance.
 *
 * <p>The contract needs the engines of JUnit Jupiter and of jqwik on the class path. Without the engine of jqwik, the
 * properties are silently skipped.
 */
@AddLifecycleHook(ScaledTries.class)
public abstract class TokenStoreContract extends ManagerProperties {
  /** Each sequence runs hundreds of statements. */
  private static final int SEQUENCES = 4;

  /** Creates the contract for one store. */
  protected TokenStoreContract() {}

  /**
   * Returns a store without tokens. The contract calls this once per test and once per try of a property. Both engines
   * call it, so it cannot rely on the lifecycle methods of either.
   *
   * @return an empty store, which the contract does not close
   */
  @Override
  protected abstract TokenStore emptyStore();

  /** Returns how long a call may keep waiting after its watch is closed. This is long enough for a busy machine. */
  Duration watchDeadline() {
    return Duration.ofSeconds(20);
  }

  @Nested
  class Texts extends TextsContract {
    Texts() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Fields extends FieldsContract {
    Fields() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Insert extends InsertContract {
    Insert() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class InsertOnce extends InsertOnceContract {
    InsertOnce() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class FindByHash extends FindByHashContract {
    FindByHash() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class FindById extends FindByIdContract {
    FindById() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class FindByName extends FindByNameContract {
    FindByName() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class ListAll extends ListContract {
    ListAll() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Query extends QueryContract {
    Query() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Search extends SearchContract {
    Search() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class FilteredPages extends FilteredPagesContract {
    FilteredPages() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Update extends UpdateContract {
    Update() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class UpdateHashes extends UpdateHashesContract {
    UpdateHashes() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class UpdateRaces extends UpdateRaceContract {
    UpdateRaces() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Disable extends DisableContract {
    Disable() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class DisableAll extends DisableAllContract {
    DisableAll() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class DisableOwnedBy extends DisableOwnedByContract {
    DisableOwnedBy() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class RecordUses extends RecordUsesContract {
    RecordUses() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Delete extends DeleteContract {
    Delete() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class DeleteOwnedBy extends DeleteOwnedByContract {
    DeleteOwnedBy() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class DeleteExpired extends DeleteExpiredContract {
    DeleteExpired() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class DeleteItExpired extends DeleteItExpiredContract {
    DeleteItExpired() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class ManyRowsRaces extends ManyRowsRaceContract {
    ManyRowsRaces() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Watch extends WatchContract {
    Watch() {
      super(TokenStoreContract.this::emptyStore, watchDeadline());
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class ManagedChanges extends ManagedChangesContract {
    ManagedChanges() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Leak extends LeakContract {
    Leak() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Once extends OnceContract {
    Once() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  /** The edge cases of lists would be very short sequences. */
  @Property(tries = SEQUENCES, edgeCases = EdgeCasesMode.NONE)
  void any_sequence_of_operations_leaves_store_and_model_equal(
      @ForAll(supplier = OperationSequences.class) List<Operation> sequence) {
    new ModelComparison(emptyStore()).run(sequence);
  }
}

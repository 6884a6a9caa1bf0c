package io.counterfoil.testkit;

import io.counterfoil.TokenStore;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Nested;

/**
 * The definition of a {@link TokenStore}: what passes it is one.
 *
 * <p>The tests of a store extend it and say where an empty store comes from:
 *
 * {@snippet file="io/counterfoil/testkit/ModelStoreTest.java" region="contract"}
 *
 * <p>One nested class for each method of the store holds its sentences and its races; the properties send random sequences
 * of operations through the store and a model, and tokens through managers on the store. What only a particular store can
 * show, it must test itself: that rows outlive a restart, and that several processes may share them.
 *
 * <p>The system property {@code counterfoil.test.effort} multiplies how often races and properties are repeated. It is 1 by
 * default, which suits every build. Run the contract with 10 before a release: some faults show only by chance.
 *
 * <p>Runs on the engines of JUnit Jupiter and of jqwik, which must both be there: without jqwik's, the properties are passed
 * over in silence.
 */
@AddLifecycleHook(ScaledTries.class)
public abstract class TokenStoreContract {
  /** Each sequence runs hundreds of statements. */
  private static final int SEQUENCES = 4;

  private static final int FORGED = 4;
  private static final int TOKENS = 10;

  /** Makes the contract of one store. */
  protected TokenStoreContract() {}

  /**
   * Returns a store without tokens. It is called once for each test and for each try of a property, by Jupiter's engine and by
   * jqwik's: it cannot rely on the life cycle methods of either.
   */
  protected abstract TokenStore emptyStore();

  /** Returns how long a closed watch may hold a waiting call: long enough for a busy machine. */
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
  class ListOwnedBy extends ListOwnedByContract {
    ListOwnedBy() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class SetEnabled extends SetEnabledContract {
    SetEnabled() {
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
  class Rotate extends RotateContract {
    Rotate() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class Rehash extends RehashContract {
    Rehash() {
      super(TokenStoreContract.this::emptyStore);
    }
  }

  @Nested
  class EndPrevious extends EndPreviousContract {
    EndPrevious() {
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

  @Property(tries = SEQUENCES)
  void any_sequence_of_operations_leaves_store_and_model_equal(
      @ForAll(supplier = OperationSequences.class) List<Operation> sequence) {
    new ModelComparison(emptyStore()).run(sequence);
  }

  @Property(tries = TOKENS)
  void a_created_token_is_accepted(
      @ForAll(supplier = ValidNames.class) String owner,
      @ForAll(supplier = ValidNames.class) String name,
      @ForAll(supplier = ValidPrefixes.class) String prefix) {
    new AuthenticationScenario(emptyStore(), prefix).acceptsWhatWasCreated(owner, name);
  }

  @Property(tries = TOKENS)
  void the_same_plaintext_always_finds_the_same_row(
      @ForAll @Size(max = 20) List<@IntRange(max = 4) Integer> order) {
    new AuthenticationScenario(emptyStore()).findsTheSameRow(5, order);
  }

  @Property(tries = FORGED) // A6, A8
  void a_plaintext_with_any_one_character_changed_is_rejected(
      @ForAll(supplier = ValidPrefixes.class) String prefix,
      @ForAll @IntRange(min = 1, max = 61) int distance) {
    new AuthenticationScenario(emptyStore(), prefix).rejectsOneCharacterChanged(distance);
  }

  @Property(tries = FORGED) // A6, A8
  void a_plaintext_that_is_cut_or_extended_is_rejected(@ForAll char added) {
    new AuthenticationScenario(emptyStore()).rejectsCutAndExtended(added);
  }

  @Property(tries = FORGED) // A8
  void a_plaintext_with_any_letter_in_the_other_case_is_rejected(
      @ForAll(supplier = ValidPrefixes.class) String prefix) {
    new AuthenticationScenario(emptyStore(), prefix).rejectsTheOtherCase();
  }

  @Property(tries = TOKENS) // A5, A10
  void a_stored_hash_presented_as_a_plaintext_is_rejected(
      @ForAll(supplier = ValidPrefixes.class) String prefix) {
    new AuthenticationScenario(emptyStore(), prefix).rejectsStoredHashes();
  }

  @Property(tries = TOKENS) // A9
  void a_row_with_a_tag_that_no_manager_knows_is_never_accepted(
      @ForAll(supplier = UnknownTags.class) String tag) {
    new AuthenticationScenario(emptyStore()).rejectsAnotherTag(tag);
  }

  @Property(tries = TOKENS) // G2
  void what_one_manager_switches_is_in_force_on_another(
      @ForAll @Size(max = 20) List<Boolean> switches) {
    new AuthenticationScenario(emptyStore()).switchesForBoth(switches);
  }

  @Property(tries = TOKENS) // G2
  void a_token_that_one_manager_deletes_is_rejected_by_another(@ForAll boolean disabledBefore) {
    new AuthenticationScenario(emptyStore()).deletesForBoth(disabledBefore);
  }

  @Property(tries = TOKENS) // J1
  void a_token_expires_to_the_millisecond(
      @ForAll @LongRange(min = 2, max = 250_000_000_000_000L) long lifetime) {
    new AuthenticationScenario(emptyStore()).expires(lifetime);
  }
}

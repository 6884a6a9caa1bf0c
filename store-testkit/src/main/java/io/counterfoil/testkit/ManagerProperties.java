package io.counterfoil.testkit;

import io.counterfoil.TokenStore;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The properties of token managers that use the store. */
abstract class ManagerProperties {
  private static final int FORGED = 4;
  private static final int TOKENS = 10;

  /** Each history runs about a thousand statements. */
  private static final int HISTORIES = 3;

  abstract TokenStore emptyStore();

  /** An update changes only the properties that it names. So it never widens rights that it does not name. */
  @Property(tries = HISTORIES, edgeCases = EdgeCasesMode.NONE) // G1, G2, J1
  void any_history_of_tokens_leaves_managers_and_model_equal(
      @ForAll(supplier = Histories.class) List<HistoryStep> history) {
    new ManagerComparison(emptyStore()).run(history);
  }

  @Property(tries = TOKENS)
  void a_created_token_is_accepted(
      @ForAll(supplier = ValidNames.class) String owner,
      @ForAll(supplier = ValidNames.class) String name,
      @ForAll(supplier = ValidPrefixes.class) String prefix) {
    new AuthenticationScenario(emptyStore(), prefix).acceptsCreatedToken(owner, name);
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
    new AuthenticationScenario(emptyStore()).rejectsCutOrExtendedPlaintext(added);
  }

  @Property(tries = FORGED) // A8
  void a_plaintext_with_any_letter_in_the_other_case_is_rejected(
      @ForAll(supplier = ValidPrefixes.class) String prefix) {
    new AuthenticationScenario(emptyStore(), prefix).rejectsOtherCase();
  }

  @Property(tries = TOKENS) // A5, A10
  void a_stored_hash_presented_as_a_plaintext_is_rejected(
      @ForAll(supplier = ValidPrefixes.class) String prefix) {
    new AuthenticationScenario(emptyStore(), prefix).rejectsStoredHashes();
  }

  @Property(tries = TOKENS) // A9
  void a_row_with_a_tag_that_no_manager_knows_is_never_accepted(
      @ForAll(supplier = UnknownTags.class) String tag) {
    new AuthenticationScenario(emptyStore()).rejectsUnknownTag(tag);
  }

  @Property(tries = TOKENS) // G2
  void a_token_that_one_manager_enables_or_disables_is_accepted_or_rejected_by_another(
      @ForAll @Size(max = 20) List<Boolean> states) {
    new AuthenticationScenario(emptyStore()).enablesAndDisablesOnBoth(states);
  }

  @Property(tries = TOKENS) // G2
  void a_token_that_one_manager_deletes_is_rejected_by_another(@ForAll boolean disabledBefore) {
    new AuthenticationScenario(emptyStore()).deletesOnBoth(disabledBefore);
  }

  @Property(tries = TOKENS) // J1
  void a_token_expires_to_the_millisecond(
      @ForAll @LongRange(min = 2, max = 250_000_000_000_000L) long lifetime) {
    new AuthenticationScenario(emptyStore()).expires(lifetime);
  }
}

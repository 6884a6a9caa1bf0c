package io.counterfoil.testkit;

import static io.counterfoil.testkit.BrokenStoresTest.HISTORIES;
import static io.counterfoil.testkit.BrokenStoresTest.SEQUENCES;
import static io.counterfoil.testkit.BrokenStoresTest.fault;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Broken stores with the tests that cover their faults in updates and uses. */
final class UpdateFaults {
  private static final String HASH_TAKEN =
      "the_hash_of_another_token_is_refused_whatever_its_tag_and_nothing_changes";
  private static final String ONE_REVISION =
      "returns_false_and_changes_nothing_if_the_revision_is_another_one";
  private static final String ONCE_PER_REVISION = "a_revision_is_accepted_once";
  private static final String ONE_OF_MANY =
      "of_many_callers_that_update_the_same_revision_exactly_one_succeeds";
  private static final String ONE_OF_SIX =
      "of_different_updates_of_the_same_revision_exactly_one_succeeds";

  private UpdateFaults() {}

  static Stream<Arguments> all() {
    return Stream.of(
        fault(
            BrokenUpdates.UpdatesByDeleteAndInsert.class,
            "a_token_is_found_at_every_moment_while_it_is_rotated_disabled_and_used"),
        fault(
            BrokenUpdates.IgnoresRevision.class,
            ONE_REVISION,
            ONCE_PER_REVISION,
            ONE_OF_MANY,
            ONE_OF_SIX,
            SEQUENCES),
        fault(BrokenUpdates.ChecksThenUpdates.class, ONE_OF_MANY, ONE_OF_SIX),
        fault(
            BrokenUpdates.ForgetsRevision.class,
            "replaces_every_column_that_it_may_change_and_raises_the_revision",
            "an_update_without_a_change_raises_the_revision_too",
            ONCE_PER_REVISION,
            ONE_OF_MANY,
            ONE_OF_SIX,
            SEQUENCES),
        fault(
            BrokenUpdates.DisablesWithoutRevision.class,
            "disables_a_token_raises_its_revision_and_changes_nothing_else",
            "an_update_of_the_row_before_is_stale_afterwards",
            "of_a_disable_and_an_enable_of_a_row_that_was_read_before_the_disable_wins",
            SEQUENCES),
        fault(
            BrokenUpdates.DisablesOwnersWithoutRevision.class,
            "disables_the_tokens_of_one_owner_and_changes_nothing_else",
            "is_not_undone_by_concurrent_disables_and_does_not_undo_them",
            SEQUENCES),
        fault(
            BrokenUpdates.RaisesRevisionOnUse.class,
            "records_when_tokens_were_last_used_and_changes_nothing_else",
            "a_concurrent_use_neither_prevents_an_update_nor_is_undone_by_it",
            SEQUENCES),
        fault(
            BrokenUpdates.WritesUses.class,
            "never_changes_the_owner_the_creation_or_the_columns_of_uses",
            "a_concurrent_use_neither_prevents_an_update_nor_is_undone_by_it",
            SEQUENCES),
        fault(
            BrokenUpdates.KeepsAbsentColumns.class,
            "each_column_can_change_alone",
            "a_token_gets_and_loses_a_previous_hash",
            HISTORIES,
            SEQUENCES),
        fault(
            BrokenUpdates.AddsScopes.class,
            "each_column_can_change_alone",
            "replaces_every_column_that_it_may_change_and_raises_the_revision",
            HISTORIES,
            SEQUENCES),
        fault(
            BrokenUpdates.KeepsRenewal.class,
            "each_column_can_change_alone",
            "an_idle_token_is_accepted_after_an_update_on_another_node",
            SEQUENCES),
        fault(
            BrokenRenames.AcceptsTakenNames.class,
            "the_name_of_another_token_of_the_owner_is_refused_and_nothing_changes",
            "a_new_name_is_found_and_the_old_one_is_free",
            "of_many_tokens_that_get_the_same_name_exactly_one_gets_it",
            HISTORIES,
            SEQUENCES),
        fault(
            BrokenRenames.ChecksThenRenames.class,
            "of_many_tokens_that_get_the_same_name_exactly_one_gets_it",
            "of_a_rename_and_an_insert_with_the_same_name_exactly_one_succeeds"),
        fault(
            BrokenRenames.RefusesOwnName.class,
            "names_of_other_owners_and_its_own_are_not_taken",
            SEQUENCES),
        fault(
            BrokenRenames.ComparesNamesOfGivenOwner.class,
            "names_are_compared_with_those_of_the_stored_owner"),
        fault(BrokenRenames.ComparesRevisionLast.class, ONE_REVISION, SEQUENCES),
        fault(BrokenRenames.RenamesBeforeItChecksHashes.class, HASH_TAKEN),
        fault(
            BrokenRenames.KeepsOldNames.class,
            "a_new_name_is_found_and_the_old_one_is_free",
            "of_many_tokens_that_get_the_same_name_exactly_one_gets_it"),
        fault(
            BrokenUses.KeepsAddress.class,
            "the_address_of_the_later_use_wins_even_if_it_has_none",
            "a_use_that_replaces_an_implausible_one_replaces_its_address",
            SEQUENCES),
        fault(
            BrokenUses.ReplacesAddressOfLaterUse.class,
            "the_address_of_the_later_use_wins_even_if_it_has_none",
            "a_use_at_the_same_time_keeps_the_known_address",
            SEQUENCES),
        fault(
            BrokenUses.ReplacesAddressAtSameTime.class,
            "a_use_at_the_same_time_keeps_the_known_address",
            HISTORIES,
            SEQUENCES),
        fault(BrokenUses.CutsAddresses.class, "an_address_of_45_characters_is_recorded_completely"),
        fault(
            BrokenUses.DeletesLivingToken.class,
            "compares_the_instant_to_the_nanosecond",
            "a_token_without_expiry_is_never_deleted",
            SEQUENCES),
        fault(
            BrokenUses.TruncatesDeletion.class,
            "compares_the_instant_to_the_nanosecond",
            SEQUENCES),
        fault(
            BrokenUses.ChecksThenDeletes.class,
            "of_a_deletion_and_a_renewal_exactly_one_succeeds"));
  }
}

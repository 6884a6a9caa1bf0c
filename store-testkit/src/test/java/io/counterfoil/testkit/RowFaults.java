package io.counterfoil.testkit;

import static io.counterfoil.testkit.BrokenStoresTest.SEQUENCES;
import static io.counterfoil.testkit.BrokenStoresTest.fault;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Broken stores with the tests that cover their faults in rows, ids, lookups and changes of many rows. */
final class RowFaults {
  private static final String HASH_TAKEN =
      "the_hash_of_another_token_is_refused_whatever_its_tag_and_nothing_changes";
  private static final String EXACTLY_ONE_PAGE =
      "a_token_that_exists_from_first_to_last_page_is_on_exactly_one_despite_other_changes";
  private static final String IMPLAUSIBLE_USE =
      "a_stored_time_after_the_latest_plausible_one_is_replaced";
  private static final String EVERY_LIMIT = "accepts_every_limit_from_1_to_the_greatest_int";
  private static final String EXTREME_IDS = "accepts_negative_and_greatest_values_of_after_id";
  private static final String ONE_OF_ONE_KEY =
      "of_many_callers_with_the_same_key_exactly_one_inserts_and_the_others_get_nothing";
  private static final String ONE_OF_NODES =
      "of_nodes_that_start_at_once_one_creates_each_token_and_none_fails";

  private RowFaults() {}

  static Stream<Arguments> all() {
    return Stream.of(
        fault(
            BrokenOnce.ForgetsKeysOfDeletedTokens.class,
            "a_key_stays_recorded_whatever_becomes_of_its_token",
            "a_key_creates_one_token_even_if_it_is_deleted",
            "an_imported_hash_is_imported_once_even_if_its_token_is_deleted",
            "a_leaked_plaintext_is_not_imported_again_even_if_its_token_is_deleted",
            ONE_OF_NODES,
            SEQUENCES),
        fault(
            BrokenOnce.RecordsKeysOfRefusedTokens.class,
            "a_taken_name_or_hash_is_refused_and_the_key_is_not_recorded",
            "of_many_callers_with_the_same_name_exactly_one_inserts_and_only_its_key_is_recorded",
            "a_caller_that_finds_the_key_recorded_finds_the_token",
            SEQUENCES),
        fault(BrokenOnce.RecordsKeysAfterTokens.class, ONE_OF_ONE_KEY, ONE_OF_NODES),
        fault(
            BrokenOnce.ReportsDuplicatesOfRecordedKeys.class,
            "a_recorded_key_inserts_nothing_whatever_the_token",
            ONE_OF_ONE_KEY,
            SEQUENCES),
        fault(BrokenOnce.CutsKeys.class, "keys_are_compared_exactly_and_completely"),
        fault(
            BrokenInserts.IgnoresCase.class,
            "names_are_stored_and_compared_code_point_by_code_point",
            SEQUENCES),
        fault(
            BrokenPages.PadsOwners.class,
            "owners_are_stored_and_compared_code_point_by_code_point"),
        fault(
            BrokenInserts.ReusesIds.class,
            "an_id_is_never_reused_even_after_the_token_is_deleted",
            SEQUENCES),
        fault(
            BrokenInserts.ChecksThenInserts.class,
            "of_many_callers_that_insert_the_same_owner_and_name_exactly_one_succeeds"),
        fault(BrokenInserts.AcceptsDuplicateHashes.class, HASH_TAKEN, SEQUENCES),
        fault(
            BrokenLookups.IgnoresPreviousHashes.class,
            "finds_a_token_by_its_previous_hash",
            SEQUENCES),
        fault(
            BrokenLookups.HidesDisabledTokens.class,
            "finds_disabled_and_expired_tokens_too",
            SEQUENCES),
        fault(
            BrokenLookups.CachesForever.class,
            "neither_hash_of_a_deleted_token_finds_it",
            "the_first_hash_no_longer_finds_the_token_after_two_rotations",
            "a_token_that_one_manager_enables_or_disables_is_accepted_or_rejected_by_another",
            "a_token_that_one_manager_deletes_is_rejected_by_another",
            SEQUENCES),
        fault(
            BrokenLookups.FindsAnyHash.class,
            "finds_nothing_by_an_unknown_hash",
            "finds_nothing_by_a_hash_that_differs_in_one_bit",
            "a_plaintext_with_any_one_character_changed_is_rejected",
            "a_plaintext_with_any_letter_in_the_other_case_is_rejected",
            "a_stored_hash_presented_as_a_plaintext_is_rejected",
            "the_same_plaintext_always_finds_the_same_row",
            SEQUENCES),
        fault(BrokenPages.SkipsBetweenPages.class, EXACTLY_ONE_PAGE, SEQUENCES),
        fault(BrokenPages.RepeatsBetweenPages.class, EXACTLY_ONE_PAGE, SEQUENCES),
        fault(
            BrokenChanges.ReportsOnlyChangedRows.class,
            "returns_true_if_the_token_is_disabled_already",
            SEQUENCES),
        fault(
            BrokenChanges.DisablesByWritingWholeRows.class,
            "wins_over_a_concurrent_enable_or_disable",
            "neither_undoes_nor_is_undone_by_concurrent_updates_and_uses",
            "wins_over_a_concurrent_enable_disable_or_use"),
        fault(
            BrokenChanges.RecordsUsesByWritingWholeRows.class,
            "does_not_undo_a_concurrent_enable_disable_or_rotation",
            "does_not_restore_a_token_that_is_deleted_concurrently",
            "wins_over_a_concurrent_enable_disable_or_use"),
        fault(BrokenChanges.KeepsImplausibleUses.class, IMPLAUSIBLE_USE),
        fault(BrokenChanges.ReplacesLatestPlausibleUse.class, IMPLAUSIBLE_USE),
        fault(
            BrokenChanges.KeepsLastRecordedUse.class,
            "the_later_time_wins",
            "of_concurrent_batches_in_any_order_the_latest_time_wins",
            IMPLAUSIBLE_USE),
        fault(
            BrokenInserts.LeaksHashInMessage.class,
            "no_exception_message_contains_a_name_an_owner_or_a_hash"),
        fault(
            BrokenHashes.ComparesTags.class,
            "finds_the_bytes_of_either_hash_under_any_tag_and_returns_the_tags_that_are_stored",
            SEQUENCES),
        fault(BrokenHashes.ReportsDuplicatesAsFailures.class, HASH_TAKEN, SEQUENCES),
        fault(
            BrokenChanges.DeletesAtExpiryInstant.class,
            "deletes_the_tokens_that_expire_before_an_instant_and_returns_their_number",
            SEQUENCES),
        fault(
            BrokenLookups.ChecksFirstCandidateOnly.class,
            "finds_a_token_by_any_of_several_hashes",
            SEQUENCES),
        fault(
            BrokenLookups.FindsNamesOfAnyOwner.class,
            "finds_a_token_by_owner_and_name",
            "finds_nothing_for_another_owner_or_another_name",
            SEQUENCES),
        fault(
            BrokenChanges.DisablesEveryOwner.class,
            "disables_the_tokens_of_one_owner_and_changes_nothing_else",
            "does_not_confuse_similar_owners",
            SEQUENCES),
        fault(
            BrokenChanges.CountsDisabledTokens.class,
            "returns_the_number_of_tokens_that_were_enabled",
            SEQUENCES),
        fault(BrokenChanges.DeletesOwnersIgnoringCase.class, "does_not_confuse_similar_owners"),
        fault(
            BrokenRows.RemovesControlCharacters.class,
            "names_are_stored_and_compared_code_point_by_code_point",
            "owners_are_stored_and_compared_code_point_by_code_point"),
        fault(
            BrokenRows.UsesHybridCalendar.class,
            "instants_from_year_0_to_year_9999_are_returned_to_the_millisecond"),
        fault(
            BrokenRows.CutsOwners.class,
            "owners_of_255_four_byte_code_points_are_stored_and_compared_completely"),
        fault(BrokenRows.StartsTrackingOnUse.class, "no_method_changes_the_start_of_use_tracking"),
        fault(BrokenPages.TreatsIdsAsPositions.class, EVERY_LIMIT, EXTREME_IDS),
        fault(BrokenPages.OverflowsAfterGreatestId.class, EXTREME_IDS),
        fault(
            BrokenPages.ListsChangedRowsLast.class,
            "keeps_the_order_when_tokens_change",
            "keeps_the_order_when_tokens_change_and_match_as_before"),
        fault(
            BrokenPages.LimitsBeforeFiltering.class,
            "repeated_calls_delete_all_expired_tokens_and_no_others"),
        fault(
            BrokenPages.IgnoresDeleteLimit.class,
            "repeated_calls_delete_all_expired_tokens_and_no_others",
            EVERY_LIMIT),
        fault(BrokenPages.RewritesRemainingRows.class, "does_not_undo_a_concurrent_disable_or_use"),
        fault(
            BrokenChanges.LosesDeadlocks.class,
            "tokens_that_are_disabled_while_uses_are_recorded_are_all_disabled_and_used"),
        fault(
            BrokenRows.TrimsDescriptions.class,
            "an_empty_description_and_a_blank_one_are_different",
            "descriptions_are_stored_code_point_by_code_point_and_need_not_be_unique"),
        fault(
            BrokenRows.CutsDescriptions.class,
            "a_description_of_200_four_byte_code_points_is_returned_unchanged"),
        fault(
            BrokenRows.CutsRevisions.class, "any_revision_is_returned_unchanged_and_can_be_raised"),
        fault(
            BrokenWatches.IgnoresRights.class,
            "reports_each_change_that_can_invalidate_a_plaintext"),
        fault(
            BrokenWatches.ComparesIds.class, "reports_each_change_that_can_invalidate_a_plaintext"),
        fault(
            BrokenWatches.ReportsWrongToken.class,
            "reports_each_change_that_can_invalidate_a_plaintext"),
        fault(
            BrokenWatches.SharesStateBetweenWatches.class,
            "each_of_several_watches_reports_all_changes_since_its_creation"),
        fault(
            BrokenWatches.IgnoresClose.class,
            "a_waiting_call_returns_soon_after_the_watch_is_closed",
            "after_close_a_second_close_does_nothing_and_other_calls_throw"),
        fault(
            BrokenWatches.KeepsWaitersAfterClose.class,
            "a_waiting_call_returns_soon_after_the_watch_is_closed"),
        fault(
            BrokenWatches.ThrowsOnSecondClose.class,
            "after_close_a_second_close_does_nothing_and_other_calls_throw"),
        fault(BrokenWatches.IgnoresInterrupts.class, "an_interrupted_thread_stops_waiting"));
  }
}

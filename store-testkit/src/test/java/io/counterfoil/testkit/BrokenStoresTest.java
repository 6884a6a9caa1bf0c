package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A contract is worth what it catches: each broken store fails the sentences that it breaks. */
class BrokenStoresTest {
  /** How often races and random sequences may be run until one meets the fault. Most do the first time. */
  private static final int TRIES = 50;

  private static final String SEQUENCES = "any_sequence_of_operations_leaves_store_and_model_equal";
  private static final String ONE_PAGE =
      "a_token_that_is_there_from_the_first_page_to_the_last_is_on_exactly_one_of_them_whatever_else_comes_and_goes";
  private static final String EVERY_LIMIT = "every_limit_from_1_to_the_greatest_integer_is_kept";
  private static final String ENDS_OF_IDS =
      "every_id_is_greater_than_a_negative_one_and_none_than_the_greatest";

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            BrokenInserts.IgnoresCase.class,
            "names_are_kept_and_compared_code_point_for_code_point",
            SEQUENCES),
        fault(
            BrokenPages.PadsOwners.class, "owners_are_kept_and_compared_code_point_for_code_point"),
        fault(
            BrokenInserts.ReusesIds.class,
            "an_id_is_never_used_again_not_even_after_the_token_is_deleted",
            SEQUENCES),
        fault(
            BrokenInserts.ChecksThenInserts.class,
            "of_any_number_of_callers_that_add_the_same_name_for_the_same_owner_at_once_exactly_one_succeeds"),
        fault(
            BrokenInserts.AcceptsDuplicateHashes.class,
            "a_hash_that_is_there_already_is_a_failure_of_the_store_and_nothing_is_changed",
            SEQUENCES),
        fault(
            BrokenLookups.IgnoresPreviousHashes.class,
            "finds_the_token_whose_previous_hash_is_this_one",
            SEQUENCES),
        fault(
            BrokenLookups.HidesDisabledTokens.class,
            "does_not_judge_whether_the_token_is_active",
            SEQUENCES),
        fault(
            BrokenLookups.CachesForever.class,
            "neither_hash_of_a_deleted_token_finds_it",
            "the_first_hash_finds_the_token_no_more_after_two_rotations",
            "what_one_manager_switches_is_in_force_on_another",
            "a_token_that_one_manager_deletes_is_rejected_by_another",
            SEQUENCES),
        fault(
            BrokenLookups.FindsAnyHash.class,
            "finds_nothing_under_a_hash_that_is_not_there",
            "finds_nothing_under_a_hash_that_differs_in_one_bit",
            "a_plaintext_with_any_one_character_changed_is_rejected",
            "a_plaintext_with_any_letter_in_the_other_case_is_rejected",
            "a_stored_hash_presented_as_a_plaintext_is_rejected",
            "the_same_plaintext_always_finds_the_same_row",
            SEQUENCES),
        fault(BrokenPages.SkipsBetweenPages.class, ONE_PAGE, SEQUENCES),
        fault(BrokenPages.RepeatsBetweenPages.class, ONE_PAGE, SEQUENCES),
        fault(
            BrokenChanges.ReportsOnlyChangedRows.class,
            "is_true_for_a_token_that_is_as_it_should_be_already",
            SEQUENCES),
        fault(
            BrokenChanges.EnablesByWritingWholeRows.class,
            "wins_over_a_switch_made_at_the_same_time",
            "does_not_undo_a_rotation_made_at_the_same_time_nor_is_undone_by_it",
            "wins_over_a_switch_or_a_use_made_at_the_same_time"),
        fault(
            BrokenChanges.RecordsUsesByWritingWholeRows.class,
            "does_not_undo_a_switch_or_a_rotation_made_at_the_same_time",
            "does_not_bring_back_a_token_that_is_deleted_at_the_same_time",
            "wins_over_a_switch_or_a_use_made_at_the_same_time"),
        fault(
            BrokenChanges.RotatesByDeleteAndInsert.class,
            "neither_hash_is_ever_missing_while_a_token_is_rotated_switched_and_used"),
        fault(BrokenInserts.LeaksHashInMessage.class, "no_message_shows_a_name_an_owner_or_a_hash"),
        fault(
            BrokenChanges.IgnoresExpectedHash.class,
            "is_false_if_the_hash_is_another_one_and_nothing_is_changed",
            "of_any_number_of_callers_that_expect_the_same_hash_one_succeeds",
            SEQUENCES),
        fault(
            BrokenChanges.DeletesAtExpiryInstant.class,
            "deletes_tokens_whose_expiry_lies_before_an_instant_and_returns_how_many",
            SEQUENCES),
        fault(
            BrokenLookups.ChecksFirstCandidateOnly.class,
            "finds_the_token_whose_hash_is_any_of_several",
            SEQUENCES),
        fault(
            BrokenLookups.FindsNamesOfAnyOwner.class,
            "finds_the_token_of_that_owner_with_this_name",
            "finds_nothing_for_another_owner_or_another_name",
            SEQUENCES),
        fault(
            BrokenChanges.DisablesEveryOwner.class,
            "switches_the_tokens_of_one_owner_off_and_changes_nothing_else",
            "takes_no_owner_for_another_one_that_looks_like_it",
            SEQUENCES),
        fault(BrokenChanges.CountsDisabledTokens.class, "returns_how_many_were_on", SEQUENCES),
        fault(
            BrokenChanges.RotatesInsteadOfRehashing.class,
            "puts_another_hash_in_the_place_of_the_expected_one_and_changes_nothing_else",
            "a_tag_goes_with_its_hash",
            "of_a_rotation_and_a_rehash_that_expect_the_same_hash_one_succeeds",
            SEQUENCES),
        fault(
            BrokenChanges.ChecksThenRehashes.class,
            "of_a_rotation_and_a_rehash_that_expect_the_same_hash_one_succeeds"),
        fault(BrokenChanges.ExtendsPreviousHash.class, "the_earlier_end_wins"),
        fault(
            BrokenChanges.DeletesOwnersIgnoringCase.class,
            "takes_no_owner_for_another_one_that_looks_like_it"),
        fault(
            BrokenRows.RemovesControlCharacters.class,
            "names_are_kept_and_compared_code_point_for_code_point",
            "owners_are_kept_and_compared_code_point_for_code_point"),
        fault(
            BrokenRows.UsesHybridCalendar.class,
            "instants_of_all_times_come_back_to_the_millisecond"),
        fault(
            BrokenRows.StartsTrackingOnUse.class, "no_method_changes_since_when_uses_are_recorded"),
        fault(BrokenPages.TreatsIdsAsPositions.class, EVERY_LIMIT, ENDS_OF_IDS),
        fault(BrokenPages.OverflowsAfterGreatestId.class, ENDS_OF_IDS),
        fault(BrokenPages.ListsChangedRowsLast.class, "keeps_the_order_when_tokens_change"),
        fault(
            BrokenPages.LimitsBeforeFiltering.class,
            "called_until_it_returns_0_it_deletes_all_of_them_and_leaves_the_rest"),
        fault(
            BrokenPages.IgnoresDeleteLimit.class,
            "called_until_it_returns_0_it_deletes_all_of_them_and_leaves_the_rest",
            EVERY_LIMIT),
        fault(
            BrokenPages.RewritesRemainingRows.class,
            "does_not_undo_a_switch_or_a_use_made_at_the_same_time"),
        fault(
            BrokenWatches.ComparesIds.class,
            "tells_of_each_change_that_ends_what_a_token_was_good_for"),
        fault(
            BrokenWatches.ReportsWrongToken.class,
            "tells_of_each_change_that_ends_what_a_token_was_good_for"),
        fault(
            BrokenWatches.SharesStateBetweenWatches.class,
            "each_of_several_tells_of_everything_since_it_was_made"),
        fault(
            BrokenWatches.IgnoresClose.class,
            "a_call_under_way_comes_back_soon_when_the_watch_is_closed",
            "once_the_watch_is_closed_a_second_close_does_nothing_and_calls_throw"),
        fault(
            BrokenWatches.KeepsWaitersAfterClose.class,
            "a_call_under_way_comes_back_soon_when_the_watch_is_closed"),
        fault(
            BrokenWatches.ThrowsOnSecondClose.class,
            "once_the_watch_is_closed_a_second_close_does_nothing_and_calls_throw"),
        fault(
            BrokenWatches.IgnoresInterrupts.class, "a_thread_that_is_interrupted_waits_no_longer"));
  }

  private static Arguments fault(Class<? extends TokenStoreContract> contract, String... broken) {
    return arguments(contract, Set.of(broken));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_broken_store_fails_the_sentences_that_it_breaks(
      Class<? extends TokenStoreContract> contract, Set<String> broken) {
    Set<String> failed = new TreeSet<>();
    Set<String> missing = new TreeSet<>(broken);
    for (int i = 0; i < TRIES && !missing.isEmpty(); i++) {
      failed.addAll(failed(contract, missing));
      missing.removeAll(failed);
    }
    assertThat(failed).containsExactlyInAnyOrderElementsOf(broken);
  }

  @Test
  void a_sound_store_fails_none() {
    List<?> parts = faults().map(fault -> fault.get()[1]).toList();
    Set<String> all = new TreeSet<>();
    parts.forEach(part -> ((Set<?>) part).forEach(sentence -> all.add((String) sentence)));
    assertThat(failed(ModelStoreTest.class, all)).isEmpty();
    assertThat(failed(BrokenWatches.Correct.class, all)).isEmpty();
  }

  /** Runs those sentences of a contract and returns the ones that failed. */
  private static Set<String> failed(
      Class<? extends TokenStoreContract> contract, Set<String> sentences) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(contract))
        .filters(only(sentences))
        .configurationParameter("jqwik.database", "")
        .configurationParameter("jqwik.shrinking.default", "OFF")
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .build();
    Set<String> failed = new TreeSet<>();
    LauncherFactory.create().execute(request, new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
          failed.add(sentence(test.getSource()).orElseThrow());
        }
      }
    });
    return failed;
  }

  private static PostDiscoveryFilter only(Set<String> sentences) {
    return (TestDescriptor test) -> FilterResult.includedIf(test.isContainer()
        || sentence(test.getSource()).filter(sentences::contains).isPresent());
  }

  private static Optional<String> sentence(Optional<TestSource> source) {
    return source
        .filter(org.junit.platform.engine.support.descriptor.MethodSource.class::isInstance)
        .map(org.junit.platform.engine.support.descriptor.MethodSource.class::cast)
        .map(org.junit.platform.engine.support.descriptor.MethodSource::getMethodName);
  }
}

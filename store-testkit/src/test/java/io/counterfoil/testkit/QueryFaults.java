package io.counterfoil.testkit;

import static io.counterfoil.testkit.BrokenStoresTest.HISTORIES;
import static io.counterfoil.testkit.BrokenStoresTest.SEQUENCES;
import static io.counterfoil.testkit.BrokenStoresTest.fault;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Broken stores with the tests that cover their faults in queries. */
final class QueryFaults {

  private QueryFaults() {}

  static Stream<Arguments> all() {
    return Stream.of(
        fault(
            BrokenQueries.SearchesWithWildcards.class,
            "no_character_is_a_wildcard_or_an_escape",
            "similar_texts_are_confused_only_if_they_differ_only_in_case"),
        fault(
            BrokenQueries.SearchesCaseSensitively.class,
            "upper_and_lower_case_are_equal",
            "an_updated_token_is_selected_by_its_new_columns_only",
            HISTORIES,
            SEQUENCES),
        fault(
            BrokenQueries.FoldsAsciiOnly.class,
            "upper_and_lower_case_are_equal_beyond_ascii_too",
            "similar_texts_are_confused_only_if_they_differ_only_in_case"),
        fault(
            BrokenQueries.FoldsWholeTexts.class,
            "code_points_are_neither_expanded_nor_normalised",
            "similar_texts_are_confused_only_if_they_differ_only_in_case"),
        fault(
            BrokenQueries.StripsSearch.class, "spaces_at_either_end_are_part_of_the_searched_text"),
        fault(
            BrokenQueries.SearchesStarts.class,
            "finds_a_text_at_the_start_at_the_end_within_and_as_the_whole_name"),
        fault(
            BrokenQueries.KeepsFoldedNameOfInsert.class,
            "a_renamed_token_is_found_by_its_new_name_only",
            "an_updated_token_is_selected_by_its_new_columns_only",
            HISTORIES,
            SEQUENCES),
        fault(
            BrokenQueries.FindsScopesWithinOthers.class,
            "a_scope_selects_the_tokens_that_have_exactly_this_scope",
            SEQUENCES),
        fault(
            BrokenQueries.IgnoresCaseOfScopes.class,
            "a_scope_selects_the_tokens_that_have_exactly_this_scope"),
        fault(
            BrokenQueries.ComparesScopesWithWildcards.class,
            "no_character_of_a_scope_is_a_wildcard"),
        fault(
            BrokenQueries.FindsUnrestrictedByAnyScope.class,
            "a_scope_selects_the_tokens_that_have_exactly_this_scope"),
        fault(
            BrokenQueries.ExpiresAtOrAfter.class,
            "expires_after_selects_to_the_millisecond_and_never_tokens_without_expiry",
            SEQUENCES),
        fault(
            BrokenQueries.ExpiresBefore.class,
            "expires_by_selects_to_the_millisecond_and_never_tokens_without_expiry",
            SEQUENCES),
        fault(
            BrokenQueries.UnusedAtOrSince.class,
            "unused_since_compares_the_last_use_or_else_the_start_of_tracking",
            SEQUENCES),
        fault(
            BrokenQueries.SelectsEndlessTokens.class,
            "expires_after_selects_to_the_millisecond_and_never_tokens_without_expiry",
            SEQUENCES),
        fault(
            BrokenQueries.SelectsUntrackedTokens.class,
            "unused_since_compares_the_last_use_or_else_the_start_of_tracking",
            SEQUENCES),
        fault(
            BrokenQueries.IgnoresUses.class,
            "unused_since_compares_the_last_use_or_else_the_start_of_tracking",
            SEQUENCES),
        fault(BrokenQueries.OverflowsInstants.class, "conditions_accept_every_instant"),
        fault(
            BrokenQueries.JoinsConditionsByOr.class,
            "a_query_selects_the_tokens_that_fulfil_all_of_its_conditions",
            SEQUENCES),
        fault(
            BrokenQueries.LimitsBeforeFiltering.class,
            "an_owner_selects_the_tokens_of_that_owner_even_if_disabled_or_expired",
            "returns_the_first_limit_tokens_whose_id_is_greater_than_after_id",
            "a_token_that_starts_or_ends_to_match_between_pages_is_on_at_most_one",
            SEQUENCES),
        fault(
            BrokenQueries.CountsEveryToken.class,
            "enabled_selects_tokens_by_their_present_state",
            "a_query_selects_the_tokens_that_fulfil_all_of_its_conditions",
            SEQUENCES),
        fault(BrokenQueries.CountsOnePage.class, "counts_more_tokens_than_a_page_has"));
  }
}

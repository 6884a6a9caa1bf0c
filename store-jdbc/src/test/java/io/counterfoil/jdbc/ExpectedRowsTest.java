package io.counterfoil.jdbc;

import static io.counterfoil.jdbc.ChangeReport.Status.ACKNOWLEDGED;
import static io.counterfoil.jdbc.ChangeReport.Status.FAILED;
import static io.counterfoil.jdbc.ChangeReport.Status.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The crash tests detect only the contradictions that {@link ExpectedRows} detects. */
class ExpectedRowsTest {
  private static final StoredToken ROW = Samples.token("row").withId(7);

  private final ExpectedRows expected = new ExpectedRows();

  @BeforeEach
  void insert() {
    start(RowChange.INSERT);
    acknowledge(RowChange.INSERT);
  }

  @Test
  void an_acknowledged_row_that_is_unchanged_is_no_contradiction() {
    assertThat(expected.contradictions(List.of(ROW))).isEmpty();
  }

  @Test
  void a_lost_row_is_detected() {
    assertThat(expected.contradictions(List.of())).hasSize(1);
  }

  @Test
  void a_row_that_no_process_inserted_is_detected() {
    StoredToken other = Samples.token("other").withId(8);
    assertThat(expected.contradictions(List.of(ROW, other))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = RowChange.class, mode = EnumSource.Mode.MATCH_NONE, names = "INSERT.*")
  void a_lost_change_is_detected(RowChange change) {
    start(change);
    acknowledge(change);
    assertThat(expected.contradictions(List.of(ROW))).hasSize(1);
    assertThat(expected.contradictions(rows(change.resultFor(ROW)))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = RowChange.class, mode = EnumSource.Mode.MATCH_NONE, names = "INSERT.*")
  void a_change_in_flight_was_made_or_was_not_made_and_nothing_else(RowChange change) {
    start(change);
    assertThat(expected.contradictions(List.of(ROW))).isEmpty();
    assertThat(expected.contradictions(rows(change.resultFor(ROW)))).isEmpty();
    assertThat(expected.contradictions(List.of(ROW.used(Samples.use(77), Instant.MAX))))
        .hasSize(1);
  }

  @Test
  void a_failed_change_is_a_change_in_flight() {
    start(RowChange.DISABLE);
    expected.add(new ChangeReport(FAILED, RowChange.DISABLE, ROW.id(), ROW.name()));
    assertThat(expected.inFlight()).isEqualTo(1);
    assertThat(expected.contradictions(List.of(ROW))).isEmpty();
    assertThat(expected.contradictions(List.of(ROW.disabled()))).isEmpty();
  }

  @Test
  void an_acknowledged_row_with_another_id_is_detected() {
    assertThat(expected.contradictions(List.of(ROW.withId(8)))).hasSize(1);
  }

  @Test
  void an_insert_in_flight_leaves_the_whole_row_with_a_new_id_or_nothing() {
    expected.add(new ChangeReport(STARTED, RowChange.INSERT, StoredToken.UNSAVED, "new"));
    StoredToken whole = Samples.token("new");
    assertThat(expected.contradictions(List.of(ROW))).isEmpty();
    assertThat(expected.contradictions(List.of(ROW, whole.withId(8)))).isEmpty();
    assertThat(expected.contradictions(List.of(ROW, withoutScopes(whole.withId(8)))))
        .hasSize(1);
    assertThat(expected.contradictions(List.of(ROW, whole.withId(ROW.id())))).hasSize(1);
  }

  @Test
  void a_key_is_expected_if_its_insert_was_acknowledged_or_its_row_is_there() {
    expected.add(new ChangeReport(STARTED, RowChange.INSERT_ONCE, StoredToken.UNSAVED, "new"));
    StoredToken row = Samples.token("new").withId(8);
    assertThat(expected.contradictoryKeys(List.of(ROW), key -> false)).isEmpty();
    assertThat(expected.contradictoryKeys(List.of(ROW), "new"::equals)).containsExactly("new");
    assertThat(expected.contradictoryKeys(List.of(ROW, row), "new"::equals)).isEmpty();
    assertThat(expected.contradictoryKeys(List.of(ROW, row), key -> false)).containsExactly("new");
    expected.add(new ChangeReport(ACKNOWLEDGED, RowChange.INSERT_ONCE, 8, "new"));
    assertThat(expected.contradictoryKeys(List.of(ROW), key -> false)).containsExactly("new");
    assertThat(expected.contradictoryKeys(List.of(ROW), "new"::equals)).isEmpty();
    assertThat(expected.contradictoryKeys(List.of(ROW), key -> true)).containsExactly("row");
  }

  @Test
  void an_id_that_is_assigned_again_is_detected() {
    start(RowChange.DELETE);
    acknowledge(RowChange.DELETE);
    assertThat(expected.contradictions(List.of())).isEmpty();
    expected.startNextProcess();
    expected.add(new ChangeReport(STARTED, RowChange.INSERT, StoredToken.UNSAVED, "new"));
    expected.add(new ChangeReport(ACKNOWLEDGED, RowChange.INSERT, ROW.id(), "new"));
    assertThat(expected.contradictions(List.of(Samples.token("new").withId(ROW.id()))))
        .containsExactly("the id 7 was assigned again, to new");
  }

  private void start(RowChange change) {
    expected.add(new ChangeReport(STARTED, change, ROW.id(), ROW.name()));
  }

  private void acknowledge(RowChange change) {
    expected.add(new ChangeReport(ACKNOWLEDGED, change, ROW.id(), ROW.name()));
  }

  private static List<StoredToken> rows(Optional<StoredToken> row) {
    return row.stream().toList();
  }

  private static StoredToken withoutScopes(StoredToken row) {
    return row.toBuilder().scopes(Set.of()).build();
  }
}

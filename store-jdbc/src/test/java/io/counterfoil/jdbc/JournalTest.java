package io.counterfoil.jdbc;

import static io.counterfoil.jdbc.Report.Word.ACKNOWLEDGED;
import static io.counterfoil.jdbc.Report.Word.FAILED;
import static io.counterfoil.jdbc.Report.Word.INTENDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The crash tests are worth what their journal notices. */
class JournalTest {
  private static final StoredToken ROW = Samples.token("row").withId(7);

  private final Journal journal = new Journal();

  @BeforeEach
  void insert() {
    intended(Change.INSERT);
    acknowledged(Change.INSERT);
  }

  @Test
  void a_row_that_is_as_it_was_acknowledged_is_no_contradiction() {
    assertThat(journal.contradictions(List.of(ROW))).isEmpty();
  }

  @Test
  void a_lost_row_is_noticed() {
    assertThat(journal.contradictions(List.of())).hasSize(1);
  }

  @Test
  void a_row_from_nowhere_is_noticed() {
    StoredToken other = Samples.token("other").withId(8);
    assertThat(journal.contradictions(List.of(ROW, other))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = Change.class, mode = EnumSource.Mode.EXCLUDE, names = "INSERT")
  void a_change_that_came_undone_is_noticed(Change change) {
    intended(change);
    acknowledged(change);
    assertThat(journal.contradictions(List.of(ROW))).hasSize(1);
    assertThat(journal.contradictions(rows(change.of(ROW)))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Change.class, mode = EnumSource.Mode.EXCLUDE, names = "INSERT")
  void a_change_in_flight_may_be_made_or_not_but_nothing_else(Change change) {
    intended(change);
    assertThat(journal.contradictions(List.of(ROW))).isEmpty();
    assertThat(journal.contradictions(rows(change.of(ROW)))).isEmpty();
    assertThat(journal.contradictions(List.of(ROW.used(Samples.NOW.plusSeconds(77)))))
        .hasSize(1);
  }

  @Test
  void a_change_that_failed_is_one_in_flight() {
    intended(Change.DISABLE);
    journal.take(new Report(FAILED, Change.DISABLE, ROW.id(), ROW.name()));
    assertThat(journal.inFlight()).isEqualTo(1);
    assertThat(journal.contradictions(List.of(ROW))).isEmpty();
    assertThat(journal.contradictions(List.of(ROW.withEnabled(false)))).isEmpty();
  }

  @Test
  void a_row_that_was_acknowledged_under_another_id_is_noticed() {
    assertThat(journal.contradictions(List.of(ROW.withId(8)))).hasSize(1);
  }

  @Test
  void a_row_in_flight_may_be_there_under_a_new_id_whole_or_not_at_all() {
    journal.take(new Report(INTENDED, Change.INSERT, StoredToken.UNSAVED, "new"));
    StoredToken whole = Samples.token("new");
    assertThat(journal.contradictions(List.of(ROW))).isEmpty();
    assertThat(journal.contradictions(List.of(ROW, whole.withId(8)))).isEmpty();
    assertThat(journal.contradictions(List.of(ROW, withoutScopes(whole.withId(8)))))
        .hasSize(1);
    assertThat(journal.contradictions(List.of(ROW, whole.withId(ROW.id())))).hasSize(1);
  }

  @Test
  void an_id_that_is_given_again_is_noticed() {
    intended(Change.DELETE);
    acknowledged(Change.DELETE);
    assertThat(journal.contradictions(List.of())).isEmpty();
    journal.nextProcess();
    journal.take(new Report(INTENDED, Change.INSERT, StoredToken.UNSAVED, "new"));
    journal.take(new Report(ACKNOWLEDGED, Change.INSERT, ROW.id(), "new"));
    assertThat(journal.contradictions(List.of(Samples.token("new").withId(ROW.id()))))
        .containsExactly("the id 7 was given again, to new");
  }

  private void intended(Change change) {
    journal.take(new Report(INTENDED, change, ROW.id(), ROW.name()));
  }

  private void acknowledged(Change change) {
    journal.take(new Report(ACKNOWLEDGED, change, ROW.id(), ROW.name()));
  }

  private static List<StoredToken> rows(Optional<StoredToken> row) {
    return row.stream().toList();
  }

  private static StoredToken withoutScopes(StoredToken row) {
    return new StoredToken(
        row.id(),
        row.owner(),
        row.name(),
        row.hash(),
        row.previous(),
        row.enabled(),
        Set.of(),
        row.allowedAddresses(),
        row.createdAt(),
        row.expiresAt(),
        row.trackedSince(),
        row.lastUsedAt());
  }
}

package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.UNIQUE_NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories that break {@link NameRule}, and others that look similar but are legal. */
class NameRuleTest {
  private static final Operation DISABLE = Operation.disable("t1");
  private static final Operation DELETE = Operation.delete("t1");

  @Test
  void two_tokens_do_not_have_one_name() {
    assertThat(Calls.of().create(1).create(2, 10, 20, "name-1").broken())
        .containsExactly(UNIQUE_NAMES);
    assertThat(Calls.of().create(1).create(2, 10, 20, "name-2").broken()).isEmpty();
  }

  @Test
  void the_name_of_a_token_that_may_be_deleted_is_free() {
    assertThat(Calls.of().create(1).lost(21, DELETE).create(2, 10, 20, "name-1").broken())
        .containsExactly(UNIQUE_NAMES);
    assertThat(Calls.of().create(1).lost(20, DELETE).create(2, 10, 20, "name-1").broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .lost(9, DELETE)
            .create(2, 10, 20, "name-1")
            .read(21, 22, true, "v0")
            .broken())
        .containsExactly(UNIQUE_NAMES);
  }

  @Test
  void a_list_that_is_read_while_a_name_moves_to_another_token_may_show_both() {
    Row first = new Row(1, "name-1", true, "v0", "v0");
    Row second = new Row(2, "name-1", true, "v0", "v0");
    assertThat(Calls.of()
            .create(1)
            .done(11, 12, DELETE)
            .create(2, 13, 14, "name-1")
            .list(10, 20, first, second)
            .broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .lost(11, DELETE)
            .lost(12, Operation.create("t2", "t2/1", "name-1", "v0"))
            .list(20, 30, first, second)
            .list(40, 50, first, second)
            .broken())
        .containsExactly(UNIQUE_NAMES);
  }

  @Test
  void a_row_may_be_the_token_of_a_creation_whose_outcome_is_unknown() {
    Calls lost = Calls.of()
        .lost(0, Operation.create("t1", "t1/1", "name-1", "v0"))
        .done(10, 11, DISABLE)
        .list(20, 30, new Row(7, "name-1", false, "v0", "v0"));
    assertThat(lost.broken()).isEmpty();
    assertThat(lost.create(2, 40, 50, "name-1").broken()).containsExactly(UNIQUE_NAMES);
  }
}

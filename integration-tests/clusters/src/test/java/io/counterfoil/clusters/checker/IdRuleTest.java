package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.UNIQUE_IDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories that break {@link IdRule}, and others that look similar but are legal. */
class IdRuleTest {
  private static final Operation DELETE = Operation.delete("t1");

  @Test
  void an_id_is_not_used_again_after_its_token_was_deleted() {
    Operation create = Operation.create("t2", "t2/1", "name-2", "v0");
    Result again = Result.done(new Row(1, "name-2", true, "v0", "v0"));
    Calls deleted = Calls.of().create(1).done(10, 20, DELETE);
    assertThat(deleted.broken()).isEmpty();
    assertThat(deleted.call(30, 40, create, again).broken()).contains(UNIQUE_IDS);
  }

  @Test
  void a_list_shows_no_other_token_with_a_known_id() {
    assertThat(Calls.of()
            .create(1)
            .list(10, 20, new Row(1, "name-2", true, "v0", "v0"))
            .broken())
        .containsExactly(UNIQUE_IDS);
    Row row = new Row(1, "name-1", true, "v0", "v0");
    assertThat(Calls.of().create(1).list(10, 20, row).broken()).isEmpty();
    assertThat(Calls.of().create(1).list(10, 20, row, row).broken()).containsExactly(UNIQUE_IDS);
  }

  @Test
  void a_plaintext_authenticates_no_other_token() {
    Operation authenticate = Operation.authenticate("t1", "t1/1");
    Result other = Result.accepted(new Row(2, "name-2", true, "v0", "v0"));
    assertThat(Calls.of().create(1).create(2).call(10, 20, authenticate, other).broken())
        .containsExactly(UNIQUE_IDS);
  }
}

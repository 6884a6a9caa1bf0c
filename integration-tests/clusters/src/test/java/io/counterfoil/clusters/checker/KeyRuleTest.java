package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.NO_HALF_CHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories that break {@link KeyRule}, and others that look similar but are legal. */
class KeyRuleTest {
  private static final Operation DELETE = Operation.delete("t1");

  private final Operation first = once("t1");
  private final Operation second = once("t2");
  private final Result created = Result.done(new Row(1, "name", true, "v0", "v0"));

  private static Operation once(String token) {
    return Operation.createOnce("key", token, token + "/1", "name", "v0");
  }

  private Calls found() {
    return Calls.of().lost(0, first).call(10, 20, second, Result.NONE);
  }

  @Test
  void a_key_is_recorded_by_a_call_with_that_key() {
    assertThat(Calls.of().call(10, 20, second, Result.NONE).broken())
        .containsExactly(NO_HALF_CHANGE);
    assertThat(found().broken()).isEmpty();
    assertThat(Calls.of()
            .call(10, 20, second, Result.NONE)
            .call(21, 22, first, created)
            .broken())
        .containsExactly(NO_HALF_CHANGE);
  }

  @Test
  void a_key_creates_one_token() {
    Row other = new Row(2, "name", true, "v0", "v0");
    assertThat(Calls.of()
            .call(0, 1, first, created)
            .call(0, 1, second, Result.done(other))
            .broken())
        .contains(NO_HALF_CHANGE);
    assertThat(Calls.of()
            .call(0, 1, first, created)
            .call(0, 1, second, Result.NONE)
            .broken())
        .isEmpty();
  }

  @Test
  void a_recorded_key_has_a_token_unless_that_was_deleted() {
    assertThat(found().list(21, 22).broken()).containsExactly(NO_HALF_CHANGE);
    assertThat(found().list(20, 22).broken()).isEmpty();
    assertThat(found().list(21, 22, new Row(9, "name", true, "v0", "v0")).broken())
        .isEmpty();
    assertThat(found().lost(22, DELETE).list(21, 22).broken()).isEmpty();
  }

  @Test
  void if_a_creation_has_returned_no_other_call_has_recorded_the_key() {
    Operation third = once("t3");
    assertThat(found()
            .call(21, 22, third, Result.done(new Row(3, "name", true, "v0", "v0")))
            .broken())
        .containsExactly(NO_HALF_CHANGE);
    assertThat(found()
            .call(20, 22, third, Result.done(new Row(3, "name", true, "v0", "v0")))
            .broken())
        .isEmpty();
  }
}

package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ids that a store has assigned. The ordinal of an id is its position: the first token that was inserted has ordinal 1. */
final class AssignedIds {
  private final List<Long> ids = new ArrayList<>(List.of(0L));

  /** Adds the id of the token that was inserted last. It must be positive, and no earlier token may have had it. */
  void add(long id) {
    assertThat(id).as("id").isPositive().isNotIn(ids);
    ids.add(id);
  }

  /** Returns the id for an ordinal. If no token has that ordinal yet, returns an id that no token has. */
  long id(long ordinal) {
    return ordinal < ids.size() ? ids.get((int) ordinal) : Collections.max(ids) + ordinal;
  }

  @Override
  public String toString() {
    return ids.subList(1, ids.size()).toString();
  }
}

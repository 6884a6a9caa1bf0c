package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.TokenStore;
import java.util.ArrayList;
import java.util.List;

/** Runs the same operations on a store and on the model, and compares them. */
final class ModelComparison {
  private static final int EVERYTHING = 1000;

  private final TokenStore store;
  private final ModelStore model = new ModelStore();

  ModelComparison(TokenStore store) {
    this.store = new OrdinalIdStore(store);
  }

  /** Compares the result of each operation, and the whole content after it. */
  void run(List<Operation> sequence) {
    for (Operation operation : sequence) {
      if (operation.isSpecified(model)) {
        compare(operation);
        assertThat(content(store)).as("content after %s", operation).isEqualTo(content(model));
      }
    }
  }

  private static List<Object> content(TokenStore store) {
    List<Object> content = new ArrayList<>(store.list(0, EVERYTHING));
    content.add(store.list(2, 2));
    Operation.everyHash().forEach(hash -> content.add(store.findByHash(List.of(hash))));
    return content;
  }

  private void compare(Operation operation) {
    Object expected;
    try {
      expected = operation.applyTo(model);
    } catch (DuplicateTokenNameException | DuplicateTokenHashException e) {
      assertThatThrownBy(() -> operation.applyTo(store))
          .as("%s", operation)
          .isExactlyInstanceOf(e.getClass());
      return;
    }
    assertThat(operation.applyTo(store)).as("%s", operation).isEqualTo(expected);
  }
}

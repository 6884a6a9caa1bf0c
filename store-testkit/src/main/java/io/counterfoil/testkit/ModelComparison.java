package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs the same operations on a store and on the model, and compares them. The model uses the ids that the store assigns. */
final class ModelComparison {
  private static final int EVERYTHING = 1000;

  private final TokenStore store;
  private final ModelStore model = new ModelStore();
  private final AssignedIds ids = new AssignedIds();

  ModelComparison(TokenStore store) {
    this.store = store;
  }

  /** Compares the result of each operation, and the whole content after it. */
  void run(List<Operation> sequence) {
    for (Operation operation : sequence) {
      if (operation.isSpecified(model, ids)) {
        compare(operation);
        assertThat(content(store))
            .as("content after %s, with the ids %s", operation, ids)
            .isEqualTo(content(model));
      }
    }
  }

  private List<Object> content(TokenStore tokens) {
    List<Object> content = new ArrayList<>(tokens.list(TokenQuery.all(), 0, EVERYTHING));
    content.add(tokens.list(TokenQuery.all().enabled(true), ids.id(2), 2));
    content.add(tokens.list(TokenQuery.all().unusedSince(TestRow.NOW.plusMillis(1)), 0, 2));
    content.add(tokens.list(TokenQuery.all().scope("read").expiresAfter(TestRow.NOW), 0, 2));
    content.add(tokens.count(TokenQuery.all().nameContains("A")));
    OperationSequences.KEYS.forEach(key -> content.add(tokens.isRecorded(key)));
    Operation.everyHash().forEach(hash -> content.add(tokens.findByHash(List.of(hash))));
    return content;
  }

  private void compare(Operation operation) {
    Object actual = outcome(operation, store);
    if (operation instanceof Operation.Insert && actual instanceof Long id) {
      expect(id);
    } else if (actual instanceof OptionalLong id && id.isPresent()) {
      expect(id.getAsLong());
    }
    Optional<StoredToken> disabled = disabledBefore(operation);
    assertThat(actual)
        .as("%s, with the ids %s", operation, ids)
        .isEqualTo(outcome(operation, model));
    disabled.ifPresent(this::keepRevisionOfStore);
  }

  private Optional<StoredToken> disabledBefore(Operation operation) {
    return operation instanceof Operation.Disable disable
        ? model.findById(ids.id(disable.ordinal())).filter(row -> !row.enabled())
        : Optional.empty();
  }

  /** A store may raise the revision of a token that was disabled before, or not. */
  private void keepRevisionOfStore(StoredToken before) {
    store
        .findById(before.id())
        .filter(row -> row.revision() == before.revision())
        .ifPresent(row -> model.put(before));
  }

  /** Makes the model assign that id to the next token. */
  private void expect(long id) {
    ids.add(id);
    model.lastId = id - 1; // the insert adds 1
  }

  /** Returns the result, or the class of the exception if a name or a hash is taken. */
  private Object outcome(Operation operation, TokenStore tokens) {
    try {
      return operation.applyTo(tokens, ids);
    } catch (DuplicateTokenNameException | DuplicateTokenHashException e) {
      return e.getClass();
    }
  }
}

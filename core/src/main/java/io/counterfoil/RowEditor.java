package io.counterfoil;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Changes rows without undoing concurrent changes: if another change comes first, it reads the row again. */
final class RowEditor {
  /** Each try fails only if another change of the same token came first. */
  static final int TRIES = 100;

  private final TokenStore store;

  RowEditor(TokenStore store) {
    this.store = store;
  }

  /**
   * Changes a token, whatever other changes come first.
   *
   * @param change returns the changed row; empty if nothing is to be changed. Called again if another change came first
   * @return the row after the change; empty if there is no such token
   */
  Optional<StoredToken> change(long id, Function<StoredToken, Optional<StoredToken>> change) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredToken> found = store.findById(id);
      if (found.isEmpty()) {
        return found;
      }
      Optional<StoredToken> changed = change.apply(found.get());
      if (changed.isEmpty()) {
        return found;
      }
      if (store.update(changed.get())) {
        return Optional.of(found.get().updated(changed.get()));
      }
    }
    throw new TokenStoreException("a token was not changed, because it changed again and again");
  }

  /**
   * Changes a token, unless it has changed since the caller read it.
   *
   * @return the row after the change; empty if there is no such token any more
   * @throws ConcurrentUpdateException if the token has changed since then
   */
  Optional<StoredToken> changeExpected(Token expected, UnaryOperator<StoredToken> change) {
    Optional<StoredToken> found = store.findById(expected.id());
    if (found.isEmpty()) {
      return found;
    }
    requireUnchanged(found.get(), expected);
    StoredToken changed = change.apply(found.get());
    if (store.update(changed)) {
      return Optional.of(found.get().updated(changed));
    }
    throw new ConcurrentUpdateException();
  }

  static void requireUnchanged(StoredToken row, Token expected) {
    if (row.revision() != expected.revision()) {
      throw new ConcurrentUpdateException();
    }
  }
}

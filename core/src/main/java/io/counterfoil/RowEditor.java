package io.counterfoil;

import java.util.Optional;
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
   * @param change returns the changed row. Called again if another change came first
   * @return the row after the change; empty if there is no such token
   */
  Optional<StoredToken> change(long id, UnaryOperator<StoredToken> change) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredToken> found = store.findById(id);
      if (found.isEmpty()) {
        return found;
      }
      StoredToken changed = change.apply(found.get());
      if (store.update(changed)) {
        return Optional.of(found.get().updated(changed));
      }
    }
    throw new TokenStoreException("a token was not changed, because it changed again and again");
  }

  /**
   * Changes a token that the caller has judged.
   *
   * @return the row after the change; empty if there is no such token any more
   * @throws ConcurrentUpdateException if the token has changed since then
   */
  Optional<StoredToken> changeJudged(Token judged, UnaryOperator<StoredToken> change) {
    Optional<StoredToken> found = store.findById(judged.id());
    if (found.isEmpty()) {
      return found;
    }
    requireUnchanged(found.get(), judged);
    StoredToken changed = change.apply(found.get());
    if (store.update(changed)) {
      return Optional.of(found.get().updated(changed));
    }
    throw new ConcurrentUpdateException();
  }

  static void requireUnchanged(StoredToken row, Token judged) {
    if (row.revision() != judged.revision()) {
      throw new ConcurrentUpdateException();
    }
  }
}

package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Calls of all methods of a store. Each has an effect if the store contains one token, named "present". */
enum Operation {
  INSERT,
  FIND_BY_HASH,
  FIND_BY_ID,
  FIND_BY_NAME,
  LIST,
  LIST_OWNED_BY,
  SET_ENABLED,
  DISABLE_ALL,
  DISABLE_OWNED_BY,
  ROTATE,
  REHASH,
  END_PREVIOUS,
  RECORD_USES,
  DELETE,
  DELETE_OWNED_BY,
  DELETE_EXPIRED;

  void on(TokenStore store, long id) {
    switch (this) {
      case INSERT -> store.insert(Samples.token("new"));
      case FIND_BY_HASH -> store.findByHash(List.of(Samples.hash("present")));
      case FIND_BY_ID -> store.findById(id);
      case FIND_BY_NAME -> store.findByName("owner of present", "present");
      case LIST -> store.list(0, 10);
      case LIST_OWNED_BY -> store.listOwnedBy("owner of present", 0, 10);
      case SET_ENABLED -> store.setEnabled(id, false);
      case DISABLE_ALL -> store.disableAll();
      case DISABLE_OWNED_BY -> store.disableOwnedBy("owner of present");
      case ROTATE ->
        store.rotate(id, Samples.hash("present"), Samples.hash("replacement"), Samples.NOW);
      case REHASH -> store.rehash(id, Samples.hash("present"), Samples.hash("replacement"));
      case END_PREVIOUS -> store.endPrevious(id, Samples.hash("previous present"), Instant.EPOCH);
      case RECORD_USES ->
        store.recordUses(Map.of(id, Samples.NOW.plusSeconds(9), id + 1, Samples.NOW));
      case DELETE -> store.delete(id);
      case DELETE_OWNED_BY -> store.deleteOwnedBy("owner of present");
      case DELETE_EXPIRED -> store.deleteExpired(Instant.MAX, 10);
    }
  }

  /** Returns whether it is a single statement, which is its own transaction if auto-commit is on. */
  boolean isSingleStatement() {
    return this != RECORD_USES && this != DELETE_EXPIRED && !advancesCounter();
  }

  /** Returns whether it can end the validity of a token, and therefore advances the change counter. */
  boolean advancesCounter() {
    return switch (this) {
      case INSERT, REHASH, RECORD_USES, DELETE_EXPIRED -> false;
      default -> changes();
    };
  }

  boolean changes() {
    return switch (this) {
      case FIND_BY_HASH, FIND_BY_ID, FIND_BY_NAME, LIST, LIST_OWNED_BY -> false;
      default -> true;
    };
  }
}

package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Map;

/** Every method of a store, called so that it has something to do: there is one token, named "present". */
enum Operation {
  INSERT,
  FIND_BY_HASH,
  FIND_BY_ID,
  LIST,
  LIST_OWNED_BY,
  SET_ENABLED,
  ROTATE,
  RECORD_USES,
  DELETE,
  DELETE_EXPIRED;

  void on(TokenStore store, long id) {
    switch (this) {
      case INSERT -> store.insert(Samples.token("new"));
      case FIND_BY_HASH -> store.findByHash(Samples.hash("present"));
      case FIND_BY_ID -> store.findById(id);
      case LIST -> store.list(0, 10);
      case LIST_OWNED_BY -> store.listOwnedBy("owner of present", 0, 10);
      case SET_ENABLED -> store.setEnabled(id, false);
      case ROTATE ->
        store.rotate(id, Samples.hash("present"), Samples.hash("replacement"), Samples.NOW);
      case RECORD_USES ->
        store.recordUses(Map.of(id, Samples.NOW.plusSeconds(9), id + 1, Samples.NOW));
      case DELETE -> store.delete(id);
      case DELETE_EXPIRED -> store.deleteExpired(Instant.MAX, 10);
    }
  }

  /** Says whether it is one statement, a transaction by itself where auto-commit is on. */
  boolean isSingle() {
    return this != RECORD_USES && this != DELETE_EXPIRED;
  }

  boolean changes() {
    return switch (this) {
      case FIND_BY_HASH, FIND_BY_ID, LIST, LIST_OWNED_BY -> false;
      default -> true;
    };
  }
}

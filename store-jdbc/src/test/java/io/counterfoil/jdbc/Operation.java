package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls of all methods of a store. Each has an effect if the store contains one token, named "present". */
enum Operation {
  INSERT,
  INSERT_ONCE,
  IS_RECORDED,
  FIND_BY_HASH,
  FIND_BY_ID,
  FIND_BY_NAME,
  LIST,
  LIST_OF_OWNER,
  COUNT,
  UPDATE,
  ROTATE,
  DISABLE,
  DISABLE_ALL,
  DISABLE_OWNED_BY,
  RECORD_USES,
  DELETE,
  DELETE_OWNED_BY,
  DELETE_IF_EXPIRED,
  DELETE_EXPIRED;

  void on(TokenStore store, long id) {
    switch (this) {
      case INSERT -> store.insert(Samples.token("new"));
      case INSERT_ONCE -> store.insertOnce("key", Samples.token("new"));
      case IS_RECORDED -> store.isRecorded("key");
      case FIND_BY_HASH -> store.findByHash(List.of(Samples.hash("present")));
      case FIND_BY_ID -> store.findById(id);
      case FIND_BY_NAME -> store.findByName("owner of present", "present");
      case LIST -> store.list(TokenQuery.all(), 0, 10);
      case LIST_OF_OWNER -> store.list(TokenQuery.all().owner("owner of present"), 0, 10);
      case COUNT -> store.count(TokenQuery.all());
      case UPDATE -> store.update(present(id).toBuilder().description("changed").build());
      case ROTATE -> store.update(rotated(present(id)));
      case DISABLE -> store.disable(id);
      case DISABLE_ALL -> store.disableAll();
      case DISABLE_OWNED_BY -> store.disableOwnedBy("owner of present");
      case RECORD_USES ->
        store.recordUses(Map.of(id, Samples.use(9), id + 1, Samples.use(0)), Instant.MAX);
      case DELETE -> store.delete(id);
      case DELETE_OWNED_BY -> store.deleteOwnedBy("owner of present");
      case DELETE_IF_EXPIRED -> store.deleteExpired(id, Instant.MAX);
      case DELETE_EXPIRED -> store.deleteExpired(Instant.MAX, 10);
    }
  }

  private static StoredToken present(long id) {
    return Samples.token("present").withId(id);
  }

  private static StoredToken rotated(StoredToken row) {
    return row.withHashes(
        Samples.hash("replacement"),
        Optional.of(new StoredToken.Previous(row.hash(), Samples.NOW)));
  }

  /** Returns whether it is a single statement, which is its own transaction if auto-commit is on. */
  boolean isSingleStatement() {
    return this != INSERT_ONCE && this != RECORD_USES && this != DELETE_EXPIRED;
  }

  /** Returns whether it can end the validity of a token, and is therefore announced to other nodes. */
  boolean isAnnounced() {
    return switch (this) {
      case INSERT, INSERT_ONCE, RECORD_USES, DELETE_EXPIRED -> false;
      default -> changes();
    };
  }

  boolean changes() {
    return switch (this) {
      case IS_RECORDED, FIND_BY_HASH, FIND_BY_ID, FIND_BY_NAME, LIST, LIST_OF_OWNER, COUNT -> false;
      default -> true;
    };
  }
}

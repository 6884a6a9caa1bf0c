package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
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
  LIST_OWNED_BY,
  SET_ENABLED,
  DISABLE_ALL,
  DISABLE_OWNED_BY,
  ROTATE,
  REHASH,
  END_PREVIOUS,
  REVOKE_HASH,
  RECORD_USES,
  DELETE,
  DELETE_OWNED_BY,
  DELETE_EXPIRED;

  void on(TokenStore store, long id) {
    switch (this) {
      case INSERT -> store.insert(Samples.token("new"));
      case INSERT_ONCE -> store.insertOnce("key", Samples.token("new"));
      case IS_RECORDED -> store.isRecorded("key");
      case FIND_BY_HASH -> store.findByHash(List.of(Samples.hash("present")));
      case FIND_BY_ID -> store.findById(id);
      case FIND_BY_NAME -> store.findByName("owner of present", "present");
      case LIST -> store.list(0, 10);
      case LIST_OWNED_BY -> store.listOwnedBy("owner of present", 0, 10);
      case SET_ENABLED -> store.setEnabled(id, false);
      case DISABLE_ALL -> store.disableAll();
      case DISABLE_OWNED_BY -> store.disableOwnedBy("owner of present");
      case ROTATE -> replaceHashes(store, id, Samples.hash("replacement"), Samples.hash("present"));
      case REHASH -> replaceHash(store, id, Samples.hash("replacement"));
      case END_PREVIOUS ->
        replaceHashes(store, id, Samples.hash("present"), Samples.hash("previous present"));
      case REVOKE_HASH -> replaceHash(store, id, TokenHash.of("leaked", Samples.sha256("present")));
      case RECORD_USES ->
        store.recordUses(Map.of(id, Samples.NOW.plusSeconds(9), id + 1, Samples.NOW), Instant.MAX);
      case DELETE -> store.delete(id);
      case DELETE_OWNED_BY -> store.deleteOwnedBy("owner of present");
      case DELETE_EXPIRED -> store.deleteExpired(Instant.MAX, 10);
    }
  }

  private static void replaceHash(TokenStore store, long id, TokenHash hash) {
    StoredToken present = Samples.token("present").withId(id);
    store.replaceHashes(present, hash, present.previous());
  }

  private static void replaceHashes(TokenStore store, long id, TokenHash hash, TokenHash previous) {
    StoredToken present = Samples.token("present").withId(id);
    store.replaceHashes(
        present, hash, Optional.of(new StoredToken.Previous(previous, Samples.NOW)));
  }

  /** Returns whether it is a single statement, which is its own transaction if auto-commit is on. */
  boolean isSingleStatement() {
    return this != INSERT_ONCE && this != RECORD_USES && this != DELETE_EXPIRED;
  }

  /** Returns whether it can end the validity of a token, and is therefore announced to other nodes. */
  boolean isAnnounced() {
    return switch (this) {
      case INSERT, INSERT_ONCE, REHASH, RECORD_USES, DELETE_EXPIRED -> false;
      default -> changes();
    };
  }

  boolean changes() {
    return switch (this) {
      case IS_RECORDED, FIND_BY_HASH, FIND_BY_ID, FIND_BY_NAME, LIST, LIST_OWNED_BY -> false;
      default -> true;
    };
  }
}

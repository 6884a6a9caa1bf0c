package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;

/** A store whose ids are unique but jump up and down, like those of a cluster in which each node has its own range. */
class UnorderedIdsTest extends TokenStoreContract {
  /** Reverses each block of 16 numbers: the ids go down from 15 to 1, then from 32 to 17, and so on. */
  private static final int REVERSING = 15;

  @Override
  protected TokenStore emptyStore() {
    return new ModelStore() {
      private long inserts;

      @Override
      public synchronized long insert(StoredToken token) {
        inserts++;
        lastId = inserts ^ REVERSING; // the insert adds 1
        return super.insert(token);
      }
    };
  }
}

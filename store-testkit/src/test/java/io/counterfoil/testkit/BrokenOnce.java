package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores with one fault each, in {@code insertOnce}. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenOnce {
  private BrokenOnce() {}

  /** Has its own set of keys. */
  private abstract static class Keys extends ModelStore {
    final Set<String> recorded = ConcurrentHashMap.newKeySet();

    @Override
    public abstract OptionalLong insertOnce(String key, StoredToken token);

    @Override
    public boolean isRecorded(String key) {
      return recorded.contains(key);
    }
  }

  /** Keeps the key in a column of its token. */
  static final class ForgetsKeysOfDeletedTokens extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        private final Map<Long, String> keys = new ConcurrentHashMap<>();

        @Override
        public synchronized OptionalLong insertOnce(String key, StoredToken token) {
          OptionalLong id = isRecorded(key) ? OptionalLong.empty() : OptionalLong.of(insert(token));
          id.ifPresent(each -> keys.put(each, key));
          return id;
        }

        @Override
        public synchronized boolean isRecorded(String key) {
          keys.keySet().removeIf(id -> findById(id).isEmpty());
          return keys.containsValue(key);
        }
      };
    }
  }

  /** Records the key in a transaction of its own, before the token. */
  static final class RecordsKeysOfRefusedTokens extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Keys() {
        @Override
        public OptionalLong insertOnce(String key, StoredToken token) {
          if (!recorded.add(key)) {
            return OptionalLong.empty();
          }
          BrokenChanges.roundTrip();
          return OptionalLong.of(insert(token));
        }
      };
    }
  }

  /** Records the key in a transaction of its own, after the token. */
  static final class RecordsKeysAfterTokens extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Keys() {
        @Override
        public OptionalLong insertOnce(String key, StoredToken token) {
          if (recorded.contains(key)) {
            return OptionalLong.empty();
          }
          long id = insert(token);
          BrokenChanges.roundTrip();
          recorded.add(key);
          return OptionalLong.of(id);
        }
      };
    }
  }

  /** Inserts the token before it looks for the key. */
  static final class ReportsDuplicatesOfRecordedKeys extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Keys() {
        @Override
        public synchronized OptionalLong insertOnce(String key, StoredToken token) {
          long id = insert(token);
          if (recorded.add(key)) {
            return OptionalLong.of(id);
          }
          delete(id);
          return OptionalLong.empty();
        }
      };
    }
  }

  /** Has a column of 64 characters, and a database that cuts longer texts. */
  static final class CutsKeys extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized OptionalLong insertOnce(String key, StoredToken token) {
          return super.insertOnce(cut(key), token);
        }

        @Override
        public synchronized boolean isRecorded(String key) {
          return super.isRecorded(cut(key));
        }

        private static String cut(String key) {
          return key.substring(0, Math.min(64, key.length()));
        }
      };
    }
  }
}

package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stores with one fault each, in an update that changes the name of a token. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenRenames {
  private BrokenRenames() {}

  /** Has no unique index on the name. */
  static final class AcceptsTakenNames extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          Optional<StoredToken> row =
              findById(changed.id()).filter(found -> found.revision() == changed.revision());
          row.ifPresent(found -> put(found.updated(changed)));
          return row.isPresent();
        }
      };
    }
  }

  /** Checks whether the name is taken and then updates, in two separate steps. */
  static final class ChecksThenRenames extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean update(StoredToken changed) {
          if (findByName(changed.owner(), changed.name())
              .filter(row -> row.id() != changed.id())
              .isPresent()) {
            throw new DuplicateTokenNameException();
          }
          BrokenChanges.roundTrip();
          synchronized (this) {
            Optional<StoredToken> row =
                findById(changed.id()).filter(found -> found.revision() == changed.revision());
            row.ifPresent(found -> put(found.updated(changed)));
            return row.isPresent();
          }
        }
      };
    }
  }

  /** Treats the name that a token has as taken. */
  static final class RefusesOwnName extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          if (findByName(changed.owner(), changed.name()).isPresent()) {
            throw new DuplicateTokenNameException();
          }
          return super.update(changed);
        }
      };
    }
  }

  /** Looks for the name among the tokens of the owner in the changed row. */
  static final class ComparesNamesOfGivenOwner extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          if (findByName(changed.owner(), changed.name())
              .filter(row -> row.id() != changed.id())
              .isPresent()) {
            throw new DuplicateTokenNameException();
          }
          return super.update(changed);
        }
      };
    }
  }

  /** Looks for duplicates before it compares the revision. */
  static final class ComparesRevisionLast extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          Optional<StoredToken> stored = findById(changed.id());
          if (stored
              .flatMap(row -> findByName(row.owner(), changed.name()))
              .filter(row -> row.id() != changed.id())
              .isPresent()) {
            throw new DuplicateTokenNameException();
          }
          return super.update(changed);
        }
      };
    }
  }

  /** Has changed the name when it notices that the hash is taken. */
  static final class RenamesBeforeItChecksHashes extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          Optional<StoredToken> before = findById(changed.id());
          try {
            return super.update(changed);
          } catch (DuplicateTokenHashException taken) {
            before.ifPresent(row -> put(TestRow.of(row).name(changed.name()).build()));
            throw taken;
          }
        }
      };
    }
  }

  /** Finds a token by each name that it has had. */
  static final class KeepsOldNames extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        private final Map<String, Long> names = new ConcurrentHashMap<>();

        @Override
        public synchronized long insert(StoredToken token) {
          long id = super.insert(token);
          names.put(token.owner() + '\n' + token.name(), id);
          return id;
        }

        @Override
        public synchronized Optional<StoredToken> findByName(String owner, String name) {
          return super.findByName(owner, name)
              .or(() ->
                  Optional.ofNullable(names.get(owner + '\n' + name)).flatMap(this::findById));
        }
      };
    }
  }
}

package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One call of a store, as a value: a sequence of them can be generated, shown and made shorter.
 *
 * <p>Hashes are numbers; ids are ordinals, so that 1 is the first token that was added.
 */
sealed interface Operation {
  /** Makes the call and returns what it returned. */
  Object applyTo(TokenStore store);

  /** Says whether the contract says what must come of the call, in a store with that content. */
  default boolean isSpecified(ModelStore content) {
    return true;
  }

  /** So few that calls meet, and enough that a rotation finds a new one. */
  int HASHES = 9;

  /** Returns every hash that a call may speak of. */
  static List<TokenHash> everyHash() {
    return IntStream.rangeClosed(1, HASHES).mapToObj(Operation::hash).toList();
  }

  private static TokenHash hash(int number) {
    return TestRow.hash("hash " + number);
  }

  /** {@link TokenStore#insert}. */
  record Insert(String owner, String name, int hash, boolean enabled, Optional<Instant> expiresAt)
      implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      TestRow unsaved =
          TestRow.named(name).owner(owner).hash(Operation.hash(hash)).enabled(enabled);
      expiresAt.ifPresent(unsaved::expiresAt);
      return store.insert(unsaved.build());
    }

    /** No generator of random numbers gives a hash again that it gave before: which failure that is does not matter. */
    @Override
    public boolean isSpecified(ModelStore content) {
      Optional<StoredToken> holder = content.findByHash(List.of(Operation.hash(hash)));
      boolean asPresent =
          holder.filter(row -> row.hash().equals(Operation.hash(hash))).isPresent();
      return holder.isEmpty() || (asPresent && content.findByName(owner, name).isEmpty());
    }
  }

  /** {@link TokenStore#findByHash}. */
  record FindByHash(List<Integer> hashes) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.findByHash(hashes.stream().map(Operation::hash).toList());
    }

    /** Hashes of one plaintext lead to one token. */
    @Override
    public boolean isSpecified(ModelStore content) {
      return hashes.stream()
              .map(hash -> content.findByHash(List.of(Operation.hash(hash))))
              .flatMap(Optional::stream)
              .distinct()
              .count()
          <= 1;
    }
  }

  /** {@link TokenStore#findByName}. */
  record FindByName(String owner, String name) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.findByName(owner, name);
    }
  }

  /** {@link TokenStore#findById}. */
  record FindById(long id) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.findById(id);
    }
  }

  /** {@link TokenStore#list}. */
  record ListAll(long afterId, int limit) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.list(afterId, limit);
    }
  }

  /** {@link TokenStore#listOwnedBy}. */
  record ListOwnedBy(String owner, long afterId, int limit) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.listOwnedBy(owner, afterId, limit);
    }
  }

  /** {@link TokenStore#setEnabled}. */
  record SetEnabled(long id, boolean enabled) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.setEnabled(id, enabled);
    }
  }

  /** {@link TokenStore#disableAll}. */
  record DisableAll() implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.disableAll();
    }
  }

  /** {@link TokenStore#disableOwnedBy}. */
  record DisableOwnedBy(String owner) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.disableOwnedBy(owner);
    }
  }

  /** {@link TokenStore#rotate}; the expected hash is the one that the token has, if {@link #CURRENT}. */
  record Rotate(long id, int expected, int replacement, Instant until) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      TokenHash known = known(store.findById(id).map(StoredToken::hash), expected);
      return store.rotate(id, known, Operation.hash(replacement), until);
    }

    @Override
    public boolean isSpecified(ModelStore content) {
      return content.findByHash(List.of(Operation.hash(replacement))).isEmpty();
    }
  }

  /** {@link TokenStore#rehash}, with the hashes of {@link Rotate}. */
  record Rehash(long id, int expected, int replacement) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      TokenHash known = known(store.findById(id).map(StoredToken::hash), expected);
      return store.rehash(id, known, Operation.hash(replacement));
    }

    @Override
    public boolean isSpecified(ModelStore content) {
      return content.findByHash(List.of(Operation.hash(replacement))).isEmpty();
    }
  }

  /** {@link TokenStore#endPrevious}; the hash is the previous one that the token has, if {@link #CURRENT}. */
  record EndPrevious(long id, int previous, Instant until) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      Optional<TokenHash> present =
          store.findById(id).flatMap(StoredToken::previous).map(StoredToken.Previous::hash);
      return store.endPrevious(id, known(present, previous), until);
    }
  }

  /** In the place of the number of a hash: the hash that the token has. */
  int CURRENT = 0;

  private static TokenHash known(Optional<TokenHash> present, int hash) {
    return hash == CURRENT && present.isPresent() ? present.get() : Operation.hash(hash);
  }

  /** {@link TokenStore#recordUses}. */
  record RecordUses(Map<Long, Instant> uses) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      store.recordUses(uses);
      return "done";
    }
  }

  /** {@link TokenStore#delete}. */
  record Delete(long id) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.delete(id);
    }
  }

  /** {@link TokenStore#deleteOwnedBy}. */
  record DeleteOwnedBy(String owner) implements Operation {
    @Override
    public Object applyTo(TokenStore store) {
      return store.deleteOwnedBy(owner);
    }
  }

  /** {@link TokenStore#deleteExpired}, again and again: which tokens go first is for the store to choose. */
  record DeleteExpired(Instant before, int limit) implements Operation {
    private static final int MOST_CALLS = 100;

    @Override
    public Object applyTo(TokenStore store) {
      int sum = 0;
      for (int i = 0; i < MOST_CALLS; i++) {
        int deleted = store.deleteExpired(before, limit);
        if (deleted == 0) {
          break;
        }
        sum += deleted;
      }
      return sum;
    }
  }
}

package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One call of a store as a value, so that jqwik can generate, print and shrink sequences of calls.
 *
 * <p>Hashes are given as numbers, and ids as ordinals: 1 is the first token that was inserted. So a printed sequence means the
 * same on every store.
 */
sealed interface Operation {
  /** Calls the store and returns the result. */
  Object applyTo(TokenStore store, AssignedIds ids);

  /** Returns whether the contract defines the result of this call on a store with this content. */
  default boolean isSpecified(ModelStore content, AssignedIds ids) {
    return true;
  }

  /** The number of hashes: small enough that calls collide, but large enough that a rotation finds an unused hash. */
  int HASHES = 9;

  /** Returns every hash that an operation can use. */
  static List<TokenHash> everyHash() {
    return IntStream.rangeClosed(1, HASHES).mapToObj(Operation::hash).toList();
  }

  static TokenHash hash(int number) {
    return TestRow.hash("hash " + number);
  }

  /** {@link TokenStore#insert}. */
  record Insert(
      String owner,
      String name,
      int hash,
      boolean enabled,
      Set<String> scopes,
      Optional<Instant> expiresAt,
      Optional<Instant> trackedSince)
      implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.insert(unsaved());
    }

    StoredToken unsaved() {
      return TestRow.named(name)
          .owner(owner)
          .hash(Operation.hash(hash))
          .enabled(enabled)
          .scopes(scopes)
          .expiresAt(expiresAt)
          .trackedSince(trackedSince)
          .build();
    }

    /**
     * The contract does not define whether a hash may be the previous hash of another token, and which of two exceptions
     * is thrown if both name and hash are taken.
     */
    @Override
    public boolean isSpecified(ModelStore content, AssignedIds ids) {
      Optional<StoredToken> holder = content.findByHash(List.of(Operation.hash(hash)));
      boolean isCurrent =
          holder.filter(row -> row.hash().hasSameBytes(Operation.hash(hash))).isPresent();
      return holder.isEmpty() || (isCurrent && content.findByName(owner, name).isEmpty());
    }
  }

  /** {@link TokenStore#insertOnce}. */
  record InsertOnce(String key, Insert insert) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.insertOnce(key, insert.unsaved());
    }

    @Override
    public boolean isSpecified(ModelStore content, AssignedIds ids) {
      return content.isRecorded(key) || insert.isSpecified(content, ids);
    }
  }

  /** {@link TokenStore#findByHash}. */
  record FindByHash(List<Integer> hashes) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.findByHash(hashes.stream().map(Operation::hash).toList());
    }

    /** The candidates are hashes of one plaintext, so they belong to at most one token. */
    @Override
    public boolean isSpecified(ModelStore content, AssignedIds ids) {
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
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.findByName(owner, name);
    }
  }

  /** {@link TokenStore#findById}. */
  record FindById(long ordinal) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.findById(ids.id(ordinal));
    }
  }

  /** {@link TokenStore#list}. */
  record ListPage(Filter filter, long afterOrdinal, int limit) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.list(filter.query(), ids.id(afterOrdinal), limit);
    }
  }

  /** {@link TokenStore#count}. */
  record Count(Filter filter) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.count(filter.query());
    }
  }

  /** {@link TokenStore#disable}. */
  record Disable(long ordinal) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.disable(ids.id(ordinal));
    }
  }

  /** {@link TokenStore#disableAll}. */
  record DisableAll() implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.disableAll();
    }
  }

  /** {@link TokenStore#disableOwnedBy}. */
  record DisableOwnedBy(String owner) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.disableOwnedBy(owner);
    }
  }

  /**
   * {@link TokenStore#update}.
   *
   * @param offset the difference between the expected and the stored revision
   */
  record Update(long ordinal, int offset, List<ColumnChange> changes) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.update(changed(store, ids.id(ordinal)));
    }

    private StoredToken changed(TokenStore store, long id) {
      StoredToken row =
          store.findById(id).orElseGet(() -> TestRow.named("none").build().withId(id));
      StoredToken changed = TestRow.withRevision(row, Math.max(0, row.revision() + offset));
      for (ColumnChange change : changes) {
        changed = change.applyTo(changed).build();
      }
      return changed;
    }

    /**
     * The new hashes are unused, or the update is refused because another token has the present one. The contract defines no other
     * case.
     */
    @Override
    public boolean isSpecified(ModelStore content, AssignedIds ids) {
      StoredToken changed = changed(content, ids.id(ordinal));
      Optional<StoredToken> row = content.findById(changed.id());
      if (row.filter(found -> found.revision() == changed.revision()).isEmpty()) {
        return true;
      }
      boolean isNameTaken = content
          .findByName(row.get().owner(), changed.name())
          .filter(holder -> holder.id() != changed.id())
          .isPresent();
      return isSpecified(content, row.get(), changed.hash(), changed.previous(), isNameTaken);
    }

    private static boolean isSpecified(
        ModelStore content,
        StoredToken row,
        TokenHash hash,
        Optional<Previous> previous,
        boolean isNameTaken) {
      Optional<StoredToken> holder = content.findByHash(List.of(hash));
      boolean isOwn = row.hash().hasSameBytes(hash);
      boolean isRefused = !isNameTaken
          && holder
              .filter(other -> other.id() != row.id() && other.hash().hasSameBytes(hash))
              .isPresent();
      return (holder.isEmpty() || isOwn || isRefused)
          && previous
              .map(Previous::hash)
              .filter(old -> old.hasSameBytes(hash) || !isUnusedByOthers(content, row.id(), old))
              .isEmpty();
    }

    private static boolean isUnusedByOthers(ModelStore content, long id, TokenHash hash) {
      return content
          .findByHash(List.of(hash))
          .filter(holder -> holder.id() != id)
          .isEmpty();
    }
  }

  /** {@link TokenStore#recordUses}. */
  record RecordUses(Map<Long, Use> usesByOrdinal, Instant latestPlausible) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      Map<Long, Use> uses = new HashMap<>();
      usesByOrdinal.forEach((ordinal, use) -> uses.put(ids.id(ordinal), use));
      store.recordUses(uses, latestPlausible);
      return "done";
    }
  }

  /** {@link TokenStore#delete}. */
  record Delete(long ordinal) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.delete(ids.id(ordinal));
    }
  }

  /** {@link TokenStore#deleteOwnedBy}. */
  record DeleteOwnedBy(String owner) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.deleteOwnedBy(owner);
    }
  }

  /** {@link TokenStore#deleteExpired(long, Instant)}. */
  record DeleteItExpired(long ordinal, Instant before) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.deleteExpired(ids.id(ordinal), before);
    }
  }

  /**
   * {@link TokenStore#deleteExpired(Instant, int)}, repeated until it returns 0, because the store may choose which tokens it
   * deletes first.
   */
  record DeleteExpired(Instant before, int limit) implements Operation {
    private static final int MAX_CALLS = 100;

    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      int sum = 0;
      for (int i = 0; i < MAX_CALLS; i++) {
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

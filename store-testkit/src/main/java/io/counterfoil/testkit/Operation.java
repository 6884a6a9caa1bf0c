package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static TokenHash hash(int number) {
    return TestRow.hash("hash " + number);
  }

  /** {@link TokenStore#insert}. */
  record Insert(String owner, String name, int hash, boolean enabled, Optional<Instant> expiresAt)
      implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.insert(unsaved());
    }

    StoredToken unsaved() {
      TestRow unsaved =
          TestRow.named(name).owner(owner).hash(Operation.hash(hash)).enabled(enabled);
      expiresAt.ifPresent(unsaved::expiresAt);
      return unsaved.build();
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
  record ListAll(long afterOrdinal, int limit) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.list(ids.id(afterOrdinal), limit);
    }
  }

  /** {@link TokenStore#listOwnedBy}. */
  record ListOwnedBy(String owner, long afterOrdinal, int limit) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.listOwnedBy(owner, ids.id(afterOrdinal), limit);
    }
  }

  /** {@link TokenStore#setEnabled}. */
  record SetEnabled(long ordinal, boolean enabled) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      return store.setEnabled(ids.id(ordinal), enabled);
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

  /** A rotation. If {@code expected} is {@link #CURRENT}, the token's current hash is expected. */
  record Rotate(long ordinal, int expected, int replacement, Instant until) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      StoredToken row = expecting(store, ids.id(ordinal), expected);
      StoredToken next = TestRow.rotated(row, Operation.hash(replacement), until);
      return store.replaceHashes(row, next.hash(), next.previous());
    }

    @Override
    public boolean isSpecified(ModelStore content, AssignedIds ids) {
      return isUnusedOrCurrentOfAnother(content, ids.id(ordinal), replacement);
    }
  }

  /** Replaces the hash only. Its parameters mean the same as in {@link Rotate}. */
  record Rehash(long ordinal, int expected, int replacement) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      StoredToken row = expecting(store, ids.id(ordinal), expected);
      return store.replaceHashes(row, Operation.hash(replacement), row.previous());
    }

    @Override
    public boolean isSpecified(ModelStore content, AssignedIds ids) {
      return isUnusedOrCurrentOfAnother(content, ids.id(ordinal), replacement);
    }
  }

  /** Replaces the tag of the hash only. */
  record Retag(long ordinal, int expected, String tag) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      StoredToken row = expecting(store, ids.id(ordinal), expected);
      return store.replaceHashes(row, TokenHash.of(tag, row.hash().bytes()), row.previous());
    }
  }

  /**
   * Replaces the end of an overlap only. If {@code previous} is {@link #CURRENT}, the previous hash that the token has at
   * the time of the call is expected.
   */
  record EndPrevious(long ordinal, int previous, Instant until) implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      StoredToken row = expecting(store, ids.id(ordinal), CURRENT);
      TokenHash chosen = choose(row.previous().map(Previous::hash), previous);
      Instant end = row.previous().map(Previous::until).orElse(until);
      StoredToken expected = row.withHashes(row.hash(), Optional.of(new Previous(chosen, end)));
      Previous ended = new Previous(chosen, until);
      return store.replaceHashes(expected, row.hash(), Optional.of(ended));
    }
  }

  /** Stands for the hash that the token has at the time of the call, in place of the number of a hash. */
  int CURRENT = 0;

  private static StoredToken expecting(TokenStore store, long id, int hash) {
    Optional<StoredToken> found = store.findById(id);
    StoredToken row = found.orElseGet(() -> TestRow.named("none").build().withId(id));
    return row.withHashes(choose(found.map(StoredToken::hash), hash), row.previous());
  }

  private static TokenHash choose(Optional<TokenHash> current, int hash) {
    return hash == CURRENT && current.isPresent() ? current.get() : Operation.hash(hash);
  }

  /** A replacement is new, or it is refused because another token has it. The contract defines no other case. */
  private static boolean isUnusedOrCurrentOfAnother(ModelStore content, long id, int hash) {
    return content
        .findByHash(List.of(Operation.hash(hash)))
        .map(holder -> holder.id() != id && holder.hash().hasSameBytes(Operation.hash(hash)))
        .orElse(true);
  }

  /** {@link TokenStore#recordUses}. */
  record RecordUses(Map<Long, Instant> usesByOrdinal, Instant latestPlausible)
      implements Operation {
    @Override
    public Object applyTo(TokenStore store, AssignedIds ids) {
      Map<Long, Instant> uses = new HashMap<>();
      usesByOrdinal.forEach((ordinal, at) -> uses.put(ids.id(ordinal), at));
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

  /** {@link TokenStore#deleteExpired}, repeated until it returns 0, because the store may choose which tokens it deletes first. */
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

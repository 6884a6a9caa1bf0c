package io.counterfoil.memory;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens in memory, for as long as the store is reachable: for tests, trials, and hosts that create their tokens anew
 * at every start.
 *
 * <p>Reads take no lock and wait for nobody; changes wait for each other. A list that is taken while tokens change shows each
 * of them as it was at some moment of the call. Finding costs the same however many tokens there are; listing one owner's
 * looks at those of all. Safe for use by many threads, virtual ones too.
 */
public final class InMemoryTokenStore implements TokenStore {
  private final ConcurrentNavigableMap<Long, Slot> byId = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<TokenHash, Slot> byHash = new ConcurrentHashMap<>();
  private final Set<OwnedName> names = new HashSet<>();
  private final ReentrantLock changes = new ReentrantLock();
  private long lastId;

  /** Makes an empty store. */
  public InMemoryTokenStore() {}

  @Override
  public long insert(StoredToken token) {
    return changing(() -> {
      OwnedName name = OwnedName.of(token);
      if (names.contains(name)) {
        throw new DuplicateTokenNameException();
      }
      hashes(token).forEach(this::requireNew);
      lastId++;
      names.add(name);
      Slot slot = new Slot();
      hashes(token).forEach(hash -> byHash.put(hash, slot));
      byId.put(lastId, slot);
      slot.row = token.numbered(
          lastId); // last: no reader finds the token by one index and misses it by another
      return lastId;
    });
  }

  @Override
  public Optional<StoredToken> findByHash(TokenHash hash) {
    // A rotation may be under way, or over since the slot was found: what counts is the row itself.
    return row(byHash.get(hash)).filter(row -> hashes(row).anyMatch(hash::equals));
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return row(byId.get(id));
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return rows(afterId).limit(checkedLimit(limit)).toList();
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return rows(afterId)
        .filter(row -> row.owner().equals(owner))
        .limit(checkedLimit(limit))
        .toList();
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return change(id, (slot, row) -> slot.row = row.switched(enabled));
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return changing(() ->
        findById(id).filter(row -> row.hash().equals(expected)).isPresent()
            && change(id, (slot, row) -> {
              requireNew(replacement);
              byHash.put(replacement, slot);
              slot.row = row.rotated(replacement, previousUntil);
              row.previous().ifPresent(freed -> byHash.remove(freed.hash()));
            }));
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    changing(() -> {
      uses.forEach((id, at) -> change(id, (slot, row) -> slot.row = row.used(at)));
      return uses;
    });
  }

  @Override
  public boolean delete(long id) {
    return change(id, this::remove);
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return changing(() -> {
      List<StoredToken> expired = rows(0)
          .filter(row -> row.expiresAt().filter(at -> at.isBefore(before)).isPresent())
          .limit(checkedLimit(limit))
          .toList();
      expired.forEach(row -> delete(row.id()));
      return expired.size();
    });
  }

  private static int checkedLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
    return limit;
  }

  private Stream<StoredToken> rows(long afterId) {
    return byId.tailMap(afterId, false).values().stream()
        .map(InMemoryTokenStore::row)
        .flatMap(Optional::stream);
  }

  private static Optional<StoredToken> row(@Nullable Slot slot) {
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.row);
  }

  private static Stream<TokenHash> hashes(StoredToken row) {
    return Stream.concat(
        Stream.of(row.hash()), row.previous().map(StoredToken.Previous::hash).stream());
  }

  private void requireNew(TokenHash hash) {
    if (byHash.containsKey(hash)) {
      throw new TokenStoreException("the hash is there already");
    }
  }

  private void remove(Slot slot, StoredToken row) {
    slot.row = null; // first: from here on no index leads to the token
    hashes(row).forEach(byHash::remove);
    byId.remove(row.id());
    names.remove(OwnedName.of(row));
  }

  private boolean change(long id, BiConsumer<Slot, StoredToken> change) {
    return changing(() -> {
      Slot slot = byId.get(id);
      StoredToken row = slot == null ? null : slot.row;
      if (slot == null || row == null) {
        return false;
      }
      change.accept(slot, row);
      return true;
    });
  }

  private <T> T changing(Supplier<T> change) {
    changes.lock();
    try {
      return change.get();
    } finally {
      changes.unlock();
    }
  }

  /** The one place of a row. All indexes lead to it, so that a change is seen through all of them at once. */
  private static final class Slot {
    volatile @Nullable StoredToken row;
  }

  private record OwnedName(String owner, String name) {
    static OwnedName of(StoredToken row) {
      return new OwnedName(row.owner(), row.name());
    }
  }
}

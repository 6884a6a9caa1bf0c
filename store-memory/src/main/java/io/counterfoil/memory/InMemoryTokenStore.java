package io.counterfoil.memory;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
  private final ConcurrentMap<OwnedName, Slot> byName = new ConcurrentHashMap<>();
  private final ReentrantLock changes = new ReentrantLock();
  private long lastId;

  /** Makes an empty store. */
  public InMemoryTokenStore() {}

  @Override
  public long insert(StoredToken token) {
    return changing(() -> {
      OwnedName name = OwnedName.of(token);
      if (byName.containsKey(name)) {
        throw new DuplicateTokenNameException();
      }
      hashes(token).forEach(this::requireNew);
      lastId++;
      Slot slot = new Slot();
      byName.put(name, slot);
      hashes(token).forEach(hash -> byHash.put(hash, slot));
      byId.put(lastId, slot);
      slot.row = token.numbered(
          lastId); // last: no reader finds the token by one index and misses it by another
      return lastId;
    });
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    for (TokenHash candidate : candidates) {
      StoredToken row = row(byHash.get(candidate));
      // A rotation may be under way, or over since the slot was found: what counts is the row
      // itself.
      if (row != null && has(row, candidate)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  private static boolean has(StoredToken row, TokenHash hash) {
    return row.hash().equals(hash)
        || (row.previous().isPresent() && row.previous().get().hash().equals(hash));
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return Optional.ofNullable(row(byId.get(id)));
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return Optional.ofNullable(row(byName.get(new OwnedName(owner, name))));
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return rows(afterId).limit(limit).toList();
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return rows(afterId).filter(row -> row.owner().equals(owner)).limit(limit).toList();
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return change(id, (slot, row) -> slot.row = row.switched(enabled));
  }

  @Override
  public int disableAll() {
    return changeAll(StoredToken::enabled, (slot, row) -> slot.row = row.switched(false));
  }

  @Override
  public int disableOwnedBy(String owner) {
    return changeAll(
        row -> row.owner().equals(owner) && row.enabled(),
        (slot, row) -> slot.row = row.switched(false));
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return replace(id, expected, replacement, row -> row.rotated(replacement, previousUntil));
  }

  @Override
  public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
    return replace(id, expected, replacement, row -> row.rehashed(replacement));
  }

  private boolean replace(
      long id, TokenHash expected, TokenHash replacement, UnaryOperator<StoredToken> change) {
    return changeIf(id, row -> row.hash().equals(expected), (slot, row) -> {
      requireNew(replacement);
      StoredToken replaced = change.apply(row);
      byHash.put(replacement, slot);
      slot.row = replaced;
      hashes(row).filter(hash -> hashes(replaced).noneMatch(hash::equals)).forEach(byHash::remove);
    });
  }

  @Override
  public boolean endPrevious(long id, TokenHash previous, Instant until) {
    Instant end = until.truncatedTo(MILLIS);
    return changeIf(
        id,
        row -> row.previous()
            .filter(old -> old.hash().equals(previous) && end.isBefore(old.until()))
            .isPresent(),
        (slot, row) -> slot.row = row.endingPrevious(end));
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
  public int deleteOwnedBy(String owner) {
    return changeAll(row -> row.owner().equals(owner), this::remove);
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return changing(() -> changeEach(
        rows(0)
            .filter(row -> row.expiresAt().filter(at -> at.isBefore(before)).isPresent())
            .limit(limit)
            .toList(),
        this::remove));
  }

  private Stream<StoredToken> rows(long afterId) {
    return byId.tailMap(afterId, false).values().stream()
        .flatMap(slot -> Stream.ofNullable(row(slot)));
  }

  private static @Nullable StoredToken row(@Nullable Slot slot) {
    return slot == null ? null : slot.row;
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
    byName.remove(OwnedName.of(row));
  }

  private boolean change(long id, BiConsumer<Slot, StoredToken> change) {
    return changeIf(id, row -> true, change);
  }

  private boolean changeIf(
      long id, Predicate<StoredToken> condition, BiConsumer<Slot, StoredToken> change) {
    return changing(() -> {
      Slot slot = byId.get(id);
      StoredToken row = slot == null ? null : slot.row;
      if (slot == null || row == null || !condition.test(row)) {
        return false;
      }
      change.accept(slot, row);
      return true;
    });
  }

  private int changeAll(Predicate<StoredToken> condition, BiConsumer<Slot, StoredToken> change) {
    return changing(() -> changeEach(rows(0).filter(condition).toList(), change));
  }

  private int changeEach(List<StoredToken> rows, BiConsumer<Slot, StoredToken> change) {
    rows.forEach(row -> change(row.id(), change));
    return rows.size();
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

  /** Compared by hand: what the language gives a record for that takes a process some 30 ms at its first token. */
  private record OwnedName(String owner, String name) {
    static OwnedName of(StoredToken row) {
      return new OwnedName(row.owner(), row.name());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OwnedName that && owner.equals(that.owner) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return 31 * owner.hashCode() + name.hashCode();
    }
  }
}

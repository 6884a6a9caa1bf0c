package io.counterfoil.memory;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Stores tokens in memory. For tests, for trials, and for hosts that create new tokens at every start.
 *
 * <p>Reads take no lock; changes wait for each other. A list that is read while tokens change shows each token as it was at some
 * moment during the call. The time of a lookup hardly depends on the number of tokens. Listing the tokens of one owner reads all
 * tokens. Safe for use by many threads, including virtual threads.
 */
public final class InMemoryTokenStore implements TokenStore {
  /**
   * The rows by id. One write to this map inserts, changes or deletes a row. The other collections contain only ids of rows in
   * this map. So a reader that finds a row in one way also finds it in every other way.
   */
  private final Map<Long, StoredToken> rows = new ConcurrentHashMap<>();

  private final NavigableSet<Long> ids = new ConcurrentSkipListSet<>();
  private final Map<TokenHash, Long> idsByHash = new ConcurrentHashMap<>();
  private final Map<Name, Long> idsByName = new ConcurrentHashMap<>();
  private final ReentrantLock changes = new ReentrantLock();
  private long lastId;

  /** Creates an empty store. */
  public InMemoryTokenStore() {}

  @Override
  public long insert(StoredToken token) {
    return changing(() -> {
      if (idsByName.containsKey(Name.of(token))) {
        throw new DuplicateTokenNameException();
      }
      hashes(token).forEach(this::requireNew);
      lastId++;
      idsByName.put(Name.of(token), lastId);
      ids.add(lastId);
      put(token.withId(lastId));
      return lastId;
    });
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    for (TokenHash candidate : candidates) {
      Long id = idsByHash.get(candidate);
      StoredToken row = id == null ? null : rows.get(id);
      if (row != null && hasHash(row, candidate)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return Optional.ofNullable(idsByName.get(new Name(owner, name))).map(rows::get);
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return after(afterId).limit(limit).toList();
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return after(afterId).filter(isOwnedBy(owner)).limit(limit).toList();
  }

  private Stream<StoredToken> after(long id) {
    return ids.tailSet(id, false).stream().map(rows::get).filter(Objects::nonNull);
  }

  private static Predicate<StoredToken> isOwnedBy(String owner) {
    return row -> row.owner().equals(owner);
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return replace(id, row -> true, row -> row.withEnabled(enabled));
  }

  @Override
  public int disableAll() {
    return disable(StoredToken::enabled);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return disable(isOwnedBy(owner).and(StoredToken::enabled));
  }

  private int disable(Predicate<StoredToken> condition) {
    return changing(() -> {
      List<StoredToken> enabled = after(StoredToken.UNSAVED).filter(condition).toList();
      enabled.forEach(row -> put(row.withEnabled(false)));
      return enabled.size();
    });
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return replace(id, row -> row.hash().equals(expected), row -> {
      requireNew(replacement);
      return row.rotated(replacement, previousUntil);
    });
  }

  @Override
  public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
    return replace(id, row -> row.hash().equals(expected), row -> {
      requireNew(replacement);
      return row.rehashed(replacement);
    });
  }

  @Override
  public boolean endPrevious(long id, TokenHash previous, Instant until) {
    Instant end = until.truncatedTo(MILLIS);
    Predicate<StoredToken.Previous> endsLater =
        old -> old.hash().equals(previous) && end.isBefore(old.until());
    return replace(
        id, row -> row.previous().filter(endsLater).isPresent(), row -> row.endingPrevious(end));
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    uses.forEach((id, at) -> replace(id, row -> true, row -> row.used(at)));
  }

  @Override
  public boolean delete(long id) {
    return changing(() -> remove(findById(id).stream().toList())) == 1;
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return changing(
        () -> remove(after(StoredToken.UNSAVED).filter(isOwnedBy(owner)).toList()));
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    Predicate<StoredToken> isExpired =
        row -> row.expiresAt().filter(at -> at.isBefore(before)).isPresent();
    return changing(
        () -> remove(after(StoredToken.UNSAVED).filter(isExpired).limit(limit).toList()));
  }

  private void requireNew(TokenHash hash) {
    if (idsByHash.containsKey(hash)) {
      throw new TokenStoreException("the hash already exists");
    }
  }

  private boolean replace(
      long id, Predicate<StoredToken> condition, UnaryOperator<StoredToken> change) {
    return changing(() -> {
      Optional<StoredToken> row = findById(id).filter(condition);
      row.map(change).ifPresent(this::put);
      return row.isPresent();
    });
  }

  /** Adds new hashes to the index before the row is visible, and removes replaced hashes after that. */
  private void put(StoredToken row) {
    hashes(row).forEach(hash -> idsByHash.put(hash, row.id()));
    StoredToken before = rows.put(row.id(), row);
    if (before != null) {
      hashes(before).filter(hash -> !hasHash(row, hash)).forEach(idsByHash::remove);
    }
  }

  private int remove(Collection<StoredToken> removed) {
    for (StoredToken row : removed) {
      rows.remove(row.id());
      ids.remove(row.id());
      idsByName.remove(Name.of(row));
      hashes(row).forEach(idsByHash::remove);
    }
    return removed.size();
  }

  private static boolean hasHash(StoredToken row, TokenHash hash) {
    return row.hash().equals(hash)
        || (row.previous().isPresent() && row.previous().get().hash().equals(hash));
  }

  private static Stream<TokenHash> hashes(StoredToken row) {
    return Stream.concat(
        Stream.of(row.hash()), row.previous().map(StoredToken.Previous::hash).stream());
  }

  private <T> T changing(Supplier<T> change) {
    changes.lock();
    try {
      return change.get();
    } finally {
      changes.unlock();
    }
  }

  private record Name(String owner, String name) {
    static Name of(StoredToken row) {
      return new Name(row.owner(), row.name());
    }
  }
}

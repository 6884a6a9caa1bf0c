package io.counterfoil.memory;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores tokens in memory. For tests, for trials, and for hosts that create new tokens at every start.
 *
 * <p>Reads of tokens take no lock; changes wait for each other. A list that is read while tokens change shows each token as it was
 * at some moment during the call. The time of a lookup hardly depends on the number of tokens. Listing the tokens of one owner
 * reads all tokens. Safe for use by many threads, including virtual threads.
 */
public final class InMemoryTokenStore implements TokenStore {
  private final NavigableMap<Long, Row> rows = new ConcurrentSkipListMap<>();
  private final Map<Bytes, Row> rowsByHash = new ConcurrentHashMap<>();
  private final Map<Name, Row> rowsByName = new ConcurrentHashMap<>();
  private final ReentrantLock changes = new ReentrantLock();
  private final Set<String> keys = new HashSet<>();
  private long lastId;

  /**
   * A row that every index shares. One write to its field inserts, changes or deletes the token. So a reader that finds the token
   * in one way also finds it in every other way.
   */
  private static final class Row {
    private volatile @Nullable StoredToken token;

    Optional<StoredToken> token() {
      return Optional.ofNullable(token);
    }
  }

  /** Creates an empty store. */
  public InMemoryTokenStore() {}

  @Override
  public long insert(StoredToken token) {
    return changing(() -> {
      Row row = new Row();
      requireFreeName(token, row);
      index(token, row);
      lastId++;
      rows.put(lastId, row);
      rowsByName.put(Name.of(token), row);
      row.token = token.withId(lastId);
      return lastId;
    });
  }

  @Override
  public OptionalLong insertOnce(String key, StoredToken token) {
    return changing(() -> {
      if (keys.contains(key)) {
        return OptionalLong.empty();
      }
      long id = insert(token);
      keys.add(key);
      return OptionalLong.of(id);
    });
  }

  /** Waits for a change in progress: between its two parts, a caller may find the token, but not the key. */
  @Override
  public boolean isRecorded(String key) {
    return changing(() -> keys.contains(key));
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    for (TokenHash candidate : candidates) {
      Row row = rowsByHash.get(new Bytes(candidate));
      StoredToken token = row == null ? null : row.token;
      if (token != null && hasBytes(token, candidate)) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return Optional.ofNullable(rows.get(id)).flatMap(Row::token);
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return Optional.ofNullable(rowsByName.get(new Name(owner, name)))
        .flatMap(Row::token)
        .filter(row -> row.name().equals(name)); // not if it is being renamed
  }

  @Override
  public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    return after(afterId).filter(query::matches).limit(limit).toList();
  }

  @Override
  public long count(TokenQuery query) {
    return after(StoredToken.UNSAVED).filter(query::matches).count();
  }

  private Stream<StoredToken> after(long id) {
    return rows.tailMap(id, false).values().stream().map(Row::token).flatMap(Optional::stream);
  }

  private static Predicate<StoredToken> isOwnedBy(String owner) {
    return row -> row.owner().equals(owner);
  }

  @Override
  public boolean update(StoredToken changed) {
    return replace(
        changed.id(), row -> row.revision() == changed.revision(), row -> row.updated(changed));
  }

  @Override
  public boolean disable(long id) {
    return replace(id, row -> true, StoredToken::disabled);
  }

  @Override
  public int disableAll() {
    return disableAll(StoredToken::enabled);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return disableAll(isOwnedBy(owner).and(StoredToken::enabled));
  }

  private int disableAll(Predicate<StoredToken> condition) {
    return changing(() -> {
      List<StoredToken> enabled = after(StoredToken.UNSAVED).filter(condition).toList();
      enabled.forEach(token -> disable(token.id()));
      return enabled.size();
    });
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    uses.forEach((id, use) -> replace(id, row -> true, row -> row.used(use, latestPlausible)));
  }

  @Override
  public boolean delete(long id) {
    return changing(() -> remove(findById(id).stream().toList())) == 1;
  }

  @Override
  public boolean deleteExpired(long id, Instant before) {
    return changing(() ->
            remove(findById(id).filter(row -> isExpired(row, before)).stream().toList()))
        == 1;
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return changing(
        () -> remove(after(StoredToken.UNSAVED).filter(isOwnedBy(owner)).toList()));
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return changing(() -> remove(after(StoredToken.UNSAVED)
        .filter(row -> isExpired(row, before))
        .limit(limit)
        .toList()));
  }

  private static boolean isExpired(StoredToken row, Instant before) {
    return row.expiresAt().filter(at -> at.isBefore(before)).isPresent();
  }

  private void requireFreeName(StoredToken token, Row row) {
    if (rowsByName.getOrDefault(Name.of(token), row) != row) {
      throw new DuplicateTokenNameException();
    }
  }

  /** Makes a row available by its hashes. Each hash finds one row, so it must not be the previous hash of another row either. */
  private void index(StoredToken token, Row row) {
    List<Bytes> hashes = hashes(token).toList();
    if (hashes.stream().anyMatch(hash -> rowsByHash.getOrDefault(hash, row) != row)) {
      throw new DuplicateTokenHashException();
    }
    hashes.forEach(hash -> rowsByHash.put(hash, row));
  }

  private boolean replace(
      long id, Predicate<StoredToken> condition, UnaryOperator<StoredToken> change) {
    return changing(() -> {
      Row row = rows.get(id);
      StoredToken before = row == null ? null : row.token;
      if (row == null || before == null || !condition.test(before)) {
        return false;
      }
      StoredToken after = change.apply(before);
      requireFreeName(after, row);
      index(after, row); // before anybody looks for its hashes
      rowsByName.put(Name.of(after), row);
      row.token = after;
      if (!Name.of(before).equals(Name.of(after))) {
        rowsByName.remove(Name.of(before));
      }
      List<Bytes> kept = hashes(after).toList();
      hashes(before).filter(hash -> !kept.contains(hash)).forEach(rowsByHash::remove);
      return true;
    });
  }

  private int remove(Collection<StoredToken> removed) {
    for (StoredToken token : removed) {
      rows.computeIfPresent(token.id(), (id, row) -> {
        row.token = null;
        return null; // removes the entry
      });
      rowsByName.remove(Name.of(token));
      hashes(token).forEach(rowsByHash::remove);
    }
    return removed.size();
  }

  private static boolean hasBytes(StoredToken token, TokenHash hash) {
    return token.hash().hasSameBytes(hash)
        || (token.previous().isPresent() && token.previous().get().hash().hasSameBytes(hash));
  }

  private static Stream<Bytes> hashes(StoredToken token) {
    return Stream.concat(
            Stream.of(token.hash()), token.previous().map(StoredToken.Previous::hash).stream())
        .map(Bytes::new);
  }

  private <T> T changing(Supplier<T> change) {
    changes.lock();
    try {
      return change.get();
    } finally {
      changes.unlock();
    }
  }

  /** A hash without its tag. */
  private record Bytes(TokenHash hash) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes that && hash.hasSameBytes(that.hash);
    }

    @Override
    public int hashCode() {
      return hash.hashCode();
    }
  }

  private record Name(String owner, String name) {
    static Name of(StoredToken token) {
      return new Name(token.owner(), token.name());
    }
  }
}

package io.counterfoil;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The simplest possible store: every query scans all rows. It counts the queries by hash. */
final class MapStore implements TokenStore {
  final AtomicInteger lookups = new AtomicInteger();
  private final TreeMap<Long, StoredToken> rows = new TreeMap<>();
  final Set<String> keys = new TreeSet<>();
  private long lastId;

  @Override
  public synchronized long insert(StoredToken token) {
    requireNewName(token);
    requireNew(token.hash(), StoredToken.UNSAVED);
    lastId++;
    rows.put(lastId, token.withId(lastId));
    return lastId;
  }

  @Override
  public synchronized OptionalLong insertOnce(String key, StoredToken token) {
    if (keys.contains(key)) {
      return OptionalLong.empty();
    }
    long id = insert(token);
    keys.add(key);
    return OptionalLong.of(id);
  }

  @Override
  public synchronized boolean isRecorded(String key) {
    return keys.contains(key);
  }

  private void requireNewName(StoredToken token) {
    if (findByName(token.owner(), token.name())
        .filter(row -> row.id() != token.id())
        .isPresent()) {
      throw new DuplicateTokenNameException();
    }
  }

  private void requireNew(TokenHash hash, long id) {
    if (rows.values().stream().anyMatch(row -> row.id() != id && row.hash().hasSameBytes(hash))) {
      throw new DuplicateTokenHashException();
    }
  }

  @Override
  public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    lookups.incrementAndGet();
    return rows.values().stream()
        .filter(row -> RowHashes.haveBytesOfAny(row, candidates))
        .findFirst();
  }

  @Override
  public synchronized Optional<StoredToken> findByName(String owner, String name) {
    return rows.values().stream()
        .filter(row -> row.owner().equals(owner) && row.name().equals(name))
        .findFirst();
  }

  @Override
  public synchronized Optional<StoredToken> findById(long id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public synchronized List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    Stream<StoredToken> later = rows.tailMap(afterId, false).values().stream();
    return later.filter(query::matches).limit(limit).toList();
  }

  @Override
  public synchronized long count(TokenQuery query) {
    return rows.values().stream().filter(query::matches).count();
  }

  @Override
  public synchronized boolean update(StoredToken changed) {
    boolean isSame = findById(changed.id())
        .filter(row -> row.revision() == changed.revision())
        .isPresent();
    if (isSame) {
      requireNewName(changed);
      requireNew(changed.hash(), changed.id());
    }
    return isSame && replace(changed.id(), row -> row.updated(changed));
  }

  @Override
  public boolean disable(long id) {
    return replace(id, StoredToken::disabled);
  }

  @Override
  public int disableAll() {
    return replaceAll(StoredToken::enabled, StoredToken::disabled);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return replaceAll(row -> row.owner().equals(owner) && row.enabled(), StoredToken::disabled);
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    uses.forEach((id, use) -> replace(id, row -> row.used(use, latestPlausible)));
  }

  @Override
  public synchronized boolean delete(long id) {
    return rows.remove(id) != null;
  }

  @Override
  public synchronized boolean deleteExpired(long id, Instant before) {
    return rows.values().removeIf(row -> row.id() == id && isExpired(row, before));
  }

  @Override
  public synchronized int deleteOwnedBy(String owner) {
    List<Long> owned = ids(row -> row.owner().equals(owner)).toList();
    rows.keySet().removeAll(owned);
    return owned.size();
  }

  @Override
  public synchronized int deleteExpired(Instant before, int limit) {
    List<Long> expired = ids(row -> isExpired(row, before)).limit(limit).toList();
    rows.keySet().removeAll(expired);
    return expired.size();
  }

  private static boolean isExpired(StoredToken row, Instant before) {
    return row.expiresAt().filter(at -> at.isBefore(before)).isPresent();
  }

  private Stream<Long> ids(Predicate<StoredToken> condition) {
    return rows.values().stream().filter(condition).map(StoredToken::id);
  }

  private synchronized int replaceAll(
      Predicate<StoredToken> condition, UnaryOperator<StoredToken> change) {
    List<Long> concerned = ids(condition).toList();
    concerned.forEach(id -> replace(id, change));
    return concerned.size();
  }

  /** Replaces a row, as an older or newer version of the library or an attacker might. */
  synchronized boolean replace(long id, UnaryOperator<StoredToken> change) {
    return rows.computeIfPresent(id, (same, row) -> change.apply(row)) != null;
  }
}

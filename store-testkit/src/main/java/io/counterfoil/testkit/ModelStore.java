package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The simplest possible store, used as a model for others. It is one map, which every lookup scans. */
class ModelStore implements TokenStore {
  private final TreeMap<Long, StoredToken> rows = new TreeMap<>();
  private final Set<String> keys = new HashSet<>();
  long lastId;

  @Override
  public synchronized long insert(StoredToken token) {
    if (findByName(token.owner(), token.name()).isPresent()) {
      throw new DuplicateTokenNameException();
    }
    requireNew(token.hash(), StoredToken.UNSAVED);
    lastId++;
    put(token.withId(lastId));
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

  private void requireNew(TokenHash hash, long id) {
    if (rows.values().stream().anyMatch(row -> row.id() != id && row.hash().hasSameBytes(hash))) {
      throw new DuplicateTokenHashException();
    }
  }

  final synchronized void put(StoredToken row) {
    rows.put(row.id(), row);
  }

  @Override
  public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    return rows.values().stream()
        .filter(row -> candidates.stream().anyMatch(hash -> hasBytes(row, hash)))
        .findFirst();
  }

  private static boolean hasBytes(StoredToken row, TokenHash hash) {
    return row.hash().hasSameBytes(hash)
        || row.previous().filter(old -> old.hash().hasSameBytes(hash)).isPresent();
  }

  @Override
  public synchronized Optional<StoredToken> findById(long id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public synchronized Optional<StoredToken> findByName(String owner, String name) {
    return rows.values().stream()
        .filter(row -> row.owner().equals(owner) && row.name().equals(name))
        .findFirst();
  }

  @Override
  public synchronized List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    return rows.tailMap(afterId, false).values().stream()
        .filter(query::matches)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long count(TokenQuery query) {
    return rows.values().stream().filter(query::matches).count();
  }

  @Override
  public synchronized boolean update(StoredToken changed) {
    long id = changed.id();
    Optional<StoredToken> row =
        findById(id).filter(found -> found.revision() == changed.revision());
    if (row.isEmpty()) {
      return false;
    }
    if (findByName(row.get().owner(), changed.name())
        .filter(holder -> holder.id() != id)
        .isPresent()) {
      throw new DuplicateTokenNameException();
    }
    requireNew(changed.hash(), id);
    put(row.get().updated(changed));
    return true;
  }

  @Override
  public boolean disable(long id) {
    return change(id, StoredToken::disabled);
  }

  @Override
  public int disableAll() {
    return changeAll(StoredToken::enabled, StoredToken::disabled);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return changeAll(row -> row.owner().equals(owner) && row.enabled(), StoredToken::disabled);
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    uses.forEach((id, use) -> change(id, row -> row.used(use, latestPlausible)));
  }

  @Override
  public synchronized boolean delete(long id) {
    return rows.remove(id) != null;
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

  @Override
  public synchronized boolean deleteExpired(long id, Instant before) {
    return findById(id).filter(row -> isExpired(row, before)).isPresent() && delete(id);
  }

  private static boolean isExpired(StoredToken row, Instant before) {
    return row.expiresAt().filter(at -> at.isBefore(before)).isPresent();
  }

  private Stream<Long> ids(Predicate<StoredToken> condition) {
    return rows.values().stream().filter(condition).map(StoredToken::id);
  }

  private synchronized int changeAll(
      Predicate<StoredToken> condition, UnaryOperator<StoredToken> change) {
    List<Long> concerned = ids(condition).toList();
    concerned.forEach(id -> change(id, change));
    return concerned.size();
  }

  private synchronized boolean change(long id, UnaryOperator<StoredToken> change) {
    return rows.computeIfPresent(id, (same, row) -> change.apply(row)) != null;
  }
}

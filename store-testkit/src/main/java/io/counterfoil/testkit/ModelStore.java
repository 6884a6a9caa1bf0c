package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
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
  public List<StoredToken> list(long afterId, int limit) {
    return page(afterId, limit, row -> true);
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return page(afterId, limit, row -> row.owner().equals(owner));
  }

  private synchronized List<StoredToken> page(
      long afterId, int limit, Predicate<StoredToken> wanted) {
    return rows.tailMap(afterId, false).values().stream()
        .filter(wanted)
        .limit(limit)
        .toList();
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return change(id, row -> row.withEnabled(enabled));
  }

  @Override
  public int disableAll() {
    return changeAll(StoredToken::enabled, row -> row.withEnabled(false));
  }

  @Override
  public int disableOwnedBy(String owner) {
    return changeAll(
        row -> row.owner().equals(owner) && row.enabled(), row -> row.withEnabled(false));
  }

  @Override
  public synchronized boolean replaceHashes(
      StoredToken expected, TokenHash hash, Optional<StoredToken.Previous> previous) {
    boolean isExpected = findById(expected.id()).filter(expected::hasSameHashes).isPresent();
    if (isExpected) {
      requireNew(hash, expected.id());
    }
    return isExpected && change(expected.id(), row -> row.withHashes(hash, previous));
  }

  @Override
  public void recordUses(Map<Long, Instant> uses, Instant latestPlausible) {
    uses.forEach((id, at) -> change(id, row -> row.used(at, latestPlausible)));
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
    List<Long> expired = ids(row ->
            row.expiresAt().filter(at -> at.isBefore(before)).isPresent())
        .limit(limit)
        .toList();
    rows.keySet().removeAll(expired);
    return expired.size();
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

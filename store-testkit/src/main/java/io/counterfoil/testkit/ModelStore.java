package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The simplest store there can be, to compare others with: one map, and every question is a scan of it. */
class ModelStore implements TokenStore {
  private final TreeMap<Long, StoredToken> rows = new TreeMap<>();
  long lastId;

  @Override
  public synchronized long insert(StoredToken token) {
    if (hasName(token.owner(), token.name())) {
      throw new DuplicateTokenNameException();
    }
    if (findByHash(token.hash()).isPresent()) {
      throw new TokenStoreException("the hash is there already");
    }
    lastId++;
    put(token.numbered(lastId));
    return lastId;
  }

  final synchronized void put(StoredToken row) {
    rows.put(row.id(), row);
  }

  final synchronized boolean hasName(String owner, String name) {
    return rows.values().stream()
        .anyMatch(row -> row.owner().equals(owner) && row.name().equals(name));
  }

  @Override
  public synchronized Optional<StoredToken> findByHash(TokenHash hash) {
    return rows.values().stream()
        .filter(row -> row.hash().equals(hash) || hasPrevious(row, hash))
        .findFirst();
  }

  private static boolean hasPrevious(StoredToken row, TokenHash hash) {
    return row.previous().filter(old -> old.hash().equals(hash)).isPresent();
  }

  @Override
  public synchronized Optional<StoredToken> findById(long id) {
    return Optional.ofNullable(rows.get(id));
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
        .limit(checkedLimit(limit))
        .toList();
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return change(id, row -> row.switched(enabled));
  }

  @Override
  public synchronized boolean rotate(
      long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return findById(id).filter(row -> row.hash().equals(expected)).isPresent()
        && change(id, row -> row.rotated(replacement, previousUntil));
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    uses.forEach((id, at) -> change(id, row -> row.used(at)));
  }

  @Override
  public synchronized boolean delete(long id) {
    return rows.remove(id) != null;
  }

  @Override
  public synchronized int deleteExpired(Instant before, int limit) {
    List<Long> expired = rows.values().stream()
        .filter(row -> row.expiresAt().filter(at -> at.isBefore(before)).isPresent())
        .map(StoredToken::id)
        .limit(checkedLimit(limit))
        .toList();
    rows.keySet().removeAll(expired);
    return expired.size();
  }

  private static int checkedLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
    return limit;
  }

  private synchronized boolean change(long id, UnaryOperator<StoredToken> change) {
    return rows.computeIfPresent(id, (same, row) -> change.apply(row)) != null;
  }
}

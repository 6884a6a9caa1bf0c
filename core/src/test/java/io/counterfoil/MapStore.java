package io.counterfoil;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The simplest store there can be: every question is a scan. It counts how often it is asked for a hash. */
final class MapStore implements TokenStore {
  final AtomicInteger lookups = new AtomicInteger();
  private final TreeMap<Long, StoredToken> rows = new TreeMap<>();
  private long lastId;

  @Override
  public synchronized long insert(StoredToken token) {
    boolean taken = rows.values().stream()
        .anyMatch(row -> row.owner().equals(token.owner()) && row.name().equals(token.name()));
    if (taken) {
      throw new DuplicateTokenNameException();
    }
    lastId++;
    rows.put(lastId, token.numbered(lastId));
    return lastId;
  }

  @Override
  public synchronized Optional<StoredToken> findByHash(TokenHash hash) {
    lookups.incrementAndGet();
    return rows.values().stream()
        .filter(row -> row.hash().equals(hash)
            || row.previous().filter(old -> old.hash().equals(hash)).isPresent())
        .findFirst();
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
    Stream<StoredToken> later = rows.tailMap(afterId, false).values().stream();
    return later.filter(wanted).limit(limit).toList();
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return replace(id, row -> row.switched(enabled));
  }

  @Override
  public synchronized boolean rotate(
      long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    StoredToken row = rows.get(id);
    return row != null
        && row.hash().equals(expected)
        && replace(id, old -> old.rotated(replacement, previousUntil));
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    uses.forEach((id, at) -> replace(id, row -> row.used(at)));
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
        .limit(limit)
        .toList();
    rows.keySet().removeAll(expired);
    return expired.size();
  }

  /** Puts another row in the place of one, as an older or newer version of the library or an attacker might. */
  synchronized boolean replace(long id, UnaryOperator<StoredToken> change) {
    return rows.computeIfPresent(id, (same, row) -> change.apply(row)) != null;
  }
}

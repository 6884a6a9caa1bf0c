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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keeps tokens in memory, for as long as the store is reachable: for tests, trials, and hosts that create their tokens anew
 * at every start.
 *
 * <p>Reads take no lock and wait for nobody; changes wait for each other. A list that is taken while tokens change shows each
 * of them as it was at some moment of the call. Finding costs the same however many tokens there are, but for names that somebody
 * chose to have one hash code; listing one owner's looks at those of all. Safe for use by many threads, virtual ones too.
 */
public final class InMemoryTokenStore implements TokenStore {
  private volatile Rows rows = Rows.none();
  private final ReentrantLock changes = new ReentrantLock();
  private long lastId;

  /** Makes an empty store. */
  public InMemoryTokenStore() {}

  @Override
  public long insert(StoredToken token) {
    return changing(() -> {
      if (rows.find(token.owner(), token.name()) != null) {
        throw new DuplicateTokenNameException();
      }
      requireNew(token.hash());
      if (token.previous().isPresent()) {
        requireNew(token.previous().get().hash());
      }
      rows = rows.withRoom(Rows.hashesOf(token));
      lastId++;
      rows.add(token.withId(lastId));
      return lastId;
    });
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    Rows current = rows;
    for (TokenHash candidate : candidates) {
      StoredToken row = current.find(candidate);
      if (row != null) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return Optional.ofNullable(rows.find(id));
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return Optional.ofNullable(rows.find(owner, name));
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return rows.after(afterId).limit(limit).toList();
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return rows.after(afterId)
        .filter(row -> row.owner().equals(owner))
        .limit(limit)
        .toList();
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return change(id, row -> rows.replace(row.withEnabled(enabled)));
  }

  @Override
  public int disableAll() {
    return changeAll(StoredToken::enabled, row -> rows.replace(row.withEnabled(false)));
  }

  @Override
  public int disableOwnedBy(String owner) {
    return changeAll(
        row -> row.owner().equals(owner) && row.enabled(),
        row -> rows.replace(row.withEnabled(false)));
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
    return changeIf(id, row -> row.hash().equals(expected), row -> {
      requireNew(replacement);
      rows = rows.withRoom(1);
      rows.index(id, replacement);
      rows.replace(change.apply(row));
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
        row -> rows.replace(row.endingPrevious(end)));
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    changing(() -> {
      uses.forEach((id, at) -> change(id, row -> rows.replace(row.used(at))));
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
        rows.all()
            .filter(row -> row.expiresAt().filter(at -> at.isBefore(before)).isPresent())
            .limit(limit)
            .toList(),
        this::remove));
  }

  private void requireNew(TokenHash hash) {
    if (rows.find(hash) != null) {
      throw new TokenStoreException("the hash is there already");
    }
  }

  private void remove(StoredToken row) {
    rows = rows.without(row.id());
  }

  private boolean change(long id, Consumer<StoredToken> change) {
    return changeIf(id, row -> true, change);
  }

  private boolean changeIf(
      long id, Predicate<StoredToken> condition, Consumer<StoredToken> change) {
    return changing(() -> {
      StoredToken row = rows.find(id);
      if (row == null || !condition.test(row)) {
        return false;
      }
      change.accept(row);
      return true;
    });
  }

  private int changeAll(Predicate<StoredToken> condition, Consumer<StoredToken> change) {
    return changing(() -> changeEach(rows.all().filter(condition).toList(), change));
  }

  private int changeEach(List<StoredToken> rows, Consumer<StoredToken> change) {
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
}

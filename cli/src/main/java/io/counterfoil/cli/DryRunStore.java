package io.counterfoil.cli;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that reads from another one and inserts into memory. It has only what an import needs. */
final class DryRunStore implements TokenStore {
  private final TokenStore real;
  private final InMemoryTokenStore inserted = new InMemoryTokenStore();

  DryRunStore(TokenStore real) {
    this.real = real;
  }

  @Override
  public OptionalLong insertOnce(String key, StoredToken token) {
    if (real.isRecorded(key)) {
      return OptionalLong.empty();
    }
    if (real.findByName(token.owner(), token.name()).isPresent()) {
      throw new DuplicateTokenNameException();
    }
    if (real.findByHash(List.of(token.hash())).isPresent()) {
      throw new DuplicateTokenHashException();
    }
    return inserted.insertOnce(key, token);
  }

  @Override
  public boolean isRecorded(String key) {
    return real.isRecorded(key) || inserted.isRecorded(key);
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    return real.findByHash(candidates).or(() -> inserted.findByHash(candidates));
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return real.findByName(owner, name).or(() -> inserted.findByName(owner, name));
  }

  /** The ids in memory may equal real ones. The caller asks for the token that it has just found by its hash. */
  @Override
  public Optional<StoredToken> findById(long id) {
    return real.findById(id).or(() -> inserted.findById(id));
  }

  @Override
  public long count(TokenQuery query) {
    return real.count(query) + inserted.count(query);
  }

  @Override
  public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long insert(StoredToken token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean update(StoredToken changed) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean disable(long id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int disableAll() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int disableOwnedBy(String owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean delete(long id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int deleteOwnedBy(String owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean deleteExpired(long id, Instant before) {
    throw new UnsupportedOperationException();
  }
}

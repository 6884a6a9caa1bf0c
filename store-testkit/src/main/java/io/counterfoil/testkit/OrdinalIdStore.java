package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store that replaces the ids of another store with ordinals: the first token that was inserted has id 1, the second
 * has id 2.
 */
final class OrdinalIdStore extends ForwardingTokenStore {
  private final List<Long> ids = new ArrayList<>();

  OrdinalIdStore(TokenStore store) {
    super(store);
    ids.add(0L);
  }

  @Override
  public long insert(StoredToken token) {
    long id = delegate.insert(token);
    assertThat(id).as("id").isGreaterThan(lastId());
    ids.add(id);
    return ids.size() - 1L;
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    return delegate.findByHash(candidates).map(this::withOrdinal);
  }

  @Override
  public Optional<StoredToken> findById(long ordinal) {
    return delegate.findById(id(ordinal)).map(this::withOrdinal);
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return delegate.findByName(owner, name).map(this::withOrdinal);
  }

  @Override
  public List<StoredToken> list(long afterOrdinal, int limit) {
    return delegate.list(id(afterOrdinal), limit).stream()
        .map(this::withOrdinal)
        .toList();
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterOrdinal, int limit) {
    return delegate.listOwnedBy(owner, id(afterOrdinal), limit).stream()
        .map(this::withOrdinal)
        .toList();
  }

  @Override
  public boolean setEnabled(long ordinal, boolean enabled) {
    return delegate.setEnabled(id(ordinal), enabled);
  }

  @Override
  public boolean replaceHashes(
      StoredToken expected, TokenHash hash, Optional<StoredToken.Previous> previous) {
    return delegate.replaceHashes(expected.withId(id(expected.id())), hash, previous);
  }

  @Override
  public void recordUses(Map<Long, Instant> uses, Instant latestPlausible) {
    Map<Long, Instant> byId = new HashMap<>();
    uses.forEach((ordinal, at) -> byId.put(id(ordinal), at));
    delegate.recordUses(byId, latestPlausible);
  }

  @Override
  public boolean delete(long ordinal) {
    return delegate.delete(id(ordinal));
  }

  /** Returns the id for an ordinal. If no token has that ordinal yet, returns an id that no token has. */
  private long id(long ordinal) {
    return ordinal < ids.size() ? ids.get((int) ordinal) : lastId() + ordinal;
  }

  private long lastId() {
    return ids.get(ids.size() - 1);
  }

  private StoredToken withOrdinal(StoredToken row) {
    int ordinal = ids.indexOf(row.id());
    assertThat(ordinal)
        .as("ordinal of id %s, which insert must have returned", row.id())
        .isPositive();
    return row.withId(ordinal);
  }
}

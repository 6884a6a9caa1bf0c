package io.counterfoil.memory;

import io.counterfoil.testkit.ForwardingTokenStore;

/**
 * A broken store that first checks whether a token exists and then deletes it, so that two callers can delete the same token. A
 * single caller sees no difference.
 */
final class RacyStore extends ForwardingTokenStore {
  RacyStore() {
    super(new InMemoryTokenStore());
  }

  @Override
  public boolean delete(long id) {
    boolean found = findById(id).isPresent();
    delegate.delete(id);
    return found;
  }
}

package io.counterfoil.memory;

import io.counterfoil.testkit.ForwardingTokenStore;

/** A store that looks, then deletes, so that two callers delete one token. One that is alone sees no difference. */
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

package io.counterfoil.benchmarks;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;

/**
 * Makes genuine tokens, a million in seconds: the manager creates them in memory, where their hash can be had, and from where
 * they are deleted again.
 */
final class Mint {
  private final InMemoryTokenStore store = new InMemoryTokenStore();
  private final TokenManager tokens = TokenManager.builder(store).build();
  private final NewToken wish = NewToken.named("minted");

  /** A plaintext and its hash, of a token that no store has. */
  record Coin(String plaintext, TokenHash hash) {}

  Coin next() {
    CreatedToken created = tokens.create(wish);
    long id = created.token().id();
    TokenHash hash = store.findById(id).orElseThrow().hash();
    tokens.delete(id);
    return new Coin(created.reveal(), hash);
  }
}

package io.counterfoil.benchmarks;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;

/** Creates valid plaintexts and their hashes. It uses a store in memory and deletes each token from it immediately. */
final class TokenFactory {
  private final InMemoryTokenStore store = new InMemoryTokenStore();
  private final TokenManager tokens = TokenManager.builder(store).build();
  private final NewToken newToken = NewToken.named("token");

  /** A plaintext and its hash. */
  record Plaintext(String text, TokenHash hash) {
    @Override
    public String toString() {
      return "Plaintext[****]";
    }
  }

  Plaintext next() {
    CreatedToken created = tokens.create(newToken);
    long id = created.token().id();
    TokenHash hash = store.findById(id).orElseThrow().hash();
    tokens.delete(id);
    return new Plaintext(created.reveal(), hash);
  }
}

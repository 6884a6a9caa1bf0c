package io.counterfoil;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes from a plaintext that was found where it should not be what it opens, and from its token no more than that. */
final class Leaks {
  private final TokenStore store;
  private final Judge judge;
  private final Listeners listeners;

  Leaks(TokenStore store, Judge judge, Listeners listeners) {
    this.store = store;
    this.judge = judge;
    this.listeners = listeners;
  }

  Optional<Token> end(String plaintext) {
    List<TokenHash> hashes = judge.everyHash(plaintext);
    Map<Long, StoredToken> rows = new TreeMap<>();
    // By each: a hash that was imported twice may have become two by peppers.
    for (TokenHash hash : hashes) {
      judge
          .identify(List.of(hash))
          .flatMap(this::asItIsNow)
          .filter(row -> row.knows(hashes))
          .ifPresent(row -> rows.put(row.id(), row));
    }
    return rows.values().stream()
        .map(row -> hashes.contains(row.hash()) ? disabled(row) : withoutOverlap(row))
        .reduce((first, other) -> first);
  }

  /** What is found by its hash may be kept from before a rotation, by which the leaked plaintext is no longer the present one. */
  private Optional<StoredToken> asItIsNow(StoredToken row) {
    return store.findById(row.id());
  }

  /** Also where it is disabled already: somebody may be enabling it at this moment. */
  private Token disabled(StoredToken row) {
    Token token = row.withEnabled(false).token();
    boolean isThere = store.setEnabled(row.id(), false);
    listeners.leaked(token);
    if (isThere) {
      listeners.disabled(token);
    }
    return token;
  }

  /** Its present plaintext is in nobody's hands by this. Also where the overlap is over: another node's clock may be behind. */
  private Token withoutOverlap(StoredToken row) {
    row.previous().ifPresent(old -> store.endPrevious(row.id(), old.hash(), StoredToken.LONG_AGO));
    listeners.leaked(row.token());
    return row.token();
  }
}

package io.counterfoil;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the token of a plaintext that has leaked, and revokes that plaintext without affecting a newer one. */
final class LeakRevoker {
  private final TokenStore store;
  private final Settings settings;
  private final Listeners listeners;
  private final Origin origin;

  LeakRevoker(TokenStore store, Settings settings, Listeners listeners, Origin origin) {
    this.store = store;
    this.settings = settings;
    this.listeners = listeners;
    this.origin = origin;
  }

  /** Returns the token that has this plaintext or had it before its last rotation, even if it is disabled or expired. */
  Optional<Token> identify(String plaintext) {
    List<TokenHash> hashes = hashes(plaintext);
    return hashes.isEmpty() ? Optional.empty() : find(hashes).map(StoredToken::token);
  }

  Optional<Token> revoke(String plaintext) {
    List<TokenHash> hashes = hashes(plaintext);
    Map<Long, StoredToken> rows = new TreeMap<>();
    // One hash after the other: a plaintext that was imported twice may have two rows with
    // different peppers.
    for (TokenHash hash : hashes) {
      find(List.of(hash))
          .flatMap(this::reread)
          .filter(row -> row.matchesAny(hashes))
          .ifPresent(row -> rows.put(row.id(), row));
    }
    return rows.values().stream()
        .map(row -> hashes.contains(row.hash()) ? disable(row) : endOverlap(row))
        .reduce((first, other) -> first);
  }

  private List<TokenHash> hashes(String plaintext) {
    return settings.syntax().recognizes(plaintext)
        ? settings.hasher().allHashes(plaintext)
        : List.of();
  }

  private Optional<StoredToken> find(List<TokenHash> hashes) {
    return store.findByHash(hashes).filter(row -> row.matchesAny(hashes));
  }

  /** A cache may still have the row from before a rotation; a read by id is never cached. */
  private Optional<StoredToken> reread(StoredToken row) {
    return store.findById(row.id());
  }

  /** Disables a token even if it is disabled already, because another caller may be enabling it at the same time. */
  private Token disable(StoredToken row) {
    Token token = row.withEnabled(false).token();
    boolean exists = store.setEnabled(row.id(), false);
    listeners.publish(new TokenEvent.Leaked(origin, token));
    if (exists) {
      listeners.publish(new TokenEvent.Disabled(origin, token));
    }
    return token;
  }

  /** Ends an overlap even if it is already over here, because the clock of another node may be behind. */
  private Token endOverlap(StoredToken row) {
    row.previous().ifPresent(old -> store.endPrevious(row.id(), old.hash(), StoredToken.LONG_AGO));
    listeners.publish(new TokenEvent.Leaked(origin, row.token()));
    return row.token();
  }
}

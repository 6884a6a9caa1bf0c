package io.counterfoil;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    return hashes.isEmpty()
        ? Optional.empty()
        : find(hashes).map(StoredToken::token).map(settings.scopes()::effective);
  }

  Optional<Token> revoke(String plaintext) {
    List<TokenHash> hashes = hashes(plaintext);
    Set<Long> ids = new LinkedHashSet<>();
    // One hash after the other: a plaintext that was imported twice may have two rows with
    // different peppers.
    for (TokenHash hash : hashes) {
      find(List.of(hash)).ifPresent(row -> ids.add(row.id()));
    }
    List<Token> revoked = new ArrayList<>();
    Optional<TokenStoreException> failure = Optional.empty();
    for (long id : ids) {
      try {
        revoke(id, hashes).ifPresent(revoked::add);
      } catch (TokenStoreException e) { // must not prevent the other token from being revoked
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return revoked.stream().findFirst();
  }

  private List<TokenHash> hashes(String plaintext) {
    return settings.syntax().recognizes(plaintext)
        ? settings.hasher().allHashes(plaintext)
        : List.of();
  }

  private Optional<StoredToken> find(List<TokenHash> hashes) {
    return store.findByHash(hashes).filter(row -> RowHashes.haveBytesOfAny(row, hashes));
  }

  /** Reads the token by id: a cache may still have the row from before a rotation, but a read by id is never cached. */
  private Optional<Token> revoke(long id, List<TokenHash> hashes) {
    for (int i = 0; i < RowEditor.TRIES; i++) {
      Optional<StoredToken> found =
          store.findById(id).filter(row -> RowHashes.haveBytesOfAny(row, hashes));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      StoredToken revoked = RowHashes.revoked(found.get(), hashes);
      if (revoked.equals(found.get())) {
        return Optional.of(report(found.get(), revoked.token()));
      }
      if (store.update(revoked)) {
        return Optional.of(report(found.get(), found.get().updated(revoked).token()));
      }
    }
    throw new TokenStoreException("the token of a leaked plaintext changed again and again");
  }

  private Token report(StoredToken before, Token revoked) {
    listeners.publish(new TokenEvent.Leaked(origin, revoked));
    if (before.enabled() && !revoked.enabled()) {
      listeners.publish(new TokenEvent.Disabled(origin, revoked));
    }
    return settings.scopes().effective(revoked);
  }
}

package io.counterfoil.cache;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A row, with the version and time of its query. Compared by identity. */
final class Entry {
  final StoredToken row;
  final Optional<StoredToken> found; // created once, not on each hit
  final long version;
  final long queriedAt;
  final int slotOfToken;
  final int slotOfOwner;

  Entry(StoredToken row, long version, long queriedAt) {
    this.row = row;
    this.found = Optional.of(row);
    this.version = version;
    this.queriedAt = queriedAt;
    this.slotOfToken = ChangeVersions.slotOfToken(row.id());
    this.slotOfOwner = ChangeVersions.slotOfOwner(row.owner());
  }

  boolean hasAny(List<TokenHash> hashes) {
    return hashes.stream().anyMatch(this::has);
  }

  boolean has(TokenHash hash) {
    return row.hash().equals(hash)
        || row.previous().filter(old -> old.hash().equals(hash)).isPresent();
  }

  Entry used(StoredToken.Use use, Instant latestPlausible) {
    return new Entry(row.used(use, latestPlausible), version, queriedAt);
  }
}

package io.counterfoil;

import io.counterfoil.StoredToken.Previous;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules for the two hashes of a row. Candidates are the hashes under which a token may have a plaintext. */
final class RowHashes {
  /** The end of an overlap that is over at once, even if the clocks of nodes differ. */
  static final Instant LONG_AGO = Instant.EPOCH;

  private RowHashes() {}

  /** Returns the candidate that authenticates a row now: the present hash, or during the overlap the previous hash. */
  static Optional<TokenHash> matching(StoredToken row, List<TokenHash> candidates, Instant now) {
    return candidates.contains(row.hash())
        ? Optional.of(row.hash())
        : activePrevious(row, now).filter(candidates::contains);
  }

  /** Returns the previous hash, if the overlap is not over and its plaintext has not leaked. */
  static Optional<TokenHash> activePrevious(StoredToken row, Instant now) {
    return row.previous()
        .filter(old -> now.isBefore(old.until()) && !old.hash().isLeaked())
        .map(Previous::hash);
  }

  /** Returns whether the present or the previous hash has the bytes of a candidate, whatever the tag and the overlap. */
  static boolean haveBytesOfAny(StoredToken row, List<TokenHash> candidates) {
    return row.hash().hasBytesOfAny(candidates)
        || row.previous().filter(old -> old.hash().hasBytesOfAny(candidates)).isPresent();
  }

  /** Returns whether a candidate has the bytes of a hash whose plaintext has leaked. */
  static boolean haveLeaked(StoredToken row, List<TokenHash> candidates) {
    return (row.hash().isLeaked() && row.hash().hasBytesOfAny(candidates))
        || row.previous()
            .map(Previous::hash)
            .filter(old -> old.isLeaked() && old.hasBytesOfAny(candidates))
            .isPresent();
  }

  /**
   * Returns a row after a leak: a hash with the bytes of a candidate matches no plaintext any more. If it is the present hash, the
   * token is disabled.
   */
  static StoredToken revoked(StoredToken row, List<TokenHash> candidates) {
    TokenHash hash = row.hash();
    boolean isPresent = hash.hasBytesOfAny(candidates);
    StoredToken revoked = row.withHashes(
        isPresent ? hash.leaked() : hash,
        row.previous()
            .map(old -> old.hash().hasBytesOfAny(candidates)
                ? new Previous(old.hash().leaked(), LONG_AGO)
                : old));
    return isPresent ? revoked.toBuilder().enabled(false).build() : revoked;
  }

  /** Returns the previous hash of a row, with an overlap that is over on every node. */
  static Optional<Previous> endedPrevious(StoredToken row) {
    return row.previous().map(old -> new Previous(old.hash(), LONG_AGO));
  }

  /** Returns whether a rotation came between two states of a row: nothing else changes the bytes of the previous hash. */
  static boolean isRotated(StoredToken before, StoredToken after) {
    Optional<Previous> old = before.previous();
    return !after
        .previous()
        .map(now -> old.filter(then -> then.hash().hasSameBytes(now.hash())).isPresent())
        .orElse(old.isEmpty());
  }
}

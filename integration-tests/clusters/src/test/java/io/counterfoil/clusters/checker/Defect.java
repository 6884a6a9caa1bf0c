package io.counterfoil.clusters.checker;

import java.util.EnumSet;
import java.util.Set;

/** A planted fault of a {@link SimulatedStore}, and the guarantees of which it breaks at least one. */
enum Defect {
  FORGETS_DISABLE(Guarantee.NO_STALE_ACCEPTANCE, Guarantee.NO_LOST_CHANGE),
  FORGETS_ENABLE(Guarantee.NO_REFUSAL, Guarantee.NO_LOST_CHANGE),
  /** An update writes back the row that it read when it began. */
  UNDOES_DISABLE(Guarantee.NO_STALE_ACCEPTANCE, Guarantee.NO_LOST_CHANGE),
  FORGETS_UPDATE(Guarantee.NO_LOST_CHANGE),
  FORGETS_DELETE(Guarantee.NO_STALE_ACCEPTANCE, Guarantee.NO_LOST_CHANGE),
  /** An update of a deleted token inserts it again. */
  REVIVES_DELETED_TOKEN(Guarantee.NO_STALE_ACCEPTANCE, Guarantee.NO_LOST_CHANGE),
  /** Two deletions of one token at the same time both return true. */
  DELETES_TWICE(Guarantee.NO_LOST_CHANGE),
  /** Accepts by a row that is up to 30 ms old, without a cache. */
  ACCEPTS_LATE(Guarantee.NO_STALE_ACCEPTANCE),
  /** The cache keeps a row for three times the staleness bound. */
  CACHES_TOO_LONG(Guarantee.NO_STALE_ACCEPTANCE),
  /** The cache does not notice changes of its own application. */
  CACHES_OVER_OWN_CHANGE(Guarantee.NO_STALE_ACCEPTANCE),
  KEEPS_OLD_PLAINTEXT(Guarantee.NO_STALE_ACCEPTANCE),
  /** Of two rotations at the same time, both plaintexts stay valid. */
  KEEPS_BOTH_PLAINTEXTS(Guarantee.NO_STALE_ACCEPTANCE),
  FORGETS_ROTATION(Guarantee.NO_STALE_ACCEPTANCE, Guarantee.NO_REFUSAL),
  ENDS_OVERLAP_EARLY(Guarantee.NO_REFUSAL),
  REFUSES_GOOD_TOKEN(Guarantee.NO_REFUSAL),
  /** The changes of the last 30 ms are lost, as by the promotion of an asynchronous standby. */
  LOSES_LAST_CHANGES(Guarantee.NO_LOST_CHANGE, Guarantee.NO_STALE_ACCEPTANCE, Guarantee.NO_REFUSAL),
  /** One application reads from a server that gets no changes any more. */
  READS_FROM_OLD_PRIMARY(
      Guarantee.NO_LOST_CHANGE, Guarantee.NO_STALE_ACCEPTANCE, Guarantee.NO_REFUSAL),
  ALLOWS_DUPLICATE_NAME(Guarantee.UNIQUE_NAMES),
  USES_ID_AGAIN(Guarantee.UNIQUE_IDS),
  HALF_UPDATE(Guarantee.NO_HALF_CHANGE),
  /** A call that fails has recorded the key, but not inserted the token. */
  KEY_WITHOUT_TOKEN(Guarantee.NO_HALF_CHANGE),
  FORGETS_KEY(Guarantee.NO_HALF_CHANGE);

  @SuppressWarnings("ImmutableEnumChecker") // the set is unmodifiable
  private final Set<Guarantee> broken;

  Defect(Guarantee first, Guarantee... others) {
    this.broken = Set.copyOf(EnumSet.of(first, others));
  }

  /** Returns the guarantees of which this defect breaks at least one. */
  Set<Guarantee> broken() {
    return broken;
  }

  /** Returns whether only applications with caches have this defect. */
  boolean needsCaches() {
    return this == CACHES_TOO_LONG || this == CACHES_OVER_OWN_CHANGE;
  }
}

package io.counterfoil.clusters.checker;

/** A guarantee of a token store that a history can break. */
public enum Guarantee {
  /** A revoked plaintext is not accepted. */
  NO_STALE_ACCEPTANCE("stale acceptance"),
  /** An acknowledged change is not lost. */
  NO_LOST_CHANGE("lost change"),
  /** At no time do two tokens of one owner have the same name. */
  UNIQUE_NAMES("name used twice"),
  /** No id is used twice, not even that of a deleted token. */
  UNIQUE_IDS("id used twice"),
  /** A valid plaintext is accepted, and authentication works while nothing is broken. */
  NO_REFUSAL("good token refused"),
  /** A change is made as a whole or not at all. */
  NO_HALF_CHANGE("half-done change");

  private final String violation;

  Guarantee(String violation) {
    this.violation = violation;
  }

  /** Returns the words for a violation of this guarantee in a report. */
  String violation() {
    return violation;
  }
}

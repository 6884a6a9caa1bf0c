package io.counterfoil.clusters.checker;

/** How a call ended. */
public enum Outcome {
  /** It returned: the change is made, or the token was found. */
  DONE,
  /** It returned that there is no such token, or, for {@code createOnce}, that the key is recorded. */
  NONE,
  /** The plaintext was accepted. */
  ACCEPTED,
  /** The plaintext was rejected. */
  REJECTED,
  /**
   * It threw an exception that promises that nothing was changed and that the store works: {@code ConcurrentRotationException},
   * {@code ConcurrentUpdateException}, {@code DuplicateTokenNameException}.
   */
  REFUSED,
  /** It threw any other exception. A change may take effect at any later time. */
  FAILED,
  /** It never returned, because its process was killed. A change may take effect at any later time. */
  LOST;

  /** Returns whether a change with this outcome is made for certain. */
  boolean isDone() {
    return this == DONE;
  }

  /** Returns whether a change with this outcome may be made at any time after its begin, or never. */
  boolean isUnknown() {
    return this == FAILED || this == LOST;
  }
}

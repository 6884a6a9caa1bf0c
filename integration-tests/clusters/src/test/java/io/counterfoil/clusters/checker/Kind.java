package io.counterfoil.clusters.checker;

/** The kinds of calls that a history records. */
public enum Kind {
  CREATE,
  CREATE_ONCE,
  AUTHENTICATE,
  /** {@code find} by id. */
  READ,
  /** {@code list} of all tokens. */
  LIST,
  DISABLE,
  ENABLE,
  ROTATE,
  UPDATE,
  DELETE;

  /** Returns whether a call of this kind may change a token. */
  public boolean isChange() {
    return this != AUTHENTICATE && this != READ && this != LIST;
  }

  /** Returns whether a call of this kind may create a token. */
  public boolean isCreation() {
    return this == CREATE || this == CREATE_ONCE;
  }
}

package io.counterfoil;

/** Thrown if the owner already has a token of that name. Nothing was changed. */
public final class DuplicateTokenNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. Called by stores. */
  public DuplicateTokenNameException() {
    super("a token with that name already exists");
  }
}

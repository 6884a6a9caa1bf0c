package io.counterfoil;

/** The name is taken: the owner has a token of that name already, and nothing was changed. */
public final class DuplicateTokenNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; called by stores. */
  public DuplicateTokenNameException() {
    super("a token with that name already exists");
  }
}

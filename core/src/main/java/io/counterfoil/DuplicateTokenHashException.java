package io.counterfoil;

/**
 * Thrown if another token already has that hash, for example because the same plaintext was imported before. Nothing was
 * changed.
 */
public final class DuplicateTokenHashException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. Called by stores. */
  public DuplicateTokenHashException() {
    super("a token with that hash already exists");
  }
}

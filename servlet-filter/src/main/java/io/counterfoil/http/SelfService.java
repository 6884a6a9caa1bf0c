package io.counterfoil.http;

/**
 * What a host may let the bearer of any token do with that very token, whoever else may manage tokens.
 *
 * <p>It goes by the token that the request came with, never by an id, and asks for no scope. The check that let the request in
 * must be one of the same manager. Whoever has found a plaintext can do it too, and by a rotation shut out whom it belongs to;
 * nobody gets more rights by one, nor more time than the token has.
 */
public enum SelfService {
  /** {@code GET /self} shows the token, as in the list. */
  READ("/self"),

  /**
   * {@code POST /self/rotate} with <code>{"overlapSeconds":600}</code> gives the token a new plaintext and shows it, this once.
   * The plaintext before the last rotation is answered 409: it is to end with the overlap.
   */
  ROTATE("/self/rotate"),

  /** {@code POST /self/delete} deletes the token. */
  DELETE("/self/delete");

  final String path;

  SelfService(String path) {
    this.path = path;
  }
}

package io.counterfoil.http;

/**
 * An operation that a host can allow every token to perform on itself, whatever the {@link ManagementPolicy} decides.
 *
 * <p>It affects the token that came with the request, never a token that the request names by its id. It requires no
 * scope. The {@link BearerAuthenticator} that let the request in must use the same manager. A person who has found a
 * plaintext can perform it too, and can lock out the rightful user by a rotation. A rotation never gives a token more
 * rights or a longer lifetime. A request with a plaintext that a rotation has replaced can only read.
 */
public enum SelfService {
  /** {@code GET /self} returns the token, as in the list. */
  READ("/self"),

  /**
   * {@code POST /self/rotate} with <code>{"overlapSeconds":600}</code> gives the token a new plaintext and returns it;
   * it is shown only once.
   */
  ROTATE("/self/rotate"),

  /** {@code POST /self/delete} deletes the token. */
  DELETE("/self/delete");

  final String path;

  SelfService(String path) {
    this.path = path;
  }
}

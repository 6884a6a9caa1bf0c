package io.counterfoil;

/**
 * Thrown if a token was not changed, because it has changed since the caller read it. This call changed nothing: read the token
 * again, decide again whether the change is allowed, and repeat the call.
 */
public final class ConcurrentUpdateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConcurrentUpdateException() {
    super("the token has changed since it was read");
  }
}

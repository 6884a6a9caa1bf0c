package io.counterfoil;

/** Thrown if a token was not rotated, because another rotation of it came first. This call changed nothing. */
public final class ConcurrentRotationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConcurrentRotationException() {
    super("another rotation of the token came first");
  }
}

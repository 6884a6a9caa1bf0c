package io.counterfoil.testing;

/**
 * The factor by which a build repeats tests that improve with repetition: 1 in an ordinary build, 10 with {@code -Pthorough}, any
 * other number with {@code -Dtest.effort=N}.
 */
public final class Effort {
  private static final int EFFORT = Integer.getInteger("counterfoil.test.effort", 1);

  private Effort() {}

  /** Returns how many rounds or tries to run, given their number in an ordinary build. */
  public static int times(int ordinary) {
    return ordinary * EFFORT;
  }
}

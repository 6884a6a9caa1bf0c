package io.counterfoil.testkit;

/** The system property that multiplies the number of repetitions of races and random tests. */
final class Effort {
  private static final int EFFORT = Integer.getInteger("counterfoil.test.effort", 1);

  private Effort() {}

  /** Returns the number of repetitions to run, given the number at the default effort of 1. */
  static int times(int repetitions) {
    return repetitions * EFFORT;
  }
}

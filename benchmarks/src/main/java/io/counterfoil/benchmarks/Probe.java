package io.counterfoil.benchmarks;

/**
 * A token that is asked for.
 *
 * @param id the number of its row
 * @param unknown another, which the table does not have
 */
record Probe(long id, String plaintext, String unknown) {
  @Override
  public String toString() {
    return "Probe[" + id + ", ****]";
  }
}

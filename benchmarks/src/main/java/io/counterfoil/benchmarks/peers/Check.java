package io.counterfoil.benchmarks.peers;

/** Judges a credential, from the text of the field to the verdict. For use by one thread. */
@FunctionalInterface
public interface Check {

  /** Says whether the value of that field {@code Authorization} lets a request in. */
  boolean accepts(String field);

  /** Returns the check after it has proved that it tells the two apart: what is fast because it fails is no measure. */
  default Check proved(String valid, String invalid) {
    if (!accepts(valid) || accepts(invalid)) {
      throw new IllegalStateException(getClass() + " does not tell a good token from a bad one");
    }
    return this;
  }
}

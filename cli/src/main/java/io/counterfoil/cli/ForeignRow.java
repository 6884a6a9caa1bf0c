package io.counterfoil.cli;

/** A row of another system. */
interface ForeignRow {
  /** Returns a text in one line by which an operator recognizes the row. It contains no secret. */
  String label();

  /**
   * Returns the token.
   *
   * @throws IllegalArgumentException if the other system would not accept the row, or its meaning is not known. The message
   *     contains no secret
   */
  ForeignToken token();

  /** Returns the exception for a row whose text is not as expected. */
  static IllegalArgumentException invalid(String found, String expected) {
    return new IllegalArgumentException(found + " (expected: " + expected + ')');
  }
}

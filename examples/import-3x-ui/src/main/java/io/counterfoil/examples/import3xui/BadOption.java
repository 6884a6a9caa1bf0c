package io.counterfoil.examples.import3xui;

/** Says that an option is missing, unknown or broken, and what was expected instead. */
final class BadOption extends Exception {
  private static final long serialVersionUID = 1L;

  BadOption(String found, String expected) {
    super(found + " (expected: " + expected + ')');
  }

  /** The reason says what was expected. */
  BadOption(String name, IllegalArgumentException reason) {
    super(name + ": " + reason.getMessage(), reason);
  }
}

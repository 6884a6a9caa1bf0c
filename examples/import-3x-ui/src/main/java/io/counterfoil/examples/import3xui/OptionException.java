package io.counterfoil.examples.import3xui;

/** An option is missing, unknown or invalid; the message contains the expected values. */
final class OptionException extends Exception {
  private static final long serialVersionUID = 1L;

  OptionException(String found, String expected) {
    super(found + " (expected: " + expected + ')');
  }

  /** Takes the expected values from the message of {@code reason}. */
  OptionException(String name, IllegalArgumentException reason) {
    super(name + ": " + reason.getMessage(), reason);
  }
}

package io.counterfoil.cli;

/** Ends the command with an exit code and a message of one line, which contains no secret. */
final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** An argument or a property is invalid. */
  static CliException invalid(String found, String expected) {
    return new CliException(ExitCode.INVALID, found + " (expected: " + expected + ')');
  }

  /** An argument or a property is invalid, as the library says. */
  static CliException invalid(String name, IllegalArgumentException reason) {
    return new CliException(ExitCode.INVALID, name + ": " + SafeText.causes(reason));
  }

  /** The command is refused. */
  static CliException refused(String message) {
    return new CliException(ExitCode.REFUSED, message);
  }

  /** The database, a file or a stream failed. */
  static CliException failed(String message) {
    return new CliException(ExitCode.FAILED, message);
  }

  int exitCode() {
    return exitCode;
  }
}

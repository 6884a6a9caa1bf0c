package io.counterfoil.cli;

/** The exit codes of the tool. */
final class ExitCode {
  /** Everything was done. */
  static final int DONE = 0;

  /** Something was refused or not found: a token, a row of an import, or a check. */
  static final int REFUSED = 1;

  /** An argument or a property is invalid. Nothing was changed. */
  static final int INVALID = 2;

  /** The database, a file or standard output failed. */
  static final int FAILED = 3;

  private ExitCode() {}
}

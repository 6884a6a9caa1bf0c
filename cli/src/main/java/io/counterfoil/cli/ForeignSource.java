package io.counterfoil.cli;

/** The tokens of another system. */
interface ForeignSource {
  /** Reads the rows one after the other. */
  void read(RowConsumer consumer) throws CliException;

  /** Receives the rows of another system. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(ForeignRow row) throws CliException;
  }
}

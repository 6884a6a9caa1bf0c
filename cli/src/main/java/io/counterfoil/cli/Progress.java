package io.counterfoil.cli;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Shows how far long work is, once per second, in a line of the terminal that is erased at the end. */
final class Progress implements AutoCloseable {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream stream;
  private final boolean isShown;
  private final String what;
  private long last = System.nanoTime();
  private boolean isDirty;

  private Progress(PrintStream stream, boolean isShown, String what) {
    this.stream = stream;
    this.isShown = isShown;
    this.what = what;
  }

  /** Shows progress only to a person who does not see the lines on standard output. */
  static Progress of(Terminal terminal, String what, boolean hasLines) {
    boolean isShown = ProcessTerminal.isStandardError(terminal.err())
        && !(hasLines && ProcessTerminal.isStandardOutput(terminal.out()));
    return new Progress(terminal.err(), isShown, what);
  }

  void at(long count) {
    if (isShown && System.nanoTime() - last >= INTERVAL_NANOS) {
      last = System.nanoTime();
      stream.print(ERASE + what + ": " + count);
      stream.flush();
      isDirty = true;
    }
  }

  @Override
  public void close() {
    if (isDirty) {
      stream.print(ERASE);
      stream.flush();
    }
  }
}

package io.counterfoil.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What is logged while something runs: the tests' SLF4J provider writes to standard error, at level TRACE; containers write to
 * the JDK's loggers, at the levels that those have.
 */
public final class CapturedLog {
  private static final Logger ROOT = Logger.getLogger("");

  private CapturedLog() {}

  /** What may throw while its log is captured. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  public static String of(Action action) throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(log, true, UTF_8);
    PrintStream standardError = System.err;
    Handler handler = new Copying(out);
    System.setErr(out);
    ROOT.addHandler(handler);
    try {
      action.run();
    } finally {
      ROOT.removeHandler(handler);
      System.setErr(standardError);
    }
    return log.toString(UTF_8);
  }

  private static final class Copying extends Handler {
    private final PrintStream out;

    Copying(PrintStream out) {
      this.out = out;
    }

    @Override
    public void publish(LogRecord entry) {
      out.print(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {}
  }
}

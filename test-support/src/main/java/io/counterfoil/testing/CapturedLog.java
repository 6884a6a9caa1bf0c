package io.counterfoil.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The log of an action. It contains the text that slf4j-simple writes to standard error, and the records that the JDK's loggers
 * publish at their current levels.
 */
public final class CapturedLog {
  private static final Logger ROOT = Logger.getLogger("");

  private CapturedLog() {}

  /** The action whose log is captured; it may throw. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    void run() throws E;
  }

  public static <E extends Exception> String of(Action<E> action) throws E {
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

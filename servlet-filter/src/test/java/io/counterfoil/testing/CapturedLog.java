package io.counterfoil.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What is logged while something runs: the tests' SLF4J provider writes to standard error, at level TRACE. */
public final class CapturedLog {
  private CapturedLog() {}

  /** What may throw while its log is captured. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  public static String of(Action action) throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream standardError = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(standardError);
    }
    return log.toString(UTF_8);
  }
}

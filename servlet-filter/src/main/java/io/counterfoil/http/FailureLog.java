package io.counterfoil.http;

import io.counterfoil.TokenStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes failures of the host's own parts to the log: where they happened, but not in their words.
 *
 * <p>The message of a driver may quote what it was given, such as a hash. A {@link TokenStoreException} has promised to
 * carry no values. One line each: while a store is away, strangers can cause as many as they like.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.http");

  /** Far more than any chain of causes is long, unless it is a circle. */
  private static final int MAX_CAUSES = 20;

  private FailureLog() {}

  static void log(Throwable failure) {
    LOG.error("Answered 503, the request could not be judged: {}", summary(failure));
    if (LOG.isDebugEnabled()) {
      LOG.debug("The whole of it", new Trace(failure, MAX_CAUSES));
    }
  }

  private static String summary(Throwable failure) {
    StringBuilder text = new StringBuilder(harmlessWords(failure)).append(place(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      text.append(", caused by ").append(harmlessWords(cause)).append(place(cause));
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String place(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private static String harmlessWords(Throwable failure) {
    String type = failure.getClass().getName();
    return failure instanceof TokenStoreException ? type + ": " + failure.getMessage() : type;
  }

  /** The types and stack traces of a failure and its causes. */
  private static final class Trace extends Exception {
    private static final long serialVersionUID = 1L;

    Trace(Throwable failure, int causes) {
      super(harmlessWords(failure));
      setStackTrace(failure.getStackTrace());
      Throwable cause = failure.getCause();
      if (cause != null && causes > 0) {
        initCause(new Trace(cause, causes - 1));
      }
    }
  }
}

package io.counterfoil.http;

import io.counterfoil.TokenStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures of the store, the policy and other parts of the host, without their messages.
 *
 * <p>The message of a driver may quote a value, such as a hash. Only the message of a {@link TokenStoreException} is
 * logged, because it never contains values. Each failure takes one line, because clients can cause any number of them
 * while a store is unavailable.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.http");

  /** More causes than any real failure has. The limit ends a chain that is a cycle. */
  private static final int MAX_CAUSES = 20;

  private FailureLog() {}

  static void log(Throwable failure) {
    log("Answered 503, the request could not be handled: {}", failure);
  }

  /** Logs a failure after the status 200 was sent. */
  static void logBroken(Throwable failure) {
    log("Broke off a response, the rest of the list could not be read: {}", failure);
  }

  private static void log(String line, Throwable failure) {
    LOG.error(line, summary(failure));
    if (LOG.isDebugEnabled()) {
      LOG.debug("Stack trace of the failure", new Trace(failure, MAX_CAUSES));
    }
  }

  private static String summary(Throwable failure) {
    StringBuilder text = new StringBuilder(safeText(failure)).append(firstFrame(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      text.append(", caused by ").append(safeText(cause)).append(firstFrame(cause));
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String firstFrame(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private static String safeText(Throwable failure) {
    String type = failure.getClass().getName();
    return failure instanceof TokenStoreException ? type + ": " + failure.getMessage() : type;
  }

  /** The types and stack traces of a failure and its causes. */
  private static final class Trace extends Exception {
    private static final long serialVersionUID = 1L;

    Trace(Throwable failure, int causes) {
      super(safeText(failure));
      setStackTrace(failure.getStackTrace());
      Throwable cause = failure.getCause();
      if (cause != null && causes > 0) {
        initCause(new Trace(cause, causes - 1));
      }
    }
  }
}

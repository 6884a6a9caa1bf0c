package io.counterfoil;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/**
 * Logs the failures of one task: the first of several in a row with its stack trace, each further one as a line. So a database
 * that stays read-only for days does not fill the log. Logging may fail too; that does not affect the caller.
 */
final class FailureLog {
  private final Logger log;
  private final String message;
  private final AtomicBoolean isFailing = new AtomicBoolean();

  FailureLog(Logger log, String message) {
    this.log = log;
    this.message = message;
  }

  void failed(Throwable failure) {
    boolean isFirst = isFailing.compareAndSet(false, true);
    OncePerSecond.logNow(() -> {
      if (isFirst) {
        log.warn(message, failure);
      } else {
        log.warn("{}: {}", message, line(failure));
      }
    });
  }

  void succeeded() {
    isFailing.set(false);
  }

  private static String line(Throwable failure) {
    Throwable cause = failure.getCause();
    return LogSanitizer.quote(cause == null ? failure.toString() : failure + ": " + cause);
  }
}

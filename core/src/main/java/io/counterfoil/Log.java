package io.counterfoil;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a manager says what went wrong. */
final class Log {
  private Log() {}

  /**
   * Looked for when there is something to say, each time: to find the first one may take a process longer than its first verdict.
   * Not kept in a class, which would be of no use any more if that failed once.
   */
  static Logger ofManager() {
    return LoggerFactory.getLogger(TokenManager.class);
  }
}

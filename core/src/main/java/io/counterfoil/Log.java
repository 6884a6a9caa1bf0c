package io.counterfoil;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a manager says what went wrong. Looked for when there is something to say: to find it may take longer than a first verdict. */
final class Log {
  static final Logger OF_MANAGER = LoggerFactory.getLogger(TokenManager.class);

  private Log() {}
}

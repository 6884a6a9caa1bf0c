package io.counterfoil.springboot;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Keeps tokens out of the log of Tomcat, which logs a header line that it cannot parse at level INFO. If the
 * application has set a level for this logger, it stays.
 */
final class TomcatLog {
  static final String LOGGER = "org.apache.coyote.http11";

  private TomcatLog() {}

  static void hideHeaders(LoggingSystem logging) {
    LoggerConfiguration configured = logging.getLoggerConfiguration(LOGGER);
    if (configured == null || configured.getConfiguredLevel() == null) {
      logging.setLogLevel(LOGGER, LogLevel.WARN);
    }
  }
}

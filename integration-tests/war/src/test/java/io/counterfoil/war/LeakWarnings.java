package io.counterfoil.war;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Tomcat's warnings about resources that a stopped application has left behind: threads, values in threads of the container,
 * and JDBC drivers. Tomcat deregisters such drivers itself.
 */
final class LeakWarnings extends Handler implements AutoCloseable {
  private final Logger logger =
      Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

  LeakWarnings() {
    logger.addHandler(this);
  }

  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      messages.add(line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}

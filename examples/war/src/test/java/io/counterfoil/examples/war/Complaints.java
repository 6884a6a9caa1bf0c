package io.counterfoil.examples.war;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What Tomcat finds left behind by an application that it stops: threads, values in the threads of others, JDBC drivers, which
 * it then deregisters itself.
 */
final class Complaints extends Handler implements AutoCloseable {
  private final Logger finder =
      Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  Complaints() {
    finder.addHandler(this);
  }

  List<String> heard() {
    return heard;
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      heard.add(line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    finder.removeHandler(this);
  }
}

package io.counterfoil.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/** The streams and the environment of a run. */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

  static Terminal ofProcess() {
    return new Terminal(System.in, System.out, System.err, System.getenv());
  }

  /** Prints a message that does not end the command. */
  void warn(String message) {
    err.println("counterfoil: warning: " + message);
  }
}

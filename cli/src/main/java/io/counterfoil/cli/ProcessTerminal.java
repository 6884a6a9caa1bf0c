package io.counterfoil.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Knows which streams of the process are a terminal. The JDK only says whether all of them are. */
@SuppressWarnings("ReferenceEquality") // the very streams of the process
final class ProcessTerminal {
  private ProcessTerminal() {}

  /** Returns the console of the process. Newer JDKs have one even without a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  static Optional<Console> console() {
    return Optional.ofNullable(System.console());
  }

  /** Returns whether a person types into this stream. */
  static boolean isStandardInput(InputStream in) {
    return in == System.in && console().isPresent() && isTerminal("0", true);
  }

  /** Returns whether a person reads this stream. */
  static boolean isStandardError(PrintStream err) {
    return err == System.err && isTerminal("2", console().isPresent());
  }

  static boolean isStandardOutput(PrintStream out) {
    return out == System.out && isTerminal("1", console().isPresent());
  }

  private static boolean isTerminal(String descriptor, boolean otherwise) {
    Path link = Path.of("/proc/self/fd", descriptor);
    if (!Files.isSymbolicLink(link)) {
      return otherwise; // not Linux
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return otherwise;
    }
  }
}

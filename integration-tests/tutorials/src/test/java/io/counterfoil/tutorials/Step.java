package io.counterfoil.tutorials;

import java.net.URI;
import java.util.Optional;

/** One thing that a page tells its reader to do. */
sealed interface Step {
  /** A block below a file name in bold code. */
  record WriteFile(String name, String content) implements Step {}

  /**
   * A block with the tag {@code shell}.
   *
   * @param output the block with the tag {@code text} below it. A line {@code …} in it stands for any lines, and {@code …} in a
   *     line for any characters
   */
  record RunCommands(String commands, Optional<String> output) implements Step {}

  /** A shell block below the words "In a checkout". */
  record RunInCheckout(String commands) implements Step {}

  /** The words "In a second terminal". Whatever runs in the first one goes on. */
  record OpenSecondTerminal() implements Step {}

  /** The words "press Ctrl+C, and start the application again". */
  record Restart() implements Step {}

  /** An address in angle brackets. */
  record OpenInBrowser(URI address) implements Step {}
}

package io.counterfoil.tutorials;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What a page says that a reader sees. */
final class ExpectedOutput {
  private static final String ANYTHING = "…";

  private ExpectedOutput() {}

  /** Returns a pattern for an output in {@linkplain #normalized normal form}. */
  static Pattern pattern(String shown) {
    return Pattern.compile(shown.lines().map(ExpectedOutput::line).collect(joining()));
  }

  /** Returns a pattern for the last line. A second start of an application may show fewer lines. */
  static Pattern lastLine(String shown) {
    return Pattern.compile(shown
        .lines()
        .reduce((first, second) -> second)
        .map(ExpectedOutput::line)
        .orElseThrow());
  }

  private static String line(String shown) {
    if (shown.equals(ANYTHING)) {
      return "(?:.*\n)*?";
    }
    return Arrays.stream(shown.split(ANYTHING, -1)).map(Pattern::quote).collect(joining(".*"))
        + '\n';
  }

  /** Removes white space that no reader sees: at the end of each line, and at the end. Each line ends with a line feed. */
  static String normalized(String output) {
    return output.lines().map(String::stripTrailing).collect(joining("\n")).stripTrailing() + '\n';
  }
}

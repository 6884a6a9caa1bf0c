package io.counterfoil;

import io.counterfoil.internal.PrintableCharacters;

/** Makes untrusted text safe for a log line or an exception message (CWE-117). */
final class LogSanitizer {
  private LogSanitizer() {}

  /** Returns the text in quotation marks. Characters that could end the line, move the cursor or reverse the text are escaped. */
  static String quote(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(safe, c));
    return safe.append('"').toString();
  }

  private static void append(StringBuilder safe, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      safe.append('\\').append((char) codePoint);
    } else if (PrintableCharacters.contains(codePoint)) {
      safe.appendCodePoint(codePoint);
    } else {
      safe.append(PrintableCharacters.escaped(codePoint));
    }
  }
}

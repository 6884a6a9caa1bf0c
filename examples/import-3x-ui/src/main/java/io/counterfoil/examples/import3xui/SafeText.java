package io.counterfoil.examples.import3xui;

/**
 * What may be printed: a name of another system could end the line, move the cursor or turn the reading direction (CWE-117),
 * and a failed driver could quote a password.
 */
final class SafeText {
  private static final int LONGEST_NAME = 64;
  private static final int MOST_CAUSES = 10;

  private SafeText() {}

  /** Returns a name in quotation marks, with escapes for what is not harmless, and cut where no token may have a longer one. */
  static String name(String name) {
    StringBuilder safe = new StringBuilder("\"");
    name.codePoints().limit(LONGEST_NAME).forEach(c -> append(safe, c));
    boolean cut = name.codePointCount(0, name.length()) > LONGEST_NAME;
    return safe.append(cut ? "\"…" : "\"").toString();
  }

  private static void append(StringBuilder safe, int codePoint) {
    boolean harmless = switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED -> false;
      default -> codePoint != '"' && codePoint != '\\';
    };
    if (harmless) {
      safe.appendCodePoint(codePoint);
    } else {
      safe.append(String.format("\\u{%x}", codePoint));
    }
  }

  /** Returns why something failed, in one line. A driver may quote the URL that it was given, password and all. */
  static String causes(Throwable failure) {
    StringBuilder text = new StringBuilder(message(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (text.indexOf(message(cause)) < 0) { // many quote their cause
        text.append(": ").append(message(cause));
      }
      cause = cause.getCause();
    }
    return text.toString().replaceAll("jdbc:[^\"]*", "jdbc:****").replaceAll("\\s+", " ");
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}

package io.counterfoil.examples.panel;

import java.util.regex.Pattern;

/** Error messages for the person at the command line: one line, no stack trace. */
final class ErrorMessages {
  private static final int MAX_CAUSES = 10;

  /**
   * A JDBC URL in a driver's message, which may contain a password. It ends at a quotation mark, not at a space, because a
   * password may contain spaces.
   */
  private static final Pattern URL = Pattern.compile("jdbc:[^\"]*");

  private ErrorMessages() {}

  /** Joins the messages of a failure and its causes, without JDBC URLs. */
  static String inOneLine(Throwable failure) {
    StringBuilder text = new StringBuilder(message(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (text.indexOf(message(cause)) < 0) { // many messages repeat that of their cause
        text.append(": ").append(message(cause));
      }
      cause = cause.getCause();
    }
    return URL.matcher(text).replaceAll("jdbc:****").replaceAll("\\s+", " ");
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}

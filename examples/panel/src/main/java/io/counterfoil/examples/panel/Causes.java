package io.counterfoil.examples.panel;

import java.util.regex.Pattern;

/** Why something failed, in one line and without a stack trace: for a person who has typed a command. */
final class Causes {
  private static final int MOST = 10;

  /** A driver may quote the URL that it was given, password and all: up to a quotation mark, for a password may hold blanks. */
  private static final Pattern URL = Pattern.compile("jdbc:[^\"]*");

  private Causes() {}

  static String inOneLine(Throwable failure) {
    StringBuilder text = new StringBuilder(message(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MOST; i++) {
      if (text.indexOf(message(cause)) < 0) { // many quote their cause
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

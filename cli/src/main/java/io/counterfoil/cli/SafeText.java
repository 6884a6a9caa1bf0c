package io.counterfoil.cli;

import io.counterfoil.internal.PrintableCharacters;

/**
 * Makes text safe to print. A name from another system could break the line, move the cursor or change the text direction
 * (CWE-117), and the message of a driver could contain a password.
 */
final class SafeText {
  private static final int MAX_NAME = 64;
  private static final int MAX_CAUSES = 10;

  private SafeText() {}

  /** Returns a name in quotation marks, with unsafe characters escaped, and cut after 64 code points. */
  static String name(String name) {
    StringBuilder safe = new StringBuilder("\"");
    name.codePoints()
        .limit(MAX_NAME)
        .forEach(c -> append(safe, c, PrintableCharacters.contains(c) && c != '"' && c != '\\'));
    boolean cut = name.codePointCount(0, name.length()) > MAX_NAME;
    return safe.append(cut ? "\"…" : "\"").toString();
  }

  /** Returns a text for a cell of a table: it takes one line, and cannot control the terminal. */
  static String cell(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(safe, c, PrintableCharacters.contains(c)));
    return safe.toString();
  }

  /** Returns a message of the store about its tables: a fix that is a method of the library becomes a command. */
  static String fix(String message) {
    return cell(
        message.replaceAll("JdbcTokenStore[.](createSchema|migrateSchema)", "counterfoil migrate"));
  }

  private static void append(StringBuilder safe, int codePoint, boolean asItIs) {
    if (asItIs) {
      safe.appendCodePoint(codePoint);
    } else {
      safe.append(PrintableCharacters.escaped(codePoint));
    }
  }

  /** Joins the messages of a failure and its causes in one line, without JDBC URLs, which may contain a password. */
  static String causes(Throwable failure) {
    StringBuilder text = new StringBuilder(message(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (text.indexOf(message(cause)) < 0) { // many messages repeat that of their cause
        text.append(": ").append(message(cause));
      }
      cause = cause.getCause();
    }
    String withoutUrls = text.toString().replaceAll("jdbc:[^\"]*", "jdbc:****");
    return cell(withoutUrls.replaceAll("\\s+", " "));
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}

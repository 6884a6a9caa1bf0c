package io.counterfoil.examples.panel;

import java.util.Locale;

/**
 * A database and how to log in to it.
 *
 * @param url the JDBC URL; may hold a password too, and is never shown
 */
record Database(String url, String user, String password) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Returns the URL if the jar has a driver for it, and if what it names outlives a connection. */
  static String checkedUrl(String option, String url) throws BadOption {
    boolean known = url.startsWith(SQLITE) || url.startsWith(H2) || url.startsWith(POSTGRESQL);
    if (!known) {
      throw new BadOption(
          option, "a URL that starts with " + SQLITE + ", " + H2 + " or " + POSTGRESQL);
    }
    if (url.equals(SQLITE) || url.contains(":memory:") || url.contains("mode=memory")) {
      throw new BadOption(option, "a file; --store=memory keeps tokens in memory");
    }
    return url;
  }

  /**
   * Returns the URL with what it takes for an acknowledged change to outlive {@code kill -9}, and for no request to wait for
   * ever. What the URL says of these itself, stands.
   */
  String fullUrl() {
    if (url.startsWith(H2 + "mem:")) { // which would be gone with the last connection of the pool
      return with(';', ';', "DB_CLOSE_DELAY=-1");
    }
    if (url.startsWith(H2)) {
      // Left to itself, H2 writes half a second late, closes at SIGTERM with requests under way,
      // and leaves a trace file with the values of statements that failed.
      return with(';', ';', "WRITE_DELAY=0", "DB_CLOSE_ON_EXIT=FALSE", "TRACE_LEVEL_FILE=0");
    }
    if (url.startsWith(SQLITE)) {
      return with('?', '&', "journal_mode=WAL", "synchronous=FULL", "busy_timeout=3000");
    }
    return with('?', '&', "connectTimeout=3", "socketTimeout=10");
  }

  private String with(char first, char next, String... settings) {
    String given = url.toUpperCase(Locale.ROOT);
    StringBuilder text = new StringBuilder(url);
    for (String setting : settings) {
      String name = setting.substring(0, setting.indexOf('=') + 1);
      if (!given.contains(name.toUpperCase(Locale.ROOT))) {
        text.append(text.indexOf(String.valueOf(first)) < 0 ? first : next).append(setting);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "Database[****]";
  }
}

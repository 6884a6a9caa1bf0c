package io.counterfoil.examples.panel;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database and its credentials.
 *
 * @param url the JDBC URL; it may contain a password, so it is never printed
 */
record Database(String url, String user, String password) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String H2 = "jdbc:h2:";

  /** Excludes prefixes such as {@code tcp:}, but not a drive of Windows. */
  private static final Pattern H2_FILE =
      Pattern.compile("jdbc:h2:(file:)?(?<path>(?![A-Za-z]{2,}:).*)", Pattern.DOTALL);

  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Returns the URL if the jar contains its driver and the database outlives a connection; throws otherwise. */
  static String checkedUrl(String option, String url) throws OptionException {
    boolean known = url.startsWith(SQLITE) || url.startsWith(H2) || url.startsWith(POSTGRESQL);
    if (!known) {
      throw new OptionException(
          option, "a URL that starts with " + SQLITE + ", " + H2 + " or " + POSTGRESQL);
    }
    if (url.equals(SQLITE) || url.contains(":memory:") || url.contains("mode=memory")) {
      throw new OptionException(option, "a file; --store=memory keeps tokens in memory");
    }
    return url;
  }

  /**
   * Returns the URL with settings added so that an acknowledged change survives {@code kill -9} and no request waits forever.
   * Settings that the URL already contains are kept.
   */
  String fullUrl() {
    if (url.startsWith(H2 + "mem:")) {
      // Otherwise the database would end with the last connection of the pool.
      return with(';', ';', "DB_CLOSE_DELAY=-1");
    }
    if (url.startsWith(H2)) {
      // By default, H2 writes half a second late, closes at SIGTERM while requests are running,
      // and writes a trace file with the values of failed statements.
      return asynchronous()
          .with(';', ';', "WRITE_DELAY=0", "DB_CLOSE_ON_EXIT=FALSE", "TRACE_LEVEL_FILE=0");
    }
    if (url.startsWith(SQLITE)) {
      return with('?', '&', "journal_mode=WAL", "synchronous=FULL", "busy_timeout=3000");
    }
    return with('?', '&', "connectTimeout=3", "socketTimeout=10");
  }

  /** By default, an interrupted thread closes the file of H2, and then every request fails. */
  private Database asynchronous() {
    Matcher file = H2_FILE.matcher(url);
    return file.matches() ? new Database(H2 + "async:" + file.group("path"), user, password) : this;
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

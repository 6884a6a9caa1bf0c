package io.counterfoil.examples.import3xui;

import io.counterfoil.NewToken;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command-line options.
 *
 * @param url the JDBC URL of the target database; it may contain a password, so it is never printed
 */
record Options(Path from, String url, String user, String password, String owner, boolean dryRun) {
  private static final String FROM = "--from";
  private static final String URL = "--jdbc-url";
  private static final String USER = "--jdbc-user";
  private static final String PASSWORD = "--jdbc-password";
  private static final String OWNER = "--owner";
  private static final String DRY_RUN = "--dry-run";
  static final String HELP = "--help";

  private static final List<String> WITH_VALUE = List.of(FROM, URL, USER, PASSWORD, OWNER);
  private static final List<String> ALL = List.of(FROM, URL, USER, PASSWORD, OWNER, DRY_RUN, HELP);

  private static final List<String> DRIVERS =
      List.of("jdbc:sqlite:", "jdbc:h2:", "jdbc:postgresql:");

  static final String USER_VARIABLE = "IMPORT_JDBC_USER";
  static final String PASSWORD_VARIABLE = "IMPORT_JDBC_PASSWORD";

  static final String USAGE = """
      usage: java -jar counterfoil-import-3x-ui.jar --from=FILE --jdbc-url=URL [options]

        --from=FILE         the SQLite database of 3x-ui, such as /etc/x-ui/x-ui.db; it is only read
        --jdbc-url=URL      the target database: jdbc:sqlite:, jdbc:h2: or jdbc:postgresql:
        --jdbc-user=, --jdbc-password=
                            the database login; safer in the environment, as %s and
                            %s, where other users of the machine cannot see it
        --owner=            the owner of the imported tokens; none by default
        --dry-run           print what would be done, and change nothing
        --help              print this text

      You can run the command again: tokens that are already there stay unchanged. Tokens that were deleted
      there since the last run are imported again.
      Exit code: 0 if every token is there now; 1 if a token was rejected or an error occurred; 2 for an invalid option.
      """.formatted(USER_VARIABLE, PASSWORD_VARIABLE);

  /** Parses the options. If one is repeated, the last value wins. Unknown options are rejected. */
  static Options parse(List<String> args, Map<String, String> environment) throws OptionException {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (!ALL.contains(name)) {
        throw new OptionException(name, "one of " + String.join(", ", ALL));
      }
      if (WITH_VALUE.contains(name) == equals < 0) {
        throw new OptionException(name, equals < 0 ? name + "=VALUE" : "no value");
      }
      given.put(name, arg.substring(equals + 1));
    }
    return new Options(
        from(given.getOrDefault(FROM, "")),
        url(given.getOrDefault(URL, "")),
        given.getOrDefault(USER, environment.getOrDefault(USER_VARIABLE, "")),
        given.getOrDefault(PASSWORD, environment.getOrDefault(PASSWORD_VARIABLE, "")),
        owner(given.getOrDefault(OWNER, "")),
        given.containsKey(DRY_RUN));
  }

  private static Path from(String value) throws OptionException {
    if (value.isEmpty()) {
      throw new OptionException(FROM, "the SQLite database of 3x-ui");
    }
    return Path.of(value);
  }

  private static String url(String value) throws OptionException {
    if (DRIVERS.stream().noneMatch(value::startsWith)) {
      throw new OptionException(URL, "a URL that starts with one of " + String.join(", ", DRIVERS));
    }
    if (value.equals("jdbc:sqlite:")
        || value.startsWith("jdbc:h2:mem:")
        || value.contains(":memory:")
        || value.contains("mode=memory")) {
      throw new OptionException(URL, "a database that outlives this command");
    }
    return value;
  }

  private static String owner(String value) throws OptionException {
    try {
      return NewToken.named("any").owner(value).owner(); // checks it
    } catch (IllegalArgumentException e) {
      throw new OptionException(OWNER, e);
    }
  }

  @Override
  public String toString() {
    return "Options[****]";
  }
}

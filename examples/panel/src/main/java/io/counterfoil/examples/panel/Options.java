package io.counterfoil.examples.panel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The command-line options.
 *
 * @param help whether to print the usage and exit
 * @param host the address to listen on; loopback by default, because a token must not cross a network unencrypted
 * @param port the port to listen on; 0 selects any free port
 * @param database the database for the tokens; empty if they are kept in memory
 * @param newToken the name of a token to create instead of starting the server, for operators without a working token
 */
record Options(
    boolean help, String host, int port, Optional<Database> database, Optional<String> newToken) {
  static final String USER_VARIABLE = "PANEL_JDBC_USER";
  static final String PASSWORD_VARIABLE = "PANEL_JDBC_PASSWORD";

  private static final String HOST = "--host";
  private static final String PORT = "--port";
  private static final String STORE = "--store";
  private static final String URL = "--jdbc-url";
  private static final String USER = "--jdbc-user";
  private static final String PASSWORD = "--jdbc-password";
  private static final String CREATE = "--create-token";
  private static final String HELP = "--help";
  private static final List<String> ALL =
      List.of(PORT, HOST, STORE, URL, USER, PASSWORD, CREATE, HELP);

  static final String USAGE = """
      usage: java -jar counterfoil-panel.jar [options]

        --port=8080                       the port to listen on; 0 selects any free port
        --host=127.0.0.1                  the address to listen on
        --store=jdbc                      where to keep tokens: jdbc, or memory (lost when the process ends)
        --jdbc-url=jdbc:sqlite:panel.db   the database: jdbc:sqlite:, jdbc:h2: or jdbc:postgresql:
        --jdbc-user=, --jdbc-password=    the database login; safer in the environment, as %s and
                                          %s, where other users of the machine cannot see it
        --create-token=NAME               create an unrestricted token, print it and exit, for example
                                          if none is left
        --help                            print this text
      """.formatted(USER_VARIABLE, PASSWORD_VARIABLE);

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
  private static final int LAST_PORT = 65535;

  /**
   * Parses the options. If one is repeated, the last value wins. Unknown options are rejected, and so are options that would have
   * no effect.
   */
  static Options parse(List<String> args, Map<String, String> environment) throws OptionException {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (!ALL.contains(name)) {
        throw new OptionException(name, "one of " + String.join(", ", ALL));
      }
      if (name.equals(HELP) != equals < 0) {
        throw new OptionException(name, name.equals(HELP) ? "no value" : name + "=VALUE");
      }
      given.put(name, arg.substring(equals + 1));
    }
    return new Options(
        given.containsKey(HELP),
        host(given.getOrDefault(HOST, "127.0.0.1")),
        port(given.getOrDefault(PORT, "8080")),
        database(given, environment),
        Optional.ofNullable(given.get(CREATE)));
  }

  private static String host(String value) throws OptionException {
    // An empty host would mean loopback, but is more likely a variable that a script forgot to set.
    if (value.isEmpty() || !isAddressOfThisMachine(value)) {
      throw new OptionException(HOST + ": " + value, "an address of this machine");
    }
    boolean bracketed = value.startsWith("[") && value.endsWith("]"); // as in a URL
    return bracketed ? value.substring(1, value.length() - 1) : value;
  }

  private static boolean isAddressOfThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static int port(String value) throws OptionException {
    int port = DIGITS.matcher(value).matches() ? Integer.parseInt(value) : LAST_PORT + 1;
    if (port > LAST_PORT) {
      throw new OptionException(PORT + ": " + value, "0 to " + LAST_PORT);
    }
    return port;
  }

  private static Optional<Database> database(
      Map<String, String> given, Map<String, String> environment) throws OptionException {
    String store = given.getOrDefault(STORE, "jdbc");
    if (store.equals("jdbc")) {
      return Optional.of(new Database(
          Database.checkedUrl(URL, given.getOrDefault(URL, "jdbc:sqlite:panel.db")),
          given.getOrDefault(USER, environment.getOrDefault(USER_VARIABLE, "")),
          given.getOrDefault(PASSWORD, environment.getOrDefault(PASSWORD_VARIABLE, ""))));
    }
    if (!store.equals("memory")) {
      throw new OptionException(STORE + ": " + store, "jdbc or memory");
    }
    for (String option : List.of(URL, USER, PASSWORD, CREATE)) {
      if (given.containsKey(option)) {
        throw new OptionException(option, "not together with --store=memory");
      }
    }
    return Optional.empty();
  }
}

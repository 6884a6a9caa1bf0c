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
 * What the command line says.
 *
 * @param help whether to explain the options and do nothing else
 * @param host the address to listen on; loopback unless told otherwise, since a token must not cross a network in clear
 * @param port the port to listen on; 0 for any that is free
 * @param database where the tokens live; empty for the memory of the process
 * @param newToken the name of a token to create instead of starting the server: the way back in for one who is locked out
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

        --port=8080                       the port to listen on; 0 for any that is free
        --host=127.0.0.1                  the address to listen on
        --store=jdbc                      where tokens live: jdbc, or memory (they end with the process)
        --jdbc-url=jdbc:sqlite:panel.db   a database: jdbc:sqlite:, jdbc:h2: or jdbc:postgresql:
        --jdbc-user=, --jdbc-password=    how to log in to it; better in the environment, as %s and
                                          %s, where other users of the machine cannot see them
        --create-token=NAME               create a token, print it and end: the way back in if none is left
        --help                            print this
      """.formatted(USER_VARIABLE, PASSWORD_VARIABLE);

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
  private static final int LAST_PORT = 65535;

  /** The last of an option counts, as everywhere; what is unknown or has no meaning is refused. */
  static Options parse(List<String> args, Map<String, String> environment) throws BadOption {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (!ALL.contains(name)) {
        throw new BadOption(name, "one of " + String.join(", ", ALL));
      }
      if (name.equals(HELP) != equals < 0) {
        throw new BadOption(name, name.equals(HELP) ? "no value" : name + "=VALUE");
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

  private static String host(String value) throws BadOption {
    // The empty text would be loopback, but is more likely a variable that a script forgot to set.
    if (value.isEmpty() || !isAddressOfThisMachine(value)) {
      throw new BadOption(HOST + ": " + value, "an address of this machine");
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

  private static int port(String value) throws BadOption {
    int port = DIGITS.matcher(value).matches() ? Integer.parseInt(value) : LAST_PORT + 1;
    if (port > LAST_PORT) {
      throw new BadOption(PORT + ": " + value, "0 to " + LAST_PORT);
    }
    return port;
  }

  private static Optional<Database> database(
      Map<String, String> given, Map<String, String> environment) throws BadOption {
    String store = given.getOrDefault(STORE, "jdbc");
    if (store.equals("jdbc")) {
      return Optional.of(new Database(
          Database.checkedUrl(URL, given.getOrDefault(URL, "jdbc:sqlite:panel.db")),
          given.getOrDefault(USER, environment.getOrDefault(USER_VARIABLE, "")),
          given.getOrDefault(PASSWORD, environment.getOrDefault(PASSWORD_VARIABLE, ""))));
    }
    if (!store.equals("memory")) {
      throw new BadOption(STORE + ": " + store, "jdbc or memory");
    }
    for (String useless : List.of(URL, USER, PASSWORD, CREATE)) {
      if (given.containsKey(useless)) {
        throw new BadOption(useless, "not together with --store=memory");
      }
    }
    return Optional.empty();
  }
}

package io.counterfoil.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the command line of {@link Volume} says.
 *
 * @param help whether to explain the options and do nothing else
 * @param tokens the number of tokens in the full table
 * @param engines the databases to fill
 * @param rounds how often each latency is measured, {@value Series#CALLS} calls at a time
 */
record VolumeOptions(boolean help, int tokens, List<Engine> engines, int rounds) {
  private static final String HELP = "--help";
  private static final String TOKENS = "--tokens";
  private static final String DATABASE = "--database";
  private static final String ROUNDS = "--rounds";
  private static final List<String> ALL = List.of(TOKENS, DATABASE, ROUNDS, HELP);

  static final String USAGE = """
      usage: java -Xmx96m -jar counterfoil-benchmarks.jar [options]

        --tokens=1000000   the number of tokens, 100 to 9999999
        --database=both    both, postgresql or sqlite
        --rounds=100       how often each latency is measured, 1 to 999
        --help             print this
      """;

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,7}");

  /** The last of an option counts; what is unknown or has no meaning is refused. */
  static VolumeOptions parse(List<String> args) {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      require(ALL.contains(name), name, "one of " + String.join(", ", ALL));
      require(name.equals(HELP) == equals < 0, arg, name.equals(HELP) ? HELP : name + "=VALUE");
      given.put(name, arg.substring(equals + 1));
    }
    return new VolumeOptions(
        given.containsKey(HELP),
        number(given, TOKENS, 1_000_000, 100, 9_999_999),
        engines(given.getOrDefault(DATABASE, "both")),
        number(given, ROUNDS, 100, 1, 999));
  }

  private static int number(
      Map<String, String> given, String name, int usual, int least, int most) {
    String text = given.getOrDefault(name, String.valueOf(usual));
    int number = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
    require(number >= least && number <= most, name + ": " + text, least + " to " + most);
    return number;
  }

  private static List<Engine> engines(String text) {
    return switch (text) {
      case "both" -> List.of(Engine.values());
      case "postgresql" -> List.of(Engine.POSTGRESQL);
      case "sqlite" -> List.of(Engine.SQLITE);
      default -> {
        require(false, DATABASE + ": " + text, "both, postgresql or sqlite");
        yield List.of();
      }
    };
  }

  private static void require(boolean right, String found, String expected) {
    if (!right) {
      throw new IllegalArgumentException(found + " (expected: " + expected + ')');
    }
  }
}

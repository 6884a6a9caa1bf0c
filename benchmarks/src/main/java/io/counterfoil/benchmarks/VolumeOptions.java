package io.counterfoil.benchmarks;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the command line of {@link Volume} says.
 *
 * @param tokens the number of tokens in the full table
 * @param engines the databases to fill
 * @param rounds how often each latency is measured, {@value Series#CALLS} calls at a time
 */
record VolumeOptions(int tokens, List<Engine> engines, int rounds) {
  static final String USAGE = """
      usage: java -Xmx96m -jar counterfoil-benchmarks.jar [options]

        --tokens=1000000   the number of tokens, 100 to 9999999
        --database=both    both, postgresql or sqlite
      """;

  private static final int ROUNDS = 100;
  private static final String TOKENS = "--tokens=";
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{2,6}");

  /** The last of an option counts; what is unknown or has no meaning is refused. */
  static VolumeOptions parse(List<String> args) {
    int tokens = 1_000_000;
    List<Engine> engines = List.of(Engine.values());
    for (String arg : args) {
      if (arg.startsWith(TOKENS)) {
        tokens = count(arg);
      } else {
        engines = engines(arg);
      }
    }
    return new VolumeOptions(tokens, engines, ROUNDS);
  }

  private static int count(String arg) {
    String count = arg.substring(TOKENS.length());
    if (!COUNT.matcher(count).matches()) {
      throw new IllegalArgumentException(arg + " (expected: --tokens=100 to 9999999)");
    }
    return Integer.parseInt(count);
  }

  private static List<Engine> engines(String arg) {
    return switch (arg) {
      case "--database=both" -> List.of(Engine.values());
      case "--database=postgresql" -> List.of(Engine.POSTGRESQL);
      case "--database=sqlite" -> List.of(Engine.SQLITE);
      default ->
        throw new IllegalArgumentException(
            arg + " (expected: --tokens=NUMBER or --database=both, postgresql or sqlite)");
    };
  }
}

package io.counterfoil.benchmarks.start;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Measures how long a process takes from its {@code main} to the first verdict, as a multiple of what it takes to the first
 * hash. Each time is that of a process of its own, and they take turns, so that what else the machine does befalls all alike.
 */
public final class Start {
  private static final int ROUNDS = 20;

  private final String plaintext;
  private final String sha256;

  /** What a process does; the first is the floor. */
  enum Deed {
    HASH(FirstHash.class),
    AUTHENTICATE(FirstAuthentication.class),
    CREATE_AND_AUTHENTICATE(FirstToken.class);

    private final Class<?> main;

    Deed(Class<?> main) {
      this.main = main;
    }
  }

  Start() throws NoSuchAlgorithmException {
    try (TokenManager manager = TokenManager.builder(new InMemoryTokenStore()).build()) {
      plaintext = manager.create(NewToken.named("a")).reveal();
    }
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(plaintext.getBytes(US_ASCII));
    sha256 = HexFormat.of().formatHex(hash);
  }

  /** Takes the number of rounds, or nothing for twenty. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    System.out.print(table(measure(rounds)));
  }

  /** Returns the nanoseconds of each process, in the order of their size. */
  static Map<Deed, long[]> measure(int rounds) throws Exception {
    Start start = new Start();
    Map<Deed, long[]> nanos = new EnumMap<>(Deed.class);
    for (int round = 0; round < rounds; round++) {
      for (Deed deed : Deed.values()) {
        nanos.computeIfAbsent(deed, any -> new long[rounds])[round] = start.nanosOf(deed);
      }
    }
    nanos.values().forEach(Arrays::sort);
    return nanos;
  }

  private long nanosOf(Deed deed) throws IOException, InterruptedException {
    return Long.parseLong(output(deed).strip());
  }

  /** Returns what the process of a deed prints, in a virtual machine with these options. */
  String output(Deed deed, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of(
        "-cp", System.getProperty("java.class.path"), deed.main.getName(), plaintext, sha256));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(deed + " failed");
    }
    return output;
  }

  /** Of each deed the least time and the median, and both as multiples of those of the first. */
  static String table(Map<Deed, long[]> nanos) {
    List<String> rows = new ArrayList<>();
    long[] floor = Objects.requireNonNull(nanos.get(Deed.HASH));
    nanos.forEach((deed, times) -> rows.add(String.format(
        Locale.ROOT,
        "| %s | %,d | %.2f | %,d | %.2f |%n",
        deed.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        times[0],
        (double) times[0] / floor[0],
        median(times),
        (double) median(times) / median(floor))));
    return String.format(
        Locale.ROOT,
        """
        Java %s, %d processes each.

        | from main to the first | least, ns | × hash | median, ns | × hash |
        |---|--:|--:|--:|--:|
        %s""",
        System.getProperty("java.vm.version"),
        floor.length,
        String.join("", rows));
  }

  private static long median(long[] sorted) {
    return sorted[sorted.length / 2];
  }
}

package io.counterfoil.benchmarks.speed;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** Has the JVM count what each token takes in memory, class by class, by looking at every object that is reachable. */
public final class Heap {
  private static final int TOKENS = 1_000_000;

  /** The names are the caller's, whatever store keeps them. */
  private static final List<String> STRINGS = List.of("java.lang.String", "[B");

  /** As the JVM prints it: number, instances, bytes, class. */
  private static final Pattern LINE =
      Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)", Pattern.MULTILINE);

  private Heap() {}

  /** What there is of a class. */
  record Count(long objects, long bytes) {
    static final Count NONE = new Count(0, 0);

    Count minus(Count before) {
      return new Count(objects - before.objects, bytes - before.bytes);
    }
  }

  /** Prints the table. */
  public static void main(String[] args) throws JMException {
    System.out.println(table(TOKENS));
  }

  /** Returns the table for that many tokens with a name and nothing else. */
  static String table(int tokens) throws JMException {
    fill(new InMemoryTokenStore(), 1); // what is made once is there before
    Map<String, Count> before = reachable();
    InMemoryTokenStore store = new InMemoryTokenStore();
    try {
      fill(store, tokens);
      return table(growth(before, reachable()), tokens);
    } finally {
      Reference.reachabilityFence(store);
    }
  }

  private static void fill(InMemoryTokenStore store, int tokens) {
    try (TokenManager manager = TokenManager.builder(store).build()) {
      for (int i = 0; i < tokens; i++) {
        manager.create(NewToken.named("token-" + i));
      }
    }
  }

  private static Map<String, Count> reachable() throws JMException {
    String histogram = (String) ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[0]},
            new String[] {String[].class.getName()});
    Map<String, Count> counts = new TreeMap<>();
    Matcher lines = LINE.matcher(histogram);
    while (lines.find()) {
      long objects = Long.parseLong(lines.group(1));
      counts.put(lines.group(3), new Count(objects, Long.parseLong(lines.group(2))));
    }
    return counts;
  }

  private static Map<String, Count> growth(Map<String, Count> before, Map<String, Count> after) {
    Map<String, Count> growth = new TreeMap<>();
    after.forEach(
        (type, count) -> growth.put(type, count.minus(before.getOrDefault(type, Count.NONE))));
    return growth;
  }

  private static String table(Map<String, Count> growth, int tokens) {
    Stream<String> rows = growth.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().bytes()))
        .filter(entry -> entry.getValue().bytes() >= tokens) // less than one byte each is chance
        .map(entry -> row(entry.getKey(), entry.getValue(), tokens));
    long all = growth.values().stream().mapToLong(Count::bytes).sum();
    long strings = STRINGS.stream()
        .mapToLong(type -> growth.getOrDefault(type, Count.NONE).bytes())
        .sum();
    return String.format(
        Locale.ROOT,
        """

        ## In memory

        Bytes that each of %,d tokens takes, which have a name and nothing else.

        | class | objects | bytes |
        |---|--:|--:|
        %s| all | | %.1f |
        | all above its strings | | %.1f |
        """,
        tokens,
        String.join("", rows.toList()),
        (double) all / tokens,
        (double) (all - strings) / tokens);
  }

  private static String row(String type, Count count, int tokens) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %.2f | %.1f |%n",
        type,
        (double) count.objects() / tokens,
        (double) count.bytes() / tokens);
  }
}

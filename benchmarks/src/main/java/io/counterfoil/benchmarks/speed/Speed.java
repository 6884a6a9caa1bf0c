package io.counterfoil.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.management.JMException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures what a verdict costs, as multiples of the hash alone in the same run, and writes a table of it.
 *
 * <p>Of each figure the least of many short iterations counts: what else a shared machine does makes calls longer, and never
 * shorter.
 */
public final class Speed {
  /** How many iterations one of those to warm up takes. */
  private static final long WARMUP = 20;

  private static final String HASH_ALONE = "hashAlone";

  private Speed() {}

  /**
   * How much is done for a figure.
   *
   * @param forks how many processes measure it, one after the other; 0 for this one
   * @param iterations how often each of them does, after as long as that to warm up
   * @param millis how long each time: the shorter, the more of them nobody else disturbs
   * @param many the number of tokens that is to be many
   * @param most the number of tokens that is to be more than that
   */
  record Effort(int forks, int iterations, int millis, int many, int most) {
    /** Others are so far behind that half will do. */
    Effort forPeers() {
      return new Effort(forks, Math.max(1, iterations / 2), millis, many, most);
    }
  }

  /** Takes the file to write the table to, or nothing to print it alone. */
  public static void main(String[] args) throws IOException, RunnerException, JMException {
    Effort effort = new Effort(2, 200, 10, 1_000_000, 10_000_000);
    Effort longer = new Effort(2, 40, 100, 1_000_000, 10_000_000); // a call is a trip
    String table =
        table(measure(effort)) + InTurns.table(InTurns.measure(longer)) + Heap.table(effort.many());
    System.out.println(table);
    if (args.length > 0) {
      Files.writeString(Path.of(args[0]), table);
    }
  }

  /** Measures over few tokens and many, with one thread and two. */
  static List<Figure> measure(Effort effort) throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(run(
        options(effort)
            .include("Authentication\\..*")
            .include("Floors\\..*")
            .include("Filters\\..*"),
        1));
    figures.addAll(run(options(effort.forPeers()).include("Peers\\..*"), 1));
    figures.addAll(run(options(effort).include("Authentication\\.(hashAlone|known|unknown)$"), 2));
    figures.addAll(run(
        options(effort)
            .include("Authentication\\.(known|unknown|mapOfHexTexts)$")
            .param("tokens", "10", String.valueOf(effort.many())),
        1));
    figures.addAll(run(
        options(effort)
            .include("Authentication\\.(known|unknown)$")
            .param("tokens", String.valueOf(effort.most()))
            .forks(Math.min(1, effort.forks())) // to fill the store takes minutes
            .jvmArgsAppend(memory(8)),
        1));
    return figures;
  }

  static ChainedOptionsBuilder options(Effort effort) {
    return new OptionsBuilder()
        .forks(effort.forks())
        .warmupIterations(Math.max(1, (int) (effort.iterations() / WARMUP)))
        .warmupTime(TimeValue.milliseconds(WARMUP * effort.millis()))
        .measurementIterations(effort.iterations())
        .measurementTime(TimeValue.milliseconds(effort.millis()))
        .addProfiler(GCProfiler.class)
        .jvmArgsAppend(memory(3));
  }

  /**
   * Memory that is there before anything is measured, and of which the young part comes round again and again: else it is the
   * first touch of each page that is measured, which takes a call that leaves 400 bytes behind as long again.
   */
  private static String[] memory(int gigabytes) {
    return new String[] {
      "-Xms" + gigabytes + 'g', "-Xmx" + gigabytes + 'g', "-Xmn64m", "-XX:+AlwaysPreTouch"
    };
  }

  private static List<Figure> run(ChainedOptionsBuilder options, int threads)
      throws RunnerException {
    Collection<RunResult> results = new Runner(options.threads(threads).build()).run();
    return results.stream().map(result -> Figure.of(result, threads)).toList();
  }

  /** What was measured of one benchmark. */
  record Figure(String name, String tokens, int threads, double nanos, double bytes) {
    static Figure of(RunResult result, int threads) {
      String tokens = result.getParams().getParam("tokens");
      double least = result.getBenchmarkResults().stream()
          .flatMap(fork -> fork.getIterationResults().stream())
          .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
          .min()
          .orElseThrow();
      double bytes = result.getSecondaryResults().entrySet().stream()
          .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
          .mapToDouble(entry -> entry.getValue().getScore())
          .findFirst()
          .orElse(Double.NaN);
      String name = result.getParams().getBenchmark();
      return new Figure(
          name.substring(name.lastIndexOf('.') + 1),
          tokens == null ? "" : tokens,
          threads,
          least,
          bytes);
    }
  }

  static String table(List<Figure> figures) {
    double hash = figures.stream()
        .filter(figure -> figure.name().equals(HASH_ALONE) && figure.threads() == 1)
        .mapToDouble(Figure::nanos)
        .findFirst()
        .orElseThrow();
    Stream<String> rows = figures.stream()
        .map(figure -> String.format(
            Locale.ROOT,
            "| %s | %s | %d | %.1f | %.2f | %.0f |%n",
            figure.name(),
            figure.tokens(),
            figure.threads(),
            figure.nanos(),
            figure.nanos() / hash,
            figure.bytes()));
    return String.format(
        Locale.ROOT,
        """
        # Results

        Measured on %s with Java %s, %d processors: %s. The least of many short iterations; D is `hashAlone`.

        | benchmark | tokens | threads | ns/op | × D | B/op |
        |---|--:|--:|--:|--:|--:|
        %s
        %s""",
        LocalDate.now(ZoneOffset.UTC),
        System.getProperty("java.vm.version"),
        Runtime.getRuntime().availableProcessors(),
        processor(),
        String.join("", rows.toList()),
        Goals.table(figures));
  }

  /** As Linux calls it. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}

package io.counterfoil.benchmarks.speed;

import io.counterfoil.benchmarks.speed.Speed.Effort;
import io.counterfoil.testing.databases.PostgreSql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures ways that take turns, and compares each with the first of them. */
final class InTurns {
  private static final int FEW = 1;
  private static final int MANY = 8;

  /** The shorter the turns, the less changes between one and the next. */
  private static final int SHORTER = 2;

  /** A turn in which uses are recorded has to be longer than the interval in which they are written. */
  private static final int LONGER = 15;

  private static final int FEWER = 8;
  private static final int TOKENS = 10_000;

  private InTurns() {}

  /**
   * One way, beside the first.
   *
   * @param nanos the least of all turns
   * @param leastRatio this by the least of the first way
   * @param medianRatio in the middle of the rounds, a turn by that of the first way just before
   */
  record Figure(
      String name,
      String database,
      int threads,
      double nanos,
      double leastRatio,
      double medianRatio) {}

  /** Measures all; what needs PostgreSQL not where that is switched off. */
  static List<Figure> measure(Effort effort) throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    if (!PostgreSql.isSwitchedOff()) {
      figures.addAll(verdicts(effort, Database.POSTGRESQL, FEW));
      figures.addAll(verdicts(effort, Database.POSTGRESQL, MANY));
    }
    figures.addAll(verdicts(effort, Database.SQLITE, FEW));
    figures.addAll(verdicts(effort, Database.H2, FEW));
    if (!PostgreSql.isSwitchedOff()) {
      figures.addAll(uses(effort));
    }
    return figures;
  }

  private static List<Figure> verdicts(Effort effort, Database database, int threads)
      throws RunnerException {
    ChainedOptionsBuilder options = options(effort, "verdict").param("database", database.name());
    int millis = effort.millis() / SHORTER;
    return run(options, OnDatabases.Verdicts.NAMES, effort.iterations(), millis, database, threads);
  }

  private static List<Figure> uses(Effort effort) throws RunnerException {
    ChainedOptionsBuilder options = options(effort, "use");
    int rounds = Math.max(1, effort.iterations() / FEWER);
    int millis = effort.millis() * LONGER;
    return run(options, OnDatabases.Uses.NAMES, rounds, millis, Database.POSTGRESQL, MANY);
  }

  private static ChainedOptionsBuilder options(Effort effort, String benchmark) {
    return Speed.options(effort)
        .include("OnDatabases\\." + benchmark + '$')
        .param("tokens", String.valueOf(Math.min(TOKENS, effort.many())));
  }

  /** Rounds to warm up are whole ones: the first turn that counts is that of the first way. */
  private static List<Figure> run(
      ChainedOptionsBuilder options,
      List<String> ways,
      int rounds,
      int millis,
      Database database,
      int threads)
      throws RunnerException {
    Collection<RunResult> results = new Runner(options
            .threads(threads)
            .warmupIterations(Math.max(1, rounds / 4) * ways.size())
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(rounds * ways.size())
            .measurementTime(TimeValue.milliseconds(millis))
            .build())
        .run();
    List<double[]> turns = results.stream()
        .flatMap(result -> result.getBenchmarkResults().stream())
        .flatMap(fork -> rounds(fork, ways.size()))
        .toList();
    return IntStream.range(0, ways.size())
        .mapToObj(way -> new Figure(
            ways.get(way),
            database.name(),
            threads,
            least(turns, way),
            least(turns, way) / least(turns, 0),
            medianRatio(turns, way)))
        .toList();
  }

  private static Stream<double[]> rounds(BenchmarkResult fork, int ways) {
    double[] nanos = fork.getIterationResults().stream()
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .toArray();
    return IntStream.range(0, nanos.length / ways)
        .mapToObj(round -> Arrays.copyOfRange(nanos, round * ways, (round + 1) * ways));
  }

  private static double least(List<double[]> rounds, int way) {
    return rounds.stream().mapToDouble(round -> round[way]).min().orElseThrow();
  }

  private static double medianRatio(List<double[]> rounds, int way) {
    double[] ratios =
        rounds.stream().mapToDouble(round -> round[way] / round[0]).sorted().toArray();
    return ratios[ratios.length / 2];
  }

  static String table(List<Figure> figures) {
    Stream<String> rows = figures.stream()
        .map(figure -> String.format(
            Locale.ROOT,
            "| %s | %s | %d | %.2f | %.2f | %.2f |%n",
            figure.name(),
            figure.database(),
            figure.threads(),
            figure.nanos() / 1e3,
            figure.leastRatio(),
            figure.medianRatio()));
    return String.format(Locale.ROOT, """

        ## In databases

        Ways that take turns, each beside the first of them: by the least of its turns, and in the middle of the rounds.

        | way | database | threads | µs/op | × first, least | × first, median |
        |---|---|--:|--:|--:|--:|
        %s""", String.join("", rows.toList()));
  }
}

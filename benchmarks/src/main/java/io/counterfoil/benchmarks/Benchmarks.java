package io.counterfoil.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs JMH benchmarks and prints the results as multiples of the baseline. It accepts the command-line options of JMH. */
public final class Benchmarks {
  private static final Set<String> BASELINES = Set.of("hashAlone", "bareSelect", "firstHash");
  private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0);

  private Benchmarks() {}

  /** Runs the benchmarks that the arguments select; without arguments, all of them. */
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    System.out.print(table(new Runner(new CommandLineOptions(args)).run()));
  }

  /** Returns the results as a Markdown table. */
  static String table(Collection<RunResult> results) {
    Map<String, Double> baselines = new HashMap<>();
    Map<String, RunResult> sorted = new TreeMap<>();
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      sorted.put(params.getBenchmark() + settings(params), result);
      if (BASELINES.contains(method(params))) {
        baselines.put(group(params) + settings(params), score(result));
        baselines.putIfAbsent(group(params), score(result));
      }
    }
    StringBuilder table = new StringBuilder("""
        | benchmark | settings | score | unit | × baseline | p50 | p90 | p99 |
        |---|---|--:|---|--:|--:|--:|--:|
        """);
    sorted.values().forEach(result -> table.append(row(result, baselines)));
    return table.toString();
  }

  private static String row(RunResult result, Map<String, Double> baselines) {
    BenchmarkParams params = result.getParams();
    String settings = settings(params);
    @Nullable Double sameSettings = baselines.get(group(params) + settings);
    @Nullable Double baseline = sameSettings == null ? baselines.get(group(params)) : sameSettings;
    return "| %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            method(params),
            settings,
            number(score(result)),
            result.getPrimaryResult().getScoreUnit(),
            baseline == null ? "" : number(score(result) / baseline),
            String.join(
                " | ",
                PERCENTILES.stream()
                    .map(p -> number(result.getPrimaryResult().getStatistics().getPercentile(p)))
                    .toList()));
  }

  private static double score(RunResult result) {
    return result.getPrimaryResult().getScore();
  }

  private static String settings(BenchmarkParams params) {
    StringBuilder settings = new StringBuilder(params.getThreads() + " thread(s)");
    params.getParamsKeys().forEach(key -> settings.append(", ").append(params.getParam(key)));
    return settings.toString();
  }

  private static String group(BenchmarkParams params) {
    return params.getBenchmark().substring(0, params.getBenchmark().lastIndexOf('.'));
  }

  private static String method(BenchmarkParams params) {
    return params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

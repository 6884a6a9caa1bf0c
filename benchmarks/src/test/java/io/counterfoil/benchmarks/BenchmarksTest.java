package io.counterfoil.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.databases.PostgreSql;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs each benchmark for a moment. The measured times mean nothing here. */
class BenchmarksTest {

  @Test
  void every_benchmark_in_memory_runs() throws RunnerException {
    Collection<RunResult> results = run(options("AuthenticationBenchmark").param("tokens", "100"));
    assertThat(results).hasSize(10);
    assertThat(Benchmarks.table(results))
        .containsPattern("\\| hashAlone \\| 1 thread\\(s\\) \\| [0-9.]+ \\| ns/op \\| 1\\.00 \\|")
        .containsPattern(
            "\\| known \\| 1 thread\\(s\\), 100 \\| [0-9.]+ \\| ns/op \\| [0-9.]+ \\|");
  }

  @Test
  void every_benchmark_on_databases_runs() throws RunnerException {
    String[] databases = PostgreSql.skipReason().isPresent()
        ? new String[] {"SQLITE"}
        : new String[] {"POSTGRESQL", "SQLITE"};
    Collection<RunResult> results =
        run(options("DatabaseBenchmark").param("tokens", "100").param("database", databases));
    assertThat(results).hasSize(databases.length * 6);
    assertThat(Benchmarks.table(results))
        .containsPattern(
            "\\| bareSelect \\| 1 thread\\(s\\), SQLITE, 100 \\| [0-9.]+ \\| us/op \\| 1\\.00 \\|");
  }

  @Test
  void every_start_up_benchmark_runs() throws RunnerException {
    assertThat(run(options("StartupBenchmark"))).hasSize(2);
  }

  private static ChainedOptionsBuilder options(String include) {
    return new OptionsBuilder()
        .include(include)
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(20))
        .shouldFailOnError(true);
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }
}

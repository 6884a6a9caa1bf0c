package io.counterfoil.clusters.run;

import io.counterfoil.clusters.checker.Report;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The row of a run in the table of docs/scaling.md. */
final class TableRow {
  private TableRow() {}

  /**
   * Returns the cluster, the duration, the calls and the changes among them, the faults, the violations, the longest outage of an
   * application, and how late an authentication began that still accepted a revoked plaintext.
   */
  static String of(Cluster cluster, Report report) {
    long changes = report.operations().entrySet().stream()
        .filter(entry -> entry.getKey().isChange())
        .flatMap(entry -> entry.getValue().values().stream())
        .mapToLong(Long::longValue)
        .sum();
    return String.format(
        Locale.ROOT,
        "| %s | %d s | %,d | %,d | %s | %d | %.1f s | %s |",
        cluster.name(),
        report.duration().toSeconds(),
        report.calls(),
        changes,
        faults(report.faults()),
        report.violations().size(),
        report.longestOutage().toMillis() / 1000.0,
        report.latestAcceptance().map(TableRow::millis).orElse("–"));
  }

  /** The nodes are equal, so their faults count together. */
  private static String faults(Map<String, Long> faults) {
    Map<String, Long> ofAnyNode = new TreeMap<>();
    faults.forEach(
        (name, number) -> ofAnyNode.merge(name.replaceAll("node\\d", "a node"), number, Long::sum));
    return ofAnyNode.entrySet().stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}

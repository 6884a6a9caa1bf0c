package io.counterfoil.clusters.run;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.clusters.checker.Checker;
import io.counterfoil.clusters.checker.FaultPeriod;
import io.counterfoil.clusters.checker.History;
import io.counterfoil.clusters.checker.HistoryFile;
import io.counterfoil.clusters.checker.Kind;
import io.counterfoil.clusters.checker.Outcome;
import io.counterfoil.clusters.checker.Report;
import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Polling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs an application on each host of a cluster, begins and ends its faults, and records all calls. */
final class ClusterRun implements AutoCloseable {
  private static final int CLIENTS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Cluster cluster;
  private final RunSettings settings;
  private final List<RestartableApplication> applications = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Probes probes;
  private final Workload workload;
  private volatile boolean isStopped;

  private ClusterRun(Cluster cluster, RunSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
    this.probes = new Probes(applications, settings.seed());
    this.workload = probes.workload();
  }

  /** Runs applications on a cluster, and prints what the checker finds. Writes the history to a file. */
  static Report check(Cluster cluster, RunSettings settings) throws Exception {
    Path file = settings.folder().resolve("calls.history");
    System.out.println(file + ": -Dclusters.seed=" + settings.seed());
    Files.createDirectories(settings.folder());
    History history;
    try (ClusterRun run = new ClusterRun(cluster, settings)) {
      history = run.run();
    }
    HistoryFile.write(history, file);
    Report report = Checker.check(history);
    System.out.println(report.text());
    System.out.println(TableRow.of(cluster, report));
    return report;
  }

  /** Runs like {@link #check}. Fails if a guarantee is broken, or if the run shows nothing: no fault, or no call that succeeded. */
  static void requireNoViolation(Cluster cluster, RunSettings settings) throws Exception {
    Report report = check(cluster, settings);
    assertThat(report.faults()).isNotEmpty();
    assertThat(report.operations().get(Kind.CREATE)).containsKey(Outcome.DONE);
    assertThat(report.operations().get(Kind.AUTHENTICATE)).containsKey(Outcome.ACCEPTED);
    assertThat(report.violations()).as(report::text).isEmpty();
  }

  /** Runs for the set time and calls. At the end, it repairs everything and reads all tokens on every application. */
  private History run() throws Exception {
    startApplications();
    List<Fault> faults = Stream.concat(
            cluster.faults().stream(), ApplicationFaults.of(applications).stream())
        .filter(settings.faults())
        .toList();
    Nemesis nemesis =
        new Nemesis(cluster, faults, settings.longestFault(), new Random(settings.seed()));
    Future<List<FaultPeriod>> breaking = threads.submit(nemesis);
    List<Future<?>> clients = startClients();
    awaitEnd(breaking);
    nemesis.stop();
    List<FaultPeriod> periods = breaking.get();
    isStopped = true;
    probes.close();
    for (Future<?> client : clients) {
      client.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    awaitAnswers();
    FinalReads.make(workload, applications);
    awaitAnswers();
    return new History(workload.calls(), periods, bounds());
  }

  private void startApplications() throws Exception {
    List<Host> hosts = cluster.hosts();
    for (int i = 0; i < hosts.size(); i++) {
      boolean isLast = i == hosts.size() - 1;
      String name = "application-" + (i + 1);
      ApplicationSettings its = new ApplicationSettings(
          cluster.url(hosts.get(i)),
          isLast ? settings.bound() : Duration.ZERO,
          isLast ? settings.defect() : Defect.NONE);
      Path log = settings.folder().resolve(name + ".log");
      Files.deleteIfExists(log);
      applications.add(RestartableApplication.start(name, hosts.get(i), its, log));
    }
    for (RestartableApplication application : applications) {
      application.awaitReady();
    }
  }

  private List<Future<?>> startClients() {
    Random seeds = new Random(settings.seed());
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < applications.size(); i++) {
      RestartableApplication other = applications.get((i + 1) % applications.size());
      for (int j = 0; j < CLIENTS; j++) {
        clients.add(threads.submit(
            new Client(workload, applications.get(i), other, () -> isStopped, seeds.nextLong())));
      }
    }
    return clients;
  }

  /** Waits for the set time and number of calls, unless the nemesis fails before. */
  private void awaitEnd(Future<List<FaultPeriod>> breaking) throws Exception {
    try {
      breaking.get(settings.length().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException expected) {
      // The nemesis works until it is stopped.
    }
    Polling.await(
        settings.leastCalls() + " calls", LIMIT, () -> breaking.isDone() || hasMadeEnoughCalls());
  }

  private boolean hasMadeEnoughCalls() {
    return workload.calls().size() >= settings.leastCalls();
  }

  /** All faults are repaired, so a call that does not end is a failure. */
  private void awaitAnswers() {
    for (RestartableApplication application : applications) {
      Polling.await(
          application.name() + " answers all commands",
          LIMIT,
          () -> application.process().waiting() == 0);
      if (application.hasFailed()) {
        throw new AssertionError(application.name() + " has ended; see its log");
      }
    }
  }

  private Map<String, Duration> bounds() {
    return applications.stream()
        .filter(application -> !application.bound().isZero())
        .collect(toMap(RestartableApplication::name, RestartableApplication::bound));
  }

  @Override
  public void close() {
    isStopped = true;
    probes.close();
    applications.forEach(RestartableApplication::close);
    threads.shutdownNow();
  }
}

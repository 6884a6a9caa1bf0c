package io.counterfoil.clusters.run;

import io.counterfoil.clusters.checker.FaultPeriod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Begins one fault at a time, ends it after a while, and waits until the cluster is healthy again. */
final class Nemesis implements Callable<List<FaultPeriod>> {
  private static final double SHORTEST_SECONDS = 1;

  private final Cluster cluster;
  private final List<Fault> faults;
  private final double longestSeconds;
  private final Random random;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<FaultPeriod> periods = new ArrayList<>();

  /** @param longest the longest time until a repair begins */
  Nemesis(Cluster cluster, List<Fault> faults, Duration longest, Random random) {
    this.cluster = cluster;
    this.faults = List.copyOf(faults);
    this.longestSeconds = longest.toMillis() / 1000.0;
    this.random = random;
  }

  /** Makes {@link #call} return after the present fault. */
  void stop() {
    stop.countDown();
  }

  /** Breaks and repairs until {@link #stop}: all faults in random order, then all in another order, and so on. */
  @Override
  public List<FaultPeriod> call() throws Exception {
    List<Fault> order = new ArrayList<>(faults);
    while (!isStoppedWithin(0)) {
      Collections.shuffle(order, random);
      for (Fault fault : order) {
        if (isStoppedWithin(time())) {
          return periods;
        }
        run(fault);
      }
    }
    return periods;
  }

  private void run(Fault fault) throws Exception {
    long begin = System.nanoTime();
    try {
      fault.begin();
      boolean unused = isStoppedWithin(time());
    } finally {
      fault.end();
    }
    cluster.awaitHealthy();
    long end = System.nanoTime();
    periods.add(new FaultPeriod(fault.name(), begin, end, fault.application()));
  }

  private double time() {
    return SHORTEST_SECONDS + random.nextDouble() * (longestSeconds - SHORTEST_SECONDS);
  }

  private boolean isStoppedWithin(double seconds) throws InterruptedException {
    return stop.await((long) (seconds * 1000), TimeUnit.MILLISECONDS);
  }
}

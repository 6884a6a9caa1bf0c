package io.counterfoil.clusters.run;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Authentications by all applications directly after a change. Applications with a cache try again at random times until the
 * staleness bound has passed. No client waits for the results. They are recorded like those of other calls.
 */
final class Probes implements AutoCloseable {
  private static final int PLAINTEXTS = 2;
  private static final int LATER_PROBES = 3;

  private final List<RestartableApplication> applications;
  private final Workload workload = new Workload(this::probe);
  private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1);
  private final Random random;

  Probes(List<RestartableApplication> applications, long seed) {
    this.applications = applications;
    this.random = new Random(seed);
    later.setRejectedExecutionHandler(new DiscardPolicy());
  }

  /** Returns the workload whose changes are probed. */
  Workload workload() {
    return workload;
  }

  private void probe(TrackedToken token) {
    for (RestartableApplication application : applications) {
      authenticate(application, token);
      long bound = application.bound().toNanos();
      for (int i = 0; bound > 0 && i < LATER_PROBES; i++) {
        long delay = (long) (random.nextDouble() * 1.25 * bound);
        ScheduledFuture<?> unused =
            later.schedule(() -> authenticate(application, token), delay, TimeUnit.NANOSECONDS);
      }
    }
  }

  private void authenticate(RestartableApplication application, TrackedToken token) {
    if (application.canTakeMore()) {
      token
          .latest(PLAINTEXTS)
          .forEach(plaintext ->
              workload.doNotAwait(workload.authenticate(application, token, plaintext)));
    }
  }

  /** Sends no more probes. */
  @Override
  public void close() {
    later.shutdownNow();
  }
}

package io.counterfoil.clusters.run;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A client of one application, which sends one random command after the other. Most of them are authentications, and most concern
 * a few tokens at a time, so that the calls of several applications meet.
 */
final class Client implements Runnable {
  /** The percentage of calls that concern the tokens that are hot at the moment. */
  private static final int HOT = 60;

  private static final int HOT_TOKENS = 3;
  private static final Duration HOT_TIME = Duration.ofSeconds(3);
  private static final int NAMES = 16;
  private static final int MOST_TOKENS = 24;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  /** Longer than any run, so that no overlap ends during one, and the clocks of the machines do not matter. */
  private static final Duration OVERLAP = Duration.ofHours(6);

  private final Workload workload;
  private final RestartableApplication application;
  private final RestartableApplication other;
  private final BooleanSupplier isStopped;
  private final Random random;

  /** @param other another application, which creates tokens of the same names and keys at the same time */
  Client(
      Workload workload,
      RestartableApplication application,
      RestartableApplication other,
      BooleanSupplier isStopped,
      long seed) {
    this.workload = workload;
    this.application = application;
    this.other = other;
    this.isStopped = isStopped;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (!isStopped.getAsBoolean()) {
      if (application.isReady()) {
        call();
      }
      LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_PAUSE.toNanos()));
    }
  }

  private void call() {
    List<TrackedToken> live = workload.live();
    int dice = random.nextInt(100);
    if (live.isEmpty() || (dice < 4 && live.size() < MOST_TOKENS)) {
      create();
    } else if (dice < 6) {
      workload.list(application).join();
    } else if (dice < 9) {
      authenticate(random(workload.all()));
    } else {
      use(chosen(live), dice);
    }
  }

  private void use(TrackedToken token, int dice) {
    if (dice < 17) {
      workload.read(application, token).join();
    } else if (dice < 20) {
      workload.disable(application, token).join();
    } else if (dice < 25) {
      workload.enable(application, token).join();
    } else if (dice < 27) {
      workload.rotate(application, token, Duration.ZERO).join();
    } else if (dice < 28) {
      workload.rotate(application, token, OVERLAP).join();
    } else if (dice < 31) {
      workload.update(application, token).join();
    } else if (dice < 33) {
      workload.delete(application, token).join();
    } else {
      authenticate(token);
    }
  }

  private void authenticate(TrackedToken token) {
    if (!token.plaintexts().isEmpty()) {
      workload.authenticate(application, token, token.any(random)).join();
    }
  }

  /** Half of the time, two applications create a token of one name, or with one key. This client waits only for its own. */
  private void create() {
    Function<RestartableApplication, CompletableFuture<Answer>> creation;
    if (random.nextInt(3) == 0) {
      String key = workload.key(random);
      creation = each -> workload.createOnce(each, key);
    } else {
      String name = "n" + random.nextInt(NAMES);
      creation = each -> workload.create(each, name);
    }
    if (random.nextBoolean() && other.canTakeMore()) {
      workload.doNotAwait(creation.apply(other));
    }
    creation.apply(application).join();
  }

  /** All clients choose the same hot tokens for a while. */
  private TrackedToken chosen(List<TrackedToken> live) {
    if (random.nextInt(100) >= HOT) {
      return random(live);
    }
    long period = System.nanoTime() / HOT_TIME.toNanos();
    return live.get((int) ((period * HOT_TOKENS + random.nextInt(HOT_TOKENS)) % live.size()));
  }

  private TrackedToken random(List<TrackedToken> tokens) {
    return tokens.get(random.nextInt(tokens.size()));
  }
}

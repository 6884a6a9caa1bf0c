package io.counterfoil.clusters;

import io.counterfoil.ConcurrentRotationException;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.TokenUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Six threads that change the same thirty tokens at random, and create and delete others. */
final class Writers {
  private static final int THREADS = 6;
  private static final int TOKENS = 30;
  private static final Duration SLOW = Duration.ofSeconds(2);

  /**
   * The results of a run of the writers.
   *
   * @param failures the calls that threw
   * @param slow the other calls that took longer than two seconds
   */
  record Counts(long changes, List<String> failures, long slow, Duration slowest, Duration time) {
    double perSecond() {
      return changes * 1e9 / time.toNanos();
    }

    double share() {
      return (double) (changes - failures.size() - slow) / changes;
    }

    @Override
    public String toString() {
      return "%d changes, %.0f per second, %d failed, %d took longer than 2 s, slowest %d ms"
          .formatted(changes, perSecond(), failures.size(), slow, slowest.toMillis());
    }
  }

  private final List<TokenManager> nodes;
  private final List<Long> ids;
  private final Duration time;
  private final int leastChanges;

  private Writers(List<TokenManager> nodes, Duration time, int leastChanges) {
    this.nodes = nodes;
    this.time = time;
    this.leastChanges = leastChanges;
    ids = IntStream.range(0, TOKENS)
        .mapToObj(i -> nodes
            .get(0)
            .create(NewToken.named("token " + System.nanoTime()))
            .token()
            .id())
        .toList();
  }

  /** Runs the writers for some time, and until they have made at least a number of changes. Writer i uses node i modulo their number. */
  static Counts run(List<TokenManager> nodes, Duration time, int leastChanges) throws Exception {
    return new Writers(nodes, time, leastChanges).run();
  }

  private Counts run() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      long begin = System.nanoTime();
      List<Future<Counts>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        TokenManager node = nodes.get(i % nodes.size());
        String name = "writer " + i + " at " + begin + ' '; // no run uses the names of another
        futures.add(threads.submit(() -> write(node, name)));
      }
      Counts sum = new Counts(0, List.of(), 0, Duration.ZERO, Duration.ZERO);
      for (Future<Counts> future : futures) {
        sum = sum(sum, future.get(time.toSeconds() + 120, TimeUnit.SECONDS));
      }
      return new Counts(
          sum.changes,
          sum.failures,
          sum.slow,
          sum.slowest,
          Duration.ofNanos(System.nanoTime() - begin));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Counts sum(Counts a, Counts b) {
    List<String> failures = new ArrayList<>(a.failures);
    failures.addAll(b.failures);
    return new Counts(
        a.changes + b.changes,
        failures,
        a.slow + b.slow,
        a.slowest.compareTo(b.slowest) > 0 ? a.slowest : b.slowest,
        Duration.ZERO);
  }

  private Counts write(TokenManager node, String name) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<String> failures = new ArrayList<>();
    long changes = 0;
    long slow = 0;
    long slowest = 0;
    while (System.nanoTime() - end < 0 || changes < leastChanges / THREADS) {
      changes++;
      Callable<?> change = change(node, name + changes);
      long begin = System.nanoTime();
      try {
        change.call();
      } catch (ConcurrentRotationException expected) {
        // Another writer has rotated the token.
      } catch (TokenStoreException e) {
        failures.add(e + " caused by " + e.getCause());
      }
      long nanos = System.nanoTime() - begin;
      slow += nanos > SLOW.toNanos() ? 1 : 0;
      slowest = Math.max(slowest, nanos);
    }
    return new Counts(changes, failures, slow, Duration.ofNanos(slowest), Duration.ZERO);
  }

  private Callable<?> change(TokenManager node, String name) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long id = ids.get(random.nextInt(ids.size()));
    return switch (random.nextInt(6)) {
      case 0 -> () -> node.disable(id);
      case 1 -> () -> node.enable(id);
      case 2 -> () -> node.rotate(id, Duration.ZERO);
      case 3 -> () -> node.update(id, TokenUpdate.none().description(name));
      case 4 -> () -> node.create(NewToken.named(name));
      default -> () -> node.delete(node.create(NewToken.named(name)).token().id());
    };
  }
}

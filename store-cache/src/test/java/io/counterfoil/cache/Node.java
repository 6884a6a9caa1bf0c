package io.counterfoil.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.Verdict;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A node of the cluster that {@link FourNodesTest} runs. It has its own process. It authenticates all its plaintexts again and
 * again, and changes tokens on command.
 *
 * <p>For each plaintext it records when the last authentication that accepted it began. It uses the monotonic clock of the
 * machine, which all processes share on Linux.
 */
final class Node implements AutoCloseable {
  private static final long NEVER = Long.MIN_VALUE;

  private final Map<Integer, Attempts> attempts = new ConcurrentHashMap<>();
  private final LongAdder failures = new LongAdder();
  private final LongAdder rejections = new LongAdder();
  private final LongAdder acceptances = new LongAdder();
  private final Thread thread = new Thread(this::authenticateAll, "authenticates");
  private final CachedTokenStore cache;
  private final TokenManager manager;
  private final Duration pause;
  private final long givesUpAfter;
  private volatile boolean isClosed;

  private Node(TokenStore store, Duration bound, Duration pause) {
    this.cache = CachedTokenStore.around(store, bound);
    this.manager = TokenManager.builder(cache).build();
    this.pause = pause;
    this.givesUpAfter = 4 * bound.toNanos();
  }

  /** Runs one node after another, each from a line "start BOUND WATCHING" to a line "stop". */
  public static void main(String[] arguments) {
    Duration pause = Duration.parse(arguments[1]);
    try (HikariDataSource pool = open(arguments[0])) {
      JdbcTokenStore store = new JdbcTokenStore(pool);
      Scanner in = new Scanner(System.in, UTF_8);
      while (in.hasNextLine()) {
        String[] start = in.nextLine().split(" ", -1);
        boolean isWatching = Boolean.parseBoolean(start[2]);
        TokenStore watched = isWatching ? store : withoutWatch(store);
        try (Node node = new Node(watched, Duration.parse(start[1]), pause)) {
          node.thread.setDaemon(true);
          node.thread.start();
          node.executeUntilStop(in);
        }
        System.out.println("stopped");
      }
    }
  }

  static HikariDataSource open(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(3); // for authentications, for changes, and for the watch
    config.setConnectionTimeout(500);
    return new HikariDataSource(config);
  }

  private static TokenStore withoutWatch(TokenStore store) {
    HookedStore hooked = new HookedStore(store);
    hooked.answerOnce("watch", Optional.empty());
    return hooked.store;
  }

  private void executeUntilStop(Scanner in) {
    for (String line = in.nextLine(); !line.equals("stop"); line = in.nextLine()) {
      execute(line.split(" "));
    }
  }

  /** Prints one line in answer to each command except "add". */
  private void execute(String[] words) {
    switch (words[0]) {
      case "add" -> attempts.putIfAbsent(Integer.parseInt(words[1]), new Attempts(words[2]));
      case "disable" -> printChange(manager.disable(Long.parseLong(words[1])), "");
      case "delete" -> printChange(manager.delete(Long.parseLong(words[1])), "");
      case "rotate" -> {
        String plaintext = manager
            .rotate(Long.parseLong(words[1]), Duration.ZERO)
            .orElseThrow()
            .reveal();
        printChange(true, ' ' + plaintext);
      }
      case "accepted" -> System.out.println(accepted());
      case "counts" ->
        System.out.println(acceptances.sum() + " " + rejections.sum() + " " + failures.sum());
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void printChange(boolean isChanged, String suffix) {
    long returnedAt = System.nanoTime();
    if (!isChanged) {
      throw new IllegalStateException("nothing was changed");
    }
    System.out.println(returnedAt + suffix);
  }

  /** Returns "INDEX=NANOSECONDS" for each plaintext that was ever accepted. */
  private String accepted() {
    return attempts.entrySet().stream()
        .filter(entry -> entry.getValue().lastAccepted.get() != NEVER)
        .map(entry -> entry.getKey() + "=" + entry.getValue().lastAccepted.get())
        .collect(Collectors.joining(" "));
  }

  private void authenticateAll() {
    while (!isClosed) {
      attempts.values().forEach(this::authenticate);
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private void authenticate(Attempts plaintext) {
    long begin = System.nanoTime(); // before the call, so that the bound needs no tolerance
    if (plaintext.isRejectedFor(givesUpAfter, begin)) {
      return; // each try would be a query
    }
    try {
      if (manager.authenticate(plaintext.text) instanceof Verdict.Accepted) {
        plaintext.lastAccepted.accumulate(begin);
        acceptances.increment();
      } else {
        plaintext.firstRejected.accumulate(begin);
        rejections.increment();
      }
    } catch (TokenStoreException failure) {
      failures.increment();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    manager.close();
    cache.close();
  }

  private static final class Attempts {
    final String text;
    final LongAccumulator lastAccepted = new LongAccumulator(Math::max, NEVER);
    final LongAccumulator firstRejected = new LongAccumulator(Math::min, Long.MAX_VALUE);

    Attempts(String text) {
      this.text = text;
    }

    boolean isRejectedFor(long nanos, long now) {
      long rejected = firstRejected.get();
      return rejected != Long.MAX_VALUE && now - rejected > nanos;
    }
  }
}

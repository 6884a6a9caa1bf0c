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

/**
 * A process that authenticates all plaintexts that it knows, over and over, and changes tokens when it is told to.
 *
 * <p>It notes of each plaintext when the latest authentication began that accepted it, by the monotonic clock of the machine,
 * which on Linux is one for all processes.
 */
final class Node {
  static final int THREADS = 1;

  /** In the place of when a plaintext was accepted that never was. */
  static final long NEVER = Long.MIN_VALUE;

  private final Map<Integer, Known> known = new ConcurrentHashMap<>();
  private final LongAdder failures = new LongAdder();
  private final LongAdder rejections = new LongAdder();
  private final LongAdder acceptances = new LongAdder();
  private final TokenManager manager;
  private final long patience;

  private Node(TokenManager manager, Duration lag) {
    this.manager = manager;
    this.patience = 4 * lag.toNanos();
  }

  public static void main(String[] arguments) {
    Duration lag = Duration.parse(arguments[1]);
    boolean isBlind = Boolean.parseBoolean(arguments[2]);
    try (HikariDataSource pool = open(arguments[0]);
        CachedTokenStore cache = CachedTokenStore.around(store(pool, isBlind), lag);
        TokenManager manager = TokenManager.builder(cache).build()) {
      Node node = new Node(manager, lag);
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(node::authenticate, "authenticates");
        thread.setDaemon(true);
        thread.start();
      }
      System.out.println("ready");
      Scanner in = new Scanner(System.in, UTF_8);
      while (in.hasNextLine()) {
        node.obey(in.nextLine().split(" "));
      }
    }
  }

  /** Returns a store, without its watch if it is to be blind: as where all news are lost. */
  private static TokenStore store(HikariDataSource pool, boolean isBlind) {
    JdbcTokenStore store = new JdbcTokenStore(pool);
    if (!isBlind) {
      return store;
    }
    HookedStore blind = new HookedStore(store);
    blind.answerOnce("watch", Optional.empty());
    return blind.store;
  }

  static HikariDataSource open(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(THREADS + 2); // one for changes, one for the watch
    config.setConnectionTimeout(500);
    return new HikariDataSource(config);
  }

  /** Of each word there is one line of answer. */
  private void obey(String[] words) {
    switch (words[0]) {
      case "know" -> {
        known.putIfAbsent(Integer.parseInt(words[1]), new Known(words[2]));
        System.out.println("known");
      }
      case "disable" -> ended(manager.disable(Long.parseLong(words[1])), "");
      case "delete" -> ended(manager.delete(Long.parseLong(words[1])), "");
      case "rotate" -> {
        String plaintext = manager
            .rotate(Long.parseLong(words[1]), Duration.ZERO)
            .orElseThrow()
            .reveal();
        ended(true, ' ' + plaintext);
      }
      case "accepted" -> {
        Known plaintext = known.get(Integer.parseInt(words[1]));
        System.out.println(plaintext == null ? NEVER : plaintext.lastAccepted.get());
      }
      case "counts" ->
        System.out.println(acceptances.sum() + " " + rejections.sum() + " " + failures.sum());
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void ended(boolean changed, String more) {
    long at = System.nanoTime();
    if (!changed) {
      throw new IllegalStateException("nothing was changed");
    }
    System.out.println(at + more);
  }

  private void authenticate() {
    while (true) {
      known.values().forEach(this::authenticate);
    }
  }

  private void authenticate(Known plaintext) {
    long begin = System.nanoTime(); // before it begins: so the bound holds without any allowance
    if (plaintext.isGivenUp(begin, patience)) {
      return;
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

  private static final class Known {
    final String text;
    final LongAccumulator lastAccepted = new LongAccumulator(Math::max, NEVER);
    final LongAccumulator firstRejected = new LongAccumulator(Math::min, Long.MAX_VALUE);

    Known(String text) {
      this.text = text;
    }

    /** One that was rejected long ago is not tried for ever: each try is a query. */
    boolean isGivenUp(long now, long patience) {
      long rejected = firstRejected.get();
      return rejected != Long.MAX_VALUE && now - rejected > patience;
    }
  }
}

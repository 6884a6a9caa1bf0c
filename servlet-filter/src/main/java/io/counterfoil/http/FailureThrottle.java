package io.counterfoil.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the rejected attempts from each address, in time windows that begin with the first attempt.
 *
 * <p>An IPv6 network of 64 bits counts as one address, because a client can use all addresses in it (RFC 4291 section
 * 2.5.4). While the table of addresses is full, a further address is counted together with its network. This is the
 * IPv6 network of 48 bits that one site gets (RFC 6177), or the IPv4 network of 24 bits, which is usually the smallest
 * one that is routed. While the table of networks is full too, all further addresses share one count. So a client with
 * many addresses neither avoids being counted, nor keeps other clients from being counted.
 */
final class FailureThrottle {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.http");

  /** The size of each table. Limits the memory to a few megabytes. */
  static final int MAX_ADDRESSES = 10_000;

  /** How many bytes of an address each table compares. The last table has one entry and is never full. */
  private static final int[] IPV6_BYTES = {8, 6, 0};

  private static final int[] IPV4_BYTES = {4, 3, 0};

  private final int allowed;
  private final long window;
  private final LongSupplier nanos;
  private final List<ConcurrentMap<ByteBuffer, Window>> tables =
      List.of(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
  private final AtomicLong lastCleanup;
  private final LogInterval logInterval;

  private record Window(long start, int attempts) {}

  FailureThrottle(int allowed, Duration window, LongSupplier nanos) {
    this.allowed = allowed;
    this.window = window.toNanos();
    this.nanos = nanos;
    long now = nanos.getAsLong();
    this.lastCleanup = new AtomicLong(now);
    this.logInterval = new LogInterval(nanos);
  }

  static void requireLegal(int rejections, Duration window) {
    boolean legal =
        window.compareTo(Duration.ofSeconds(1)) >= 0 && window.compareTo(Duration.ofDays(1)) <= 0;
    if (rejections < 1 || !legal) {
      throw new IllegalArgumentException("throttle: " + rejections + " in " + window
          + " (expected: at least 1 in a window of PT1S to PT24H)");
    }
  }

  /** Counts a rejected attempt, and returns whether it exceeds the limit of its address or network. */
  boolean exceedsLimit(InetAddress client) {
    long now = nanos.getAsLong();
    int[] bytes = client instanceof Inet6Address ? IPV6_BYTES : IPV4_BYTES;
    int i = 0;
    while (!hasRoom(tables.get(i), key(client, bytes[i]), now)) {
      i++;
    }
    if (i > 0) {
      logFull();
    }
    return tables
            .get(i)
            .compute(key(client, bytes[i]), (same, current) -> next(current, now))
            .attempts
        > allowed;
  }

  private boolean hasRoom(ConcurrentMap<ByteBuffer, Window> table, ByteBuffer key, long now) {
    if (table.size() < MAX_ADDRESSES || table.containsKey(key)) {
      return true;
    }
    removeExpired(now);
    return table.size() < MAX_ADDRESSES;
  }

  private Window next(@Nullable Window current, long now) {
    return current == null || isExpired(current, now)
        ? new Window(now, 1)
        : new Window(current.start, Math.min(current.attempts, allowed) + 1);
  }

  private boolean isExpired(Window current, long now) {
    return now - current.start >= window;
  }

  /** Runs at most ten times per window, because a scan of the tables costs more than an attempt. */
  private void removeExpired(long now) {
    long last = lastCleanup.get();
    if (now - last >= window / 10 && lastCleanup.compareAndSet(last, now)) {
      tables.forEach(table -> table.values().removeIf(current -> isExpired(current, now)));
    }
  }

  private void logFull() {
    if (logInterval.begin()) {
      LOG.warn(
          "Rejected attempts came from {} addresses within {} seconds: further addresses are throttled"
              + " by network, /48 for IPv6 and /24 for IPv4. This is logged at most once an hour",
          MAX_ADDRESSES,
          Duration.ofNanos(window).toSeconds());
    }
  }

  private static ByteBuffer key(InetAddress address, int bytes) {
    return ByteBuffer.wrap(Arrays.copyOf(address.getAddress(), bytes));
  }
}

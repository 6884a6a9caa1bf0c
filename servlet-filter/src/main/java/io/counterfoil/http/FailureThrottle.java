package io.counterfoil.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rejected attempts from each address, in time windows that begin with the first attempt.
 *
 * <p>An IPv6 network of 64 bits counts as one address, because a client can use all addresses in it (RFC 4291 section
 * 2.5.4).
 */
final class FailureThrottle {
  /** Limits the memory to a few megabytes. While the table is full, further addresses are not counted. */
  static final int MAX_ADDRESSES = 10_000;

  private static final int NETWORK_BYTES = 8;

  private final int allowed;
  private final long window;
  private final LongSupplier nanos;
  private final ConcurrentMap<ByteBuffer, Window> windows = new ConcurrentHashMap<>();
  private final AtomicLong lastCleanup;

  private record Window(long start, int attempts) {}

  FailureThrottle(int allowed, Duration window, LongSupplier nanos) {
    this.allowed = allowed;
    this.window = window.toNanos();
    this.nanos = nanos;
    this.lastCleanup = new AtomicLong(nanos.getAsLong());
  }

  /** Counts a rejected attempt, and returns whether it exceeds the limit of its address. */
  boolean exceedsLimit(InetAddress client) {
    long now = nanos.getAsLong();
    ByteBuffer key = key(client);
    if (windows.size() >= MAX_ADDRESSES && !windows.containsKey(key)) {
      removeExpired(now);
      if (windows.size() >= MAX_ADDRESSES) {
        return false;
      }
    }
    return windows.compute(key, (same, current) -> next(current, now)).attempts > allowed;
  }

  private Window next(@Nullable Window current, long now) {
    return current == null || isExpired(current, now)
        ? new Window(now, 1)
        : new Window(current.start, Math.min(current.attempts, allowed) + 1);
  }

  private boolean isExpired(Window current, long now) {
    return now - current.start >= window;
  }

  /** Runs at most ten times per window, because a scan of the table costs more than an attempt. */
  private void removeExpired(long now) {
    long last = lastCleanup.get();
    if (now - last >= window / 10 && lastCleanup.compareAndSet(last, now)) {
      windows.values().removeIf(current -> isExpired(current, now));
    }
  }

  private static ByteBuffer key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}

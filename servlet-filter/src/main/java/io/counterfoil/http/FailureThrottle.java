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
 * Counts the rejected attempts from each address, in windows of time that begin with the first of them. Of IPv6 the network
 * counts, of 64 bits: within it, anybody has as many addresses as he likes (RFC 4291 section 2.5.4).
 */
final class FailureThrottle {
  /** Some megabytes. Whoever comes when there are so many is not counted. */
  static final int MOST_ADDRESSES = 10_000;

  private static final int NETWORK_BYTES = 8;

  private final int allowed;
  private final long window;
  private final LongSupplier nanos;
  private final ConcurrentMap<ByteBuffer, Window> windows = new ConcurrentHashMap<>();
  private final AtomicLong lastCleared;

  /** The attempts since a moment. */
  private record Window(long start, int attempts) {}

  FailureThrottle(int allowed, Duration window, LongSupplier nanos) {
    this.allowed = allowed;
    this.window = window.toNanos();
    this.nanos = nanos;
    this.lastCleared = new AtomicLong(nanos.getAsLong());
  }

  /** Notes a rejected attempt, and says whether it is one too many. */
  boolean isTooMuch(InetAddress from) {
    long now = nanos.getAsLong();
    ByteBuffer key = key(from);
    if (windows.size() >= MOST_ADDRESSES && !windows.containsKey(key)) {
      clear(now);
      if (windows.size() >= MOST_ADDRESSES) {
        return false;
      }
    }
    return windows.compute(key, (same, known) -> next(known, now)).attempts > allowed;
  }

  private Window next(@Nullable Window known, long now) {
    return known == null || isOver(known, now)
        ? new Window(now, 1)
        : new Window(known.start, Math.min(known.attempts, allowed) + 1);
  }

  private boolean isOver(Window known, long now) {
    return now - known.start >= window;
  }

  /** At most ten times a window: to look through all of them costs more than an attempt does. */
  private void clear(long now) {
    long last = lastCleared.get();
    if (now - last >= window / 10 && lastCleared.compareAndSet(last, now)) {
      windows.values().removeIf(known -> isOver(known, now));
    }
  }

  private static ByteBuffer key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}

package io.counterfoil;

import io.counterfoil.internal.DaemonThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Notes when tokens were used, to the second, off the path of requests: of the uses of a token within a second or so, the first.
 * All others look at one number in memory, and at no clock.
 *
 * <p>The first use after a pause starts an interval; at its end one write for each token that was used in it says when that
 * was last. A use waits for nobody: where a failing store has let too many tokens pile up, it is dropped and counted.
 */
final class UseRecorder {
  /** How many tokens may wait to be written. */
  static final int MOST_WAITING = 10_000;

  /** How long a token that was used is not looked at again. */
  static final Duration TICK = Duration.ofSeconds(1);

  private static final int BATCH = 500;
  private static final int FEWEST_PLACES = 1 << 10;

  /** So many places for each token in use, that one in twelve or so shares its own with another. */
  private static final int PLACES_FOR_EACH = 8;

  /** Spreads ids, which follow each other (Knuth, The Art of Computer Programming, section 6.4). */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final TokenStore store;
  private final Duration interval;
  private final LongConsumer onDropped;
  private final Function<Runnable, Thread> threads;
  private final ConcurrentHashMap<Long, Instant> waiting = new ConcurrentHashMap<>();

  /**
   * The ids of tokens used in this tick, each at a place that follows from it; one that lost its place is noted again. A power of
   * two.
   */
  private volatile AtomicLongArray justUsed = new AtomicLongArray(FEWEST_PLACES);

  private final LongAdder dropped = new LongAdder();
  private final AtomicReference<Optional<Writer>> writer = new AtomicReference<>(Optional.empty());
  private final CountDownLatch closing = new CountDownLatch(1);

  UseRecorder(TokenStore store, Duration interval, LongConsumer onDropped) {
    this(store, interval, onDropped, work -> DaemonThreads.daemon("counterfoil-uses", work));
  }

  /** @param threads makes a thread of some work */
  UseRecorder(
      TokenStore store,
      Duration interval,
      LongConsumer onDropped,
      Function<Runnable, Thread> threads) {
    this.threads = threads;
    this.store = store;
    this.interval = interval;
    this.onDropped = onDropped;
  }

  /** Notes a use, in memory; after {@link #end} does nothing. */
  void used(long id, Moment moment) {
    AtomicLongArray places = justUsed;
    int place = (int) ((id * GOLDEN) >>> (1 + Long.numberOfLeadingZeros(places.length())));
    if (places.getOpaque(place) != id) {
      note(id, moment.instant());
      places.set(place, id);
      if (writer.get().isEmpty()) { // then nobody would ever forget it
        places.set(place, 0);
      }
    }
  }

  private void note(long id, Instant at) {
    Instant known = waiting.get(id);
    if (closing.getCount() == 0 || (known != null && !at.isAfter(known))) {
      return;
    }
    if (known == null && waiting.mappingCount() >= MOST_WAITING) {
      dropped.increment();
    } else {
      waiting.merge(id, at, UseRecorder::later);
    }
    if (writer.get().isEmpty()) {
      start();
    }
  }

  /** Where no thread can be had, a token is accepted all the same; the next use asks for one again. */
  private void start() {
    try {
      Writer one = new Writer(threads.apply(this::run), new CountDownLatch(1));
      if (writer.compareAndSet(Optional.empty(), Optional.of(one))) {
        start(one);
      }
    } catch (Throwable failure) {
      // there is none now
    }
  }

  private void start(Writer one) {
    boolean isThere = false;
    try {
      one.thread.start();
      isThere = true;
    } finally {
      if (!isThere) {
        leave();
      }
      one.begun.countDown();
    }
  }

  /** What was used while there was said to be a thread is forgotten: later there is nobody to do so. */
  private void leave() {
    writer.set(Optional.empty());
    forget();
  }

  /** Ends after an interval in which nothing was used: a manager that nobody closes keeps no thread, and can be collected. */
  private void run() {
    try {
      do {
        awaitInterval();
        write();
      } while (closing.getCount() > 0 && !waiting.isEmpty());
    } finally { // whatever is thrown, a log that fails included: the next use starts another
      leave();
    }
    if (closing.getCount() > 0
        && !waiting.isEmpty()) { // used just now, while this thread was there
      start();
    }
  }

  private void awaitInterval() {
    long end = System.nanoTime() + interval.toNanos();
    boolean isOver = false;
    while (!isOver) {
      Duration rest = left(end);
      isOver = Threads.await(closing, rest.compareTo(TICK) < 0 ? rest : TICK)
          || System.nanoTime() - end >= 0;
      forget();
    }
  }

  /** What was used a moment ago may be noted again. Where many tokens are in use, there are more places from now on. */
  void forget() {
    AtomicLongArray places = justUsed; // one and the same, where two threads forget at once
    int wanted = PLACES_FOR_EACH * waiting.size();
    if (wanted > places.length()) {
      justUsed = new AtomicLongArray(2 * Integer.highestOneBit(wanted - 1));
    } else {
      for (int place = 0; place < places.length(); place++) {
        places.set(place, 0);
      }
    }
  }

  /** Takes what has been used by now, and not what is used meanwhile: that is for the next interval. */
  private void write() {
    List<Long> ids = new ArrayList<>(waiting.keySet());
    for (int from = 0; from < ids.size(); from += BATCH) {
      Map<Long, Instant> batch = take(ids.subList(from, Math.min(from + BATCH, ids.size())));
      try {
        store.recordUses(batch);
      } catch (Throwable failure) {
        batch.forEach((id, at) -> waiting.merge(id, at, UseRecorder::later));
        Log.ofManager()
            .warn("The store did not note when tokens were used; it will be asked again", failure);
        break;
      }
    }
    long lost = dropped.sumThenReset();
    if (lost > 0) {
      Log.ofManager().warn("{} uses of tokens were not recorded: the store has not kept up", lost);
      onDropped.accept(lost);
    }
  }

  private Map<Long, Instant> take(List<Long> ids) {
    Map<Long, Instant> batch = new TreeMap<>();
    for (Long id : ids) {
      Instant at = waiting.remove(id);
      if (at != null) {
        batch.put(id, at);
      }
    }
    return batch;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** A thread that has not begun yet looks like one that has ended. */
  private boolean awaitWriter(long end) {
    return writer
        .get()
        .map(one -> Threads.await(one.begun, left(end)) && Threads.join(one.thread, left(end)))
        .orElse(true);
  }

  private static Duration left(long end) {
    return Duration.ofNanos(end - System.nanoTime());
  }

  /**
   * Has the thread write what waits and end, and waits for that as long as patience allows. A store that hangs is not
   * interrupted: that would break a database in this process.
   */
  void end(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    closing.countDown();
    boolean isOver = awaitWriter(end);
    if (isOver
        && !waiting.isEmpty()) { // used while it wrote for the last time, or while there was none
      start();
      isOver = awaitWriter(end);
    }
    if (!isOver) {
      Log.ofManager()
          .warn(
              "The store did not note in time when tokens were used; nobody waits for it any more");
    }
  }

  /**
   * Whoever writes.
   *
   * @param begun open as soon as the thread is there, or is known not to come
   */
  private record Writer(Thread thread, CountDownLatch begun) {}
}

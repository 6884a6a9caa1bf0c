package io.counterfoil.cache;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.ChangeWatch;
import io.counterfoil.TokenStoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** A change feed that reports the changes that a test gives it. */
final class ScriptedWatch implements ChangeWatch {
  private static final int TIMEOUT_SECONDS = 60;

  final CountDownLatch closed = new CountDownLatch(1);

  /** Empty stands for a failure. */
  private final BlockingQueue<Optional<Changed>> reports = new LinkedBlockingQueue<>();

  private final Semaphore handled = new Semaphore(0);
  private boolean hasReported;
  private volatile boolean isBroken;

  /** Reports changes, and returns when the reader has handled them. */
  void report(Changed changed) throws InterruptedException {
    put(Optional.of(changed));
  }

  /** Fails once, and returns when the reader has handled the failure. */
  void fail() throws InterruptedException {
    put(Optional.empty());
  }

  /** Makes each later read fail at once. */
  void failFromNowOn() {
    isBroken = true;
  }

  private void put(Optional<Changed> report) throws InterruptedException {
    reports.put(report);
    assertThat(handled.tryAcquire(TIMEOUT_SECONDS, SECONDS)).isTrue();
  }

  @Override
  public Changed awaitChange(Duration timeout) throws InterruptedException {
    if (closed.getCount() == 0) {
      throw new IllegalStateException("closed");
    }
    boolean failsAtOnce = isBroken; // read before the test continues, which may break it
    if (hasReported) {
      hasReported = false;
      handled.release();
    }
    if (failsAtOnce) {
      throw failure();
    }
    Optional<Changed> report = reports.poll(timeout.toNanos(), NANOSECONDS);
    if (report == null) {
      return Changed.NONE;
    }
    hasReported = true;
    return report.orElseThrow(ScriptedWatch::failure);
  }

  private static TokenStoreException failure() {
    return new TokenStoreException("not now", new IllegalStateException());
  }

  /** Also ends a read in progress. */
  @Override
  public void close() {
    closed.countDown();
    reports.add(Optional.empty());
  }
}

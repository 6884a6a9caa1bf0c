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

/** A watch that tells what a test has it tell. */
final class ToldWatch implements ChangeWatch {
  private static final int PATIENCE_SECONDS = 60;

  final CountDownLatch closed = new CountDownLatch(1);

  private final BlockingQueue<Optional<Changed>> news = new LinkedBlockingQueue<>();
  private final Semaphore heard = new Semaphore(0);
  private boolean hasTold;
  private volatile boolean isBroken;

  /** Tells of changes, and returns when whoever was told has done what follows from it. */
  void tell(Changed changed) throws InterruptedException {
    put(Optional.of(changed));
  }

  /** Fails once, likewise. */
  void fail() throws InterruptedException {
    put(Optional.empty());
  }

  /** Fails at once, each time it is asked again. */
  void failFromNowOn() {
    isBroken = true;
  }

  private void put(Optional<Changed> changed) throws InterruptedException {
    news.put(changed);
    assertThat(heard.tryAcquire(PATIENCE_SECONDS, SECONDS)).isTrue();
  }

  @Override
  public Changed awaitChange(Duration patience) throws InterruptedException {
    if (closed.getCount() == 0) {
      throw new IllegalStateException("closed");
    }
    if (hasTold) {
      hasTold = false;
      heard.release();
    }
    if (isBroken) {
      throw new TokenStoreException("not now", new IllegalStateException());
    }
    Optional<Changed> changed = news.poll(patience.toNanos(), NANOSECONDS);
    if (changed == null) {
      return Changed.NONE;
    }
    hasTold = true;
    return changed.orElseThrow(
        () -> new TokenStoreException("not now", new IllegalStateException()));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

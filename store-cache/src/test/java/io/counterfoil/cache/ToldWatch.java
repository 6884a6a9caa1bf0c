package io.counterfoil.cache;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.ChangeWatch;
import io.counterfoil.TokenStoreException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** A watch that tells what a test has it tell. */
final class ToldWatch implements ChangeWatch {
  private static final int PATIENCE_SECONDS = 60;

  final CountDownLatch closed = new CountDownLatch(1);

  private final BlockingQueue<Boolean> news = new LinkedBlockingQueue<>();
  private final Semaphore heard = new Semaphore(0);
  private boolean hasTold;

  /** Tells of a change, and returns when whoever was told has done what follows from it. */
  void tell() throws InterruptedException {
    tell(true);
  }

  /** Fails once, likewise. */
  void fail() throws InterruptedException {
    tell(false);
  }

  private void tell(boolean change) throws InterruptedException {
    news.put(change);
    assertThat(heard.tryAcquire(PATIENCE_SECONDS, SECONDS)).isTrue();
  }

  @Override
  public boolean awaitChange(Duration patience) throws InterruptedException {
    if (closed.getCount() == 0) {
      throw new IllegalStateException("closed");
    }
    if (hasTold) {
      hasTold = false;
      heard.release();
    }
    Boolean change = news.poll(patience.toNanos(), NANOSECONDS);
    hasTold = change != null;
    if (hasTold && !change) {
      throw new TokenStoreException("not now", new IllegalStateException());
    }
    return hasTold;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

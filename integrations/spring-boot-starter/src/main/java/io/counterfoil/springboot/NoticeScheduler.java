package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Gives the notices about expiring tokens at intervals, on a thread of its own, while the application context runs. The first
 * ones are given at the start.
 */
final class NoticeScheduler implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeScheduler.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final TokenManager tokens;
  private final CounterfoilProperties.Notices settings;
  private final ExpiryNotifier notifier;
  private volatile @Nullable ScheduledThreadPoolExecutor thread;

  NoticeScheduler(
      TokenManager tokens, CounterfoilProperties.Notices settings, ExpiryNotifier notifier) {
    this.tokens = tokens;
    this.settings = settings;
    this.notifier = notifier;
  }

  /** The thread inherits the class loader of the application, in which libraries for e-mail look for their parts. */
  @Override
  public void start() {
    CustomizableThreadFactory threads = new CustomizableThreadFactory("counterfoil-notices-");
    threads.setDaemon(true);
    ScheduledThreadPoolExecutor created = new ScheduledThreadPoolExecutor(1, threads);
    var unused = created.scheduleWithFixedDelay(
        this::give, 0, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
    thread = created;
  }

  /** After an exception, the executor would never run it again. */
  private void give() {
    try {
      int count = tokens.notifyExpiring(settings.within(), notifier::tokenExpires);
      LOG.debug("Notices about {} expiring tokens were given", count);
    } catch (Throwable failure) {
      LOG.warn(
          "Not every notice about an expiring token was given; trying again in {}",
          settings.interval(),
          failure);
    }
  }

  /** Waits for a call of the bean. Does not interrupt it, because an interrupt would break a database in this process. */
  @Override
  public void stop() {
    ScheduledThreadPoolExecutor running = thread;
    thread = null;
    if (running != null) {
      running.shutdown();
      try {
        if (!running.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
          LOG.warn("A notice about an expiring token did not end within {}", STOP_TIMEOUT);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}

package io.counterfoil.examples.servlet;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Warns users about tokens that will expire, and deletes tokens that expired long ago: at the start, and then every hour. */
final class HourlyTasks implements AutoCloseable {
  private static final Duration WARN_BEFORE = Duration.ofDays(7);
  private static final Duration KEEP_EXPIRED = Duration.ofDays(90);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(HourlyTasks::daemon);
  private final TokenManager tokens;
  private final BiConsumer<String, String> messages;
  private final Consumer<RuntimeException> failures;

  /**
   * @param messages sends a text to a user. An application with a mail server sends an e-mail
   * @param failures reports failures to an operator
   */
  HourlyTasks(
      TokenManager tokens,
      BiConsumer<String, String> messages,
      Consumer<RuntimeException> failures) {
    this.tokens = tokens;
    this.messages = messages;
    this.failures = failures;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hourly-tasks");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::tryAll, 0, 1, TimeUnit.HOURS);
  }

  /** After an exception, the executor would never run it again. */
  private void tryAll() {
    try {
      warnUsers();
      deleteExpired();
    } catch (RuntimeException failure) {
      failures.accept(failure);
    }
  }

  /** If sending fails for a user, the others get their messages, and the next run tries again. */
  private void warnUsers() {
    tokens.notifyExpiring(WARN_BEFORE, token -> messages.accept(token.owner(), warning(token)));
  }

  private static String warning(Token token) {
    return "Your token " + token.name() + " expires at " + token.expiresAt().orElseThrow()
        + ". Renew it before then.";
  }

  /** Deletes a few tokens at a time, so that other changes of tokens do not wait. */
  private void deleteExpired() {
    Instant longAgo = tokens.clock().instant().minus(KEEP_EXPIRED);
    while (tokens.deleteExpired(longAgo, 500) > 0) {
      // there may be more
    }
  }

  /** Waits for a message that is being sent. An interrupt could break the database. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

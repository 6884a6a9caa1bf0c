package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/** A {@link Changer} at work, and a journal of what it says. */
final class ChangerProcess implements AutoCloseable {
  /** What a shell calls 137: ended by the signal 9. */
  static final int KILLED = 128 + 9;

  private static final int PATIENCE = 60;

  private final Process process;
  private final Semaphore acknowledgements = new Semaphore(0);
  private final Semaphore failures = new Semaphore(0);
  private final FutureTask<Void> listening;

  private ChangerProcess(Process process, Journal journal) {
    this.process = process;
    this.listening = new FutureTask<>(() -> listen(journal), null);
    Thread listener = new Thread(listening, "listens to a changer");
    listener.setDaemon(true);
    listener.start();
  }

  /** Starts one, and leaves the journal to it until it is killed. It creates the schema. */
  static ChangerProcess start(String url, String prefix, Journal journal) throws IOException {
    return start(url, prefix, true, journal);
  }

  /** Starts one where the schema is there, on an H2 that a store would refuse. */
  static ChangerProcess startUnchecked(String url, String prefix, Journal journal)
      throws IOException {
    return start(url, prefix, false, journal);
  }

  private static ChangerProcess start(
      String url, String prefix, boolean createsSchema, Journal journal) throws IOException {
    journal.nextProcess();
    Process process = Program.start(Changer.class, url, prefix, String.valueOf(createsSchema));
    return new ChangerProcess(process, journal);
  }

  private void listen(Journal journal) {
    process.inputReader(UTF_8).lines().map(Report::of).forEach(report -> {
      journal.take(report);
      switch (report.word()) {
        case INTENDED -> {} // nobody waits for that
        case ACKNOWLEDGED -> acknowledgements.release();
        case FAILED -> failures.release();
      }
    });
  }

  /** Waits for a number of acknowledgements from now on. */
  void awaitAcknowledgements(int number) throws InterruptedException {
    acknowledgements.drainPermits();
    await(acknowledgements, number);
  }

  /** Waits until a change fails. */
  void awaitFailure() throws InterruptedException {
    await(failures, 1);
  }

  private void await(Semaphore reports, int number) throws InterruptedException {
    if (!reports.tryAcquire(number, PATIENCE, SECONDS)) {
      throw new AssertionError("waited for " + number + " reports; there are "
          + acknowledgements.availablePermits() + " acknowledgements and "
          + failures.availablePermits() + " failures; the changer is alive: " + process.isAlive());
    }
  }

  /** Says whether nothing has failed, but for the failures that were waited for. */
  boolean hasReportedNoFailure() {
    return failures.availablePermits() == 0;
  }

  /** Ends it with SIGKILL, hears it out and returns its exit code. */
  int kill() throws Exception {
    // Process.destroyForcibly would close the pipe, and what is still in it would be lost.
    process.toHandle().destroyForcibly();
    listening.get(PATIENCE, SECONDS);
    if (!process.waitFor(PATIENCE, SECONDS)) {
      throw new AssertionError("the changer does not die");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

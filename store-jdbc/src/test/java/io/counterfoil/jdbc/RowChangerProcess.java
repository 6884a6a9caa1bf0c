package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/** A running {@link RowChangerMain}, whose reports go to {@link ExpectedRows}. */
final class RowChangerProcess implements AutoCloseable {
  /** The exit code of a process that was ended by SIGKILL. */
  static final int KILLED = 128 + 9;

  private static final int TIMEOUT = 60;

  private final Process process;
  private final Semaphore acknowledgements = new Semaphore(0);
  private final Semaphore failures = new Semaphore(0);
  private final FutureTask<Void> reading;

  private RowChangerProcess(Process process, ExpectedRows expected) {
    this.process = process;
    this.reading = new FutureTask<>(() -> read(expected), null);
    Thread reader = new Thread(reading, "reader of a row changer");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a process, which creates the schema. Until it is killed, only it may use the expected rows. */
  static RowChangerProcess start(String url, String prefix, ExpectedRows expected)
      throws IOException {
    return start(url, prefix, true, expected);
  }

  /** Starts a process for an H2 database that has the schema, but whose settings a store would reject. */
  static RowChangerProcess startUnchecked(String url, String prefix, ExpectedRows expected)
      throws IOException {
    return start(url, prefix, false, expected);
  }

  private static RowChangerProcess start(
      String url, String prefix, boolean createsSchema, ExpectedRows expected) throws IOException {
    expected.startNextProcess();
    Process process =
        JavaProcess.start(RowChangerMain.class, url, prefix, String.valueOf(createsSchema));
    return new RowChangerProcess(process, expected);
  }

  private void read(ExpectedRows expected) {
    process.inputReader(UTF_8).lines().map(ChangeReport::parse).forEach(report -> {
      expected.add(report);
      switch (report.status()) {
        case STARTED -> {} // no test waits for it
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
    if (!reports.tryAcquire(number, TIMEOUT, SECONDS)) {
      throw new AssertionError("waited for " + number + " reports; there are "
          + acknowledgements.availablePermits() + " acknowledgements and "
          + failures.availablePermits() + " failures; the process is alive: " + process.isAlive());
    }
  }

  /** Returns whether no change has failed, except those that {@link #awaitFailure} waited for. */
  boolean hasReportedNoFailure() {
    return failures.availablePermits() == 0;
  }

  /** Ends the process with SIGKILL, reads its output to the end and returns its exit code. */
  int kill() throws Exception {
    // Process.destroyForcibly would close the pipe, and lose the rest of the output.
    process.toHandle().destroyForcibly();
    reading.get(TIMEOUT, SECONDS);
    if (!process.waitFor(TIMEOUT, SECONDS)) {
      throw new AssertionError("the process survived SIGKILL");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package io.counterfoil.benchmarks.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Some clients, each of which asks again as soon as it is answered, on a connection of its own. */
final class Clients implements AutoCloseable {
  private static final int NUMBER = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(NUMBER);
  private final List<Connection> connections = new ArrayList<>();
  private final List<byte[]> requests;
  private final int status;

  /** @param status what every answer must have */
  Clients(int port, List<byte[]> requests, int status) throws IOException {
    this.requests = requests;
    this.status = status;
    for (int i = 0; i < NUMBER; i++) {
      connections.add(new Connection(port));
    }
  }

  /** Has all of them ask for that long, and returns how often they were answered. */
  long ask(int millis) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < NUMBER; i++) {
      int number = i;
      tasks.add(() -> ask(connections.get(number), number * requests.size() / NUMBER, end));
    }
    long answers = 0;
    for (Future<Long> task : threads.invokeAll(tasks)) {
      answers += task.get();
    }
    return answers;
  }

  private long ask(Connection connection, int start, long end) throws IOException {
    long answers = 0;
    while (System.nanoTime() < end) {
      byte[] request = requests.get((int) ((start + answers) % requests.size()));
      int answered = connection.ask(request);
      if (answered != status) {
        throw new IOException("status: " + answered + " (expected: " + status + ')');
      }
      answers++;
    }
    return answers;
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (Connection connection : connections) {
      connection.close();
    }
  }
}

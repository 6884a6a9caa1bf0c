package io.counterfoil.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Four clients with one connection each, which send the next request as soon as the response has arrived. */
final class LoadGenerator implements AutoCloseable {
  private static final int CLIENTS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<HttpConnection> connections = new ArrayList<>();
  private final List<byte[]> requests;
  private final int status;

  /** @param status the expected status of every response */
  LoadGenerator(int port, List<byte[]> requests, int status) throws IOException {
    this.requests = requests;
    this.status = status;
    for (int i = 0; i < CLIENTS; i++) {
      connections.add(new HttpConnection(port));
    }
  }

  /** Sends requests for {@code millis} milliseconds, and returns the number of responses. */
  long run(int millis) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      tasks.add(() -> run(connections.get(number), number * requests.size() / CLIENTS, end));
    }
    long responses = 0;
    for (Future<Long> task : threads.invokeAll(tasks)) {
      responses += task.get();
    }
    return responses;
  }

  private long run(HttpConnection connection, int start, long end) throws IOException {
    long responses = 0;
    while (System.nanoTime() < end) {
      byte[] request = requests.get((int) ((start + responses) % requests.size()));
      int actual = connection.send(request);
      if (actual != status) {
        throw new IOException("status: " + actual + " (expected: " + status + ')');
      }
      responses++;
    }
    return responses;
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (HttpConnection connection : connections) {
      connection.close();
    }
  }
}

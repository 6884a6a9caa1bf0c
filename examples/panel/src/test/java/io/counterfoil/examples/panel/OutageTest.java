package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.testing.Effort;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The panel under load while its PostgreSQL is killed and started again. */
@Tag("slow")
class OutageTest {
  private static final int CALLERS = 12; // more than the connections of the pool

  private static final int ROUNDS = Math.min(2, Effort.times(1));

  /** The 4 seconds for which a request waits for a connection, and 6 seconds for a busy machine. */
  private static final Duration MAX_DURATION = Duration.ofSeconds(4 + 6);

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();

  private record Timed(HttpResponse<String> response, Duration duration) {}

  @Test // I2, I3
  void an_outage_is_503_within_the_time_that_is_set_and_over_when_the_database_is_back()
      throws Exception {
    try (PostgreSqlServer database = PostgreSqlServer.start();
        Storage storage = Storage.in(new Database(database.url("postgres"), "", ""))) {
      storage.createSchema();
      TokenManager tokens = TokenManager.builder(storage.store()).build();
      String plaintext = tokens.create(NewToken.named("bot")).reveal();
      PanelServer panel = PanelServer.bind("127.0.0.1", 0);
      panel.start(tokens);
      try {
        outage(database, URI.create(panel.url()).resolve(PanelProcess.STATUS), plaintext);
      } finally {
        panel.stop();
        tokens.close();
      }
    }
  }

  private void outage(PostgreSqlServer database, URI status, String plaintext) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<List<Timed>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(callers.submit(() -> callUntilStopped(status, plaintext)));
      }
      awaitCount(served, CALLERS);
      database.kill();
      awaitCount(unavailable, ROUNDS * CALLERS);
      for (int i = 0; i < CALLERS; i++) {
        assertThat(send(HttpRequest.newBuilder(status)).response().statusCode())
            .as("a request without a token")
            .isEqualTo(401);
      }
      database.restart();
      served.set(0);
      awaitCount(served, CALLERS);
      stopped.set(true);
      for (Future<List<Timed>> call : calls) {
        call.get().forEach(OutageTest::assertGood);
      }
    } finally {
      stopped.set(true);
      callers.shutdown();
    }
  }

  private List<Timed> callUntilStopped(URI status, String plaintext) throws Exception {
    List<Timed> calls = new ArrayList<>();
    while (!stopped.get()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(status).header("Authorization", "Bearer " + plaintext);
      Timed call = send(request);
      calls.add(call);
      (call.response().statusCode() == 200 ? served : unavailable).incrementAndGet();
    }
    return calls;
  }

  private Timed send(HttpRequest.Builder request) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Timed(response, Duration.ofNanos(System.nanoTime() - start));
  }

  private static void assertGood(Timed call) {
    HttpResponse<String> response = call.response();
    assertThat(response.statusCode()).isIn(200, 503);
    Responses.assertEnvelope(response, response.statusCode());
    assertThat(response.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(response.statusCode() == 503);
    assertThat(call.duration()).isLessThan(MAX_DURATION);
  }

  /** Waits until the callers have reached a count; they keep sending requests meanwhile. */
  private static void awaitCount(AtomicInteger counter, int expected) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (counter.get() < expected) {
      assertThat(System.nanoTime()).as("within a minute").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}

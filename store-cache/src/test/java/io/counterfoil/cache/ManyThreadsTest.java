package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyThreadsTest {
  private static final int THREADS = 8;
  private static final int CHANGES = Effort.times(2_000);

  /** There are more tokens than entries, so entries are evicted all the time. */
  private final TokenManager manager = TokenManager.builder(
          CachedTokenStore.around(new InMemoryTokenStore(), Duration.ofHours(1), THREADS * 2))
      .recordNoUses()
      .build();

  /** One thread changes each token while other threads authenticate it. */
  private final List<CreatedToken> tokens = IntStream.range(0, THREADS * 4)
      .mapToObj(i -> manager.create(NewToken.named("token " + i)))
      .toList();

  private final AtomicBoolean isOver = new AtomicBoolean();

  @Test // G2, G3
  void a_change_is_in_force_for_its_caller_whatever_other_threads_authenticate() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < THREADS / 2; i++) {
        readers.add(threads.submit(this::authenticateAll));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < THREADS / 2; i++) {
        List<CreatedToken> own = tokens.subList(i * 8, i * 8 + 8);
        writers.add(threads.submit(() -> change(own)));
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
      isOver.set(true);
      for (Future<?> reader : readers) {
        reader.get(60, TimeUnit.SECONDS);
      }
    } finally {
      isOver.set(true);
      threads.shutdownNow();
    }
  }

  private void authenticateAll() {
    while (!isOver.get()) {
      tokens.forEach(token -> manager.authenticate(token.reveal()));
    }
  }

  private void change(List<CreatedToken> own) {
    for (int i = 0; i < CHANGES; i++) {
      CreatedToken token = own.get(i % own.size());
      manager.disable(token.token().id());
      assertThat(isAccepted(token)).isFalse();
      manager.enable(token.token().id());
      assertThat(isAccepted(token)).isTrue();
    }
  }

  private boolean isAccepted(CreatedToken token) {
    return manager.authenticate(token.reveal()) instanceof Verdict.Accepted;
  }
}

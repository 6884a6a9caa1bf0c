package io.counterfoil.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.testing.Effort;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests reads, which take no lock, while other threads change tokens. */
class ConcurrentReadsTest {
  private static final int MANY = Effort.times(10_000);
  private static final int TURNS = Effort.times(2_000);
  private static final Instant DAY = Instant.parse("2026-11-28T00:00:00Z");

  @Test
  void a_token_is_found_in_every_way_while_others_are_inserted() {
    InMemoryTokenStore store = new InMemoryTokenStore();
    StoredToken first = row(0, "token");
    store.insert(first);

    CompletableFuture<Void> growth = CompletableFuture.runAsync(() -> insertMany(store));
    while (!growth.isDone()) {
      requireInEveryWay(store, 1, first);
    }
    growth.join();
  }

  /** Each token is inserted while another thread is looking for it. */
  @Test
  @Timeout(60)
  void a_token_that_is_found_in_one_way_is_found_in_every_other() {
    InMemoryTokenStore store = new InMemoryTokenStore();
    AtomicInteger turn = new AtomicInteger();

    CompletableFuture<Void> growth = CompletableFuture.runAsync(() -> {
      for (int i = 1; i <= TURNS; i++) {
        for (int waits = 0; turn.get() < i; waits++) {
          pause(waits);
        }
        store.insert(row(0, "token-" + i));
      }
    });
    try {
      for (int i = 1; i <= TURNS; i++) {
        StoredToken awaited = row(0, "token-" + i);
        List<TokenHash> hash = List.of(awaited.hash());
        turn.set(i);
        for (int waits = 0; store.findByHash(hash).isEmpty(); waits++) {
          pause(waits);
        }
        requireInEveryWay(store, i, awaited);
      }
    } finally {
      turn.set(TURNS);
    }
    growth.join();
  }

  /** Spins, and sleeps from time to time, so that the other thread can run if there is only one processor. */
  private static void pause(int waits) {
    if (waits % 100 == 99) {
      LockSupport.parkNanos(1);
    }
  }

  private static void insertMany(InMemoryTokenStore store) {
    for (int i = 0; i < MANY; i++) {
      store.insert(row(0, "token-" + i));
    }
  }

  private static void requireInEveryWay(InMemoryTokenStore store, long id, StoredToken row) {
    assertThat(store.findByName(row.owner(), row.name())).as("by name").isPresent();
    assertThat(store.findByHash(List.of(row.hash()))).as("by hash").isPresent();
    assertThat(store.findById(id)).as("by id").isPresent();
    assertThat(store.list(TokenQuery.all(), id - 1, 1)).as("in a list").isNotEmpty();
  }

  private static StoredToken row(long id, String name) {
    return row(id, name, hash(31L * name.hashCode() + id));
  }

  private static StoredToken row(long id, String name, TokenHash hash) {
    return StoredToken.builder()
        .enabled(true)
        .id(id)
        .name(name)
        .hash(hash)
        .createdAt(DAY)
        .build();
  }

  private static TokenHash hash(long number) {
    return TokenHash.of(
        "sha256", ByteBuffer.allocate(TokenHash.LENGTH).putLong(0, number).array());
  }
}

package io.counterfoil.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no contract says, because it is about how this store keeps rows. */
class RowsTest {
  private static final int MANY = 100_000;
  private static final int TURNS = 20_000;
  private static final Instant DAY = Instant.parse("2026-11-28T00:00:00Z");

  @Test
  void what_is_gone_or_was_rotated_away_takes_no_room_for_ever() {
    Rows rows = Rows.none();
    for (int id = 1; id <= 10_000; id++) {
      rows = rows.withRoom(1);
      rows.add(row(id, "token"));
      rows = rows.withRoom(1);
      rows.index(id, hash(-id));
      rows = rows.without(id);
    }

    assertThat(rows.withRoom(5)).as("room for five without one").isNotSameAs(rows);
  }

  @Test
  void what_is_emptied_keeps_no_room_for_what_was_there() {
    int many = (1 << 10) + 1; // so that there is room left
    Rows rows = filled(many);
    for (int id = 1; id <= many; id++) {
      rows = rows.without(id);
      assertThat(rows.find(id)).isNull();
    }

    assertThat(rows.withRoom(5)).as("room for five without one").isNotSameAs(rows);
  }

  @Test
  void a_table_is_renewed_as_often_as_it_doubles() {
    Rows rows = Rows.none();
    int renewals = 0;
    for (int id = 1; id <= 1 << 16; id++) {
      Rows roomy = rows.withRoom(1);
      renewals += roomy == rows ? 0 : 1;
      rows = roomy;
      rows.add(row(id, "token-" + id));
    }

    assertThat(renewals).isEqualTo(15);
  }

  @Test
  void a_row_of_two_hashes_has_room_beside_one_of_one() {
    Rows rows = filled(1).withRoom(2);

    assertThat(rows.withRoom(2)).isSameAs(rows);
  }

  private static Rows filled(int count) {
    Rows rows = Rows.none();
    for (int id = 1; id <= count; id++) {
      rows = rows.withRoom(1);
      rows.add(row(id, "token-" + id));
    }
    return rows;
  }

  /** "Aa" and "BB" have the same hash code, and so has all that is made of them. */
  @Test
  void names_of_the_same_hash_code_are_told_apart() {
    InMemoryTokenStore store = new InMemoryTokenStore();
    List<String> names = List.of("AaAa", "AaBB", "BBAa", "BBBB");
    for (int i = 0; i < names.size(); i++) {
      store.insert(row(0, names.get(i), hash(i)));
    }

    for (int i = 0; i < names.size(); i++) {
      assertThat(store.findByName("", names.get(i))).map(StoredToken::id).contains(i + 1L);
    }
  }

  @Test
  void a_token_is_found_by_every_way_while_the_table_grows() {
    InMemoryTokenStore store = new InMemoryTokenStore();
    StoredToken first = row(0, "token");
    store.insert(first);

    CompletableFuture<Void> growth = CompletableFuture.runAsync(() -> insertMany(store));
    while (!growth.isDone()) {
      requireEveryWay(store, 1, first);
    }
    growth.join();
  }

  /** Each token is added when somebody is looking for it already. */
  @Test
  @Timeout(60)
  void a_token_that_is_found_by_one_way_is_found_by_every_other() {
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
        requireEveryWay(store, i, awaited);
      }
    } finally {
      turn.set(TURNS);
    }
    growth.join();
  }

  /** Looks again at once, most of the time, and leaves the processor to the other thread where there is but one. */
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

  private static void requireEveryWay(InMemoryTokenStore store, long id, StoredToken row) {
    assertThat(store.findByName(row.owner(), row.name())).as("by name").isPresent();
    assertThat(store.findByHash(List.of(row.hash()))).as("by hash").isPresent();
    assertThat(store.findById(id)).as("by id").isPresent();
    assertThat(store.list(id - 1, 1)).as("in a list").isNotEmpty();
  }

  private static StoredToken row(long id, String name) {
    return row(id, name, hash(31L * name.hashCode() + id));
  }

  private static StoredToken row(long id, String name, TokenHash hash) {
    return new StoredToken(
        id,
        "",
        name,
        hash,
        Optional.empty(),
        true,
        Set.of(),
        Set.of(),
        DAY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TokenHash hash(long number) {
    return TokenHash.of(
        "sha256", ByteBuffer.allocate(TokenHash.LENGTH).putLong(0, number).array());
  }
}

package io.counterfoil.cache;

import static io.counterfoil.cache.Rows.EXPIRY;
import static io.counterfoil.cache.Rows.NOW;
import static io.counterfoil.cache.Rows.OWNER;
import static io.counterfoil.cache.Rows.find;
import static io.counterfoil.cache.Rows.hash;
import static io.counterfoil.cache.Rows.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change is in force when it returns, whatever is loaded before it, meanwhile and late. */
class LocalChangeTest {
  private final TokenStore real = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(real);
  private final TokenStore cached = CachedTokenStore.around(hooked.store, Duration.ofHours(1));
  private final StoredToken row = put(real, "a");
  private final TokenHash old = row.previous().orElseThrow().hash();

  /** Every method that changes what is found by a hash. */
  enum Change {
    SET_ENABLED("setEnabled") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.setEnabled(row.id(), false);
      }
    },
    DISABLE_ALL("disableAll") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.disableAll();
      }
    },
    DISABLE_OWNED_BY("disableOwnedBy") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.disableOwnedBy(OWNER);
      }
    },
    ROTATE("rotate") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.rotate(row.id(), row.hash(), hash("new"), NOW);
      }
    },
    REHASH("rehash") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.rehash(row.id(), row.hash(), hash("new"));
      }
    },
    END_PREVIOUS("endPrevious") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.endPrevious(row.id(), row.previous().orElseThrow().hash(), NOW);
      }
    },
    DELETE("delete") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.delete(row.id());
      }
    },
    DELETE_OWNED_BY("deleteOwnedBy") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.deleteOwnedBy(OWNER);
      }
    },
    DELETE_EXPIRED("deleteExpired") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.deleteExpired(EXPIRY.plusNanos(1), 1);
      }
    };

    private final String method;

    Change(String method) {
      this.method = method;
    }

    abstract void make(TokenStore store, StoredToken row);
  }

  @ParameterizedTest // G2, G3
  @EnumSource
  void ends_what_was_kept_before_it(Change change) {
    assertKept(row.hash());
    assertKept(old);
    change.make(cached, row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3
  @EnumSource
  void an_answer_from_before_it_that_comes_after_it_serves_nobody(Change change) {
    hooked.after("findByHash", () -> change.make(cached, row));
    assertThat(find(cached, row.hash())).contains(row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3
  @EnumSource
  void nor_does_such_an_answer_that_was_found_by_the_previous_hash(Change change) {
    hooked.after("findByHash", () -> change.make(cached, row));
    assertThat(find(cached, old)).contains(row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3
  @EnumSource
  void an_answer_from_before_it_that_comes_while_it_is_under_way_serves_nobody(Change change) {
    hooked.before(change.method, () -> assertThat(find(cached, row.hash())).contains(row));
    change.make(cached, row);
    assertNothingIsStale();
  }

  @ParameterizedTest
  @EnumSource
  void nobody_sees_the_old_after_somebody_has_seen_the_new(Change change) {
    assertKept(row.hash());
    hooked.after(change.method, this::assertNothingIsStale);
    change.make(cached, row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3: whether it was made, nobody knows
  @EnumSource
  void one_that_fails_after_it_was_made_ends_what_was_kept(Change change) {
    assertKept(row.hash());
    hooked.after(change.method, () -> {
      throw new TokenStoreException("no answer");
    });
    assertThatThrownBy(() -> change.make(cached, row)).isInstanceOf(TokenStoreException.class);
    assertNothingIsStale();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DELETE", "DELETE_OWNED_BY"})
  void what_is_asked_for_after_it_is_kept_again(Change change) {
    change.make(cached, row);
    cached.setEnabled(row.id(), true);
    real.list(0, 1).forEach(left -> assertKept(left.hash()));
  }

  private void assertKept(TokenHash hash) {
    find(cached, hash);
    int lookups = hooked.lookups.get();
    assertThat(find(cached, hash)).isPresent();
    assertThat(hooked.lookups).hasValue(lookups);
  }

  private void assertNothingIsStale() {
    for (TokenHash hash : List.of(row.hash(), old, hash("new"))) {
      assertThat(find(cached, hash)).isEqualTo(find(real, hash));
    }
  }
}

package io.counterfoil.cache;

import static io.counterfoil.cache.SampleTokens.EXPIRY;
import static io.counterfoil.cache.SampleTokens.NOW;
import static io.counterfoil.cache.SampleTokens.OWNER;
import static io.counterfoil.cache.SampleTokens.enable;
import static io.counterfoil.cache.SampleTokens.find;
import static io.counterfoil.cache.SampleTokens.hash;
import static io.counterfoil.cache.SampleTokens.put;
import static io.counterfoil.cache.SampleTokens.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change through the cache is in force when it returns, even if rows were read before or during the change, or arrive late. */
class LocalChangeTest {
  private final TokenStore real = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(real);
  private final TokenStore cached = CachedTokenStore.around(hooked.store, Duration.ofHours(1));
  private final StoredToken row = put(real, "a");
  private final TokenHash old = row.previous().orElseThrow().hash();

  /** The methods that change a row that is found by its hash. */
  enum Change {
    DISABLE("disable") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.disable(row.id());
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
    ROTATE("update") {
      @Override
      void make(TokenStore store, StoredToken row) {
        assertThat(store.update(rotated(row, hash("new")))).isTrue();
      }
    },
    REHASH("update") {
      @Override
      void make(TokenStore store, StoredToken row) {
        assertThat(store.update(row.withHashes(hash("new"), row.previous()))).isTrue();
      }
    },
    END_PREVIOUS("update") {
      @Override
      void make(TokenStore store, StoredToken row) {
        TokenHash old = row.previous().orElseThrow().hash();
        StoredToken.Previous ended = new StoredToken.Previous(old, NOW);
        assertThat(store.update(row.withHashes(row.hash(), Optional.of(ended)))).isTrue();
      }
    },
    REPORT_LEAK("update") {
      @Override
      void make(TokenStore store, StoredToken row) {
        TokenHash leaked = TokenHash.of("leaked", row.hash().bytes());
        assertThat(store.update(row.withHashes(leaked, row.previous()))).isTrue();
      }
    },
    NARROW_RIGHTS("update") {
      @Override
      void make(TokenStore store, StoredToken row) {
        assertThat(store.update(row.toBuilder().scopes(Set.of("read")).build())).isTrue();
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
    },
    DELETE_IT_EXPIRED("deleteExpired") {
      @Override
      void make(TokenStore store, StoredToken row) {
        store.deleteExpired(row.id(), EXPIRY.plusNanos(1));
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
  void a_change_invalidates_the_entries_from_before_it(Change change) {
    assertCached(row.hash());
    assertCached(old);
    change.make(cached, row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3
  @EnumSource
  void an_answer_from_before_a_change_that_arrives_after_it_is_not_used(Change change) {
    hooked.after("findByHash", () -> change.make(cached, row));
    assertThat(find(cached, row.hash())).contains(row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3
  @EnumSource
  void nor_is_such_an_answer_to_a_query_by_the_previous_hash(Change change) {
    hooked.after("findByHash", () -> change.make(cached, row));
    assertThat(find(cached, old)).contains(row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3
  @EnumSource
  void an_answer_from_before_a_change_that_arrives_during_it_is_not_used(Change change) {
    hooked.before(change.method, () -> assertThat(find(cached, row.hash())).contains(row));
    change.make(cached, row);
    assertNothingIsStale();
  }

  @ParameterizedTest
  @EnumSource
  void no_caller_sees_the_old_row_after_another_has_seen_the_new_one(Change change) {
    assertCached(row.hash());
    hooked.after(change.method, this::assertNothingIsStale);
    change.make(cached, row);
    assertNothingIsStale();
  }

  @ParameterizedTest // G3: the store may or may not have made it
  @EnumSource
  void a_change_that_fails_after_it_was_made_invalidates_the_entries(Change change) {
    assertCached(row.hash());
    hooked.after(change.method, () -> {
      throw new TokenStoreException("no answer");
    });
    assertThatThrownBy(() -> change.make(cached, row)).isInstanceOf(TokenStoreException.class);
    assertNothingIsStale();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"DELETE.*"})
  void a_row_that_is_read_after_a_change_is_cached_again(Change change) {
    change.make(cached, row);
    enable(cached, row.id());
    real.list(TokenQuery.all(), 0, 1).forEach(remaining -> assertCached(remaining.hash()));
  }

  private void assertCached(TokenHash hash) {
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

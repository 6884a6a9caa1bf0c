package io.counterfoil.cache;

import static io.counterfoil.cache.SampleTokens.EXPIRY;
import static io.counterfoil.cache.SampleTokens.find;
import static io.counterfoil.cache.SampleTokens.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenUpdate;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Updates of a cached token, through the cache and on another node. */
class UpdatesElsewhereTest {
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final InMemoryTokenStore elsewhere = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(elsewhere);
  private final AtomicLong nanos = new AtomicLong();
  private final TokenStore cached = new CachedTokenStore(hooked.store, BOUND, 10, nanos::get);

  @Test // G2, G3
  void rights_that_were_narrowed_elsewhere_are_narrow_when_the_bound_ends_and_here_at_once() {
    try (TokenManager here = TokenManager.builder(cached).build();
        TokenManager there = TokenManager.builder(elsewhere).build()) {
      CreatedToken created = there.create(NewToken.named("a").unrestricted());
      long id = created.token().id();
      assertThat(scopes(here, created)).containsExactly("*");
      there.update(id, TokenUpdate.none().scopes("read", "write"));
      nanos.addAndGet(BOUND.toNanos() - 1);
      assertThat(scopes(here, created)).containsExactly("*");
      nanos.addAndGet(1);
      assertThat(scopes(here, created)).containsExactly("read", "write");
      here.update(id, TokenUpdate.none().scopes("read"));
      assertThat(scopes(here, created)).containsExactly("read");
      there.update(id, TokenUpdate.none().allowedAddresses("192.0.2.1"));
      nanos.addAndGet(BOUND.toNanos());
      assertThat(here.authenticate(created.reveal())).isInstanceOf(Verdict.Rejected.class);
    }
  }

  private static Set<String> scopes(TokenManager manager, CreatedToken created) {
    return ((Verdict.Accepted) manager.authenticate(created.reveal())).token().scopes();
  }

  @Test
  void a_token_that_was_renewed_elsewhere_is_accepted_at_once() {
    AtomicReference<Instant> now = new AtomicReference<>(EXPIRY);
    Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    Duration minute = Duration.ofMinutes(1);
    try (TokenManager here = TokenManager.builder(cached).clock(clock).build();
        TokenManager there = TokenManager.builder(elsewhere).clock(clock).build()) {
      CreatedToken created = there.create(NewToken.named("a").expiresIn(minute));
      assertThat(here.authenticate(created.reveal())).isInstanceOf(Verdict.Accepted.class);
      now.set(EXPIRY.plus(minute));
      assertThat(here.authenticate(created.reveal())).isInstanceOf(Verdict.Rejected.class);
      there.update(created.token().id(), TokenUpdate.none().expiresIn(minute));
      assertThat(here.authenticate(created.reveal())).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void a_token_that_was_allowed_elsewhere_from_every_address_is_accepted_at_once() {
    try (TokenManager here = TokenManager.builder(cached).build();
        TokenManager there = TokenManager.builder(elsewhere).build()) {
      CreatedToken created = there.create(NewToken.named("a").allowedAddresses("192.0.2.1"));
      assertThat(here.authenticate(created.reveal())).isInstanceOf(Verdict.Rejected.class);
      there.update(created.token().id(), TokenUpdate.none().everyAddress());
      assertThat(here.authenticate(created.reveal())).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void the_bound_includes_that_of_the_store_behind_the_cache() {
    assertThat(cached.stalenessBound()).isEqualTo(BOUND);
    assertThat(CachedTokenStore.around(cached, Duration.ofSeconds(7)).stalenessBound())
        .isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void a_use_without_an_address_removes_that_of_the_entry() {
    StoredToken row = put(elsewhere, "a");
    find(cached, row.hash());
    Use first = new Use(EXPIRY, Optional.of("192.0.2.1"));
    Use second = new Use(EXPIRY.plusMillis(1), Optional.empty());
    cached.recordUses(Map.of(row.id(), first), Instant.MAX);
    cached.recordUses(Map.of(row.id(), second), Instant.MAX);
    assertThat(find(cached, row.hash())).isEqualTo(elsewhere.findById(row.id()));
    assertThat(hooked.lookups).hasValue(1);
  }
}

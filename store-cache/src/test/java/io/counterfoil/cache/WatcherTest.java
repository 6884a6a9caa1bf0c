package io.counterfoil.cache;

import static io.counterfoil.cache.Rows.find;
import static io.counterfoil.cache.Rows.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cache makes of the news of its store. Time stands still for what it keeps, so that all it forgets it was told to. */
class WatcherTest {
  private static final Duration LAG = Duration.ofMillis(100);
  private static final int PATIENCE_SECONDS = 60;

  private final InMemoryTokenStore elsewhere = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(elsewhere);
  private final AtomicLong nanos = new AtomicLong();
  private final ToldWatch watch = new ToldWatch();
  private final CachedTokenStore cached = cached(LAG);
  private final StoredToken row = put(elsewhere, "a");

  private CachedTokenStore cached(Duration lag) {
    return new CachedTokenStore(hooked.store, lag, 10, nanos::get);
  }

  private void startWatching() {
    hooked.answerOnce("watch", Optional.of(watch));
    cached.startWatching();
  }

  @AfterEach
  void close() {
    cached.close();
  }

  @Test // G2, G3
  void what_was_changed_elsewhere_is_seen_when_the_store_tells_of_it() throws Exception {
    startWatching();
    find(cached, row.hash());
    elsewhere.setEnabled(row.id(), false);
    assertThat(find(cached, row.hash())).contains(row);
    watch.tell(Changed.ANY);
    assertThat(find(cached, row.hash())).contains(row.withEnabled(false));
  }

  @Test // G2, G3
  void an_answer_that_is_on_its_way_when_the_store_tells_of_a_change_is_not_kept() {
    startWatching();
    hooked.after("findByHash", () -> {
      elsewhere.setEnabled(row.id(), false);
      tell();
    });
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(find(cached, row.hash())).contains(row.withEnabled(false));
  }

  @Test // G2, G3
  void of_one_token_that_has_changed_no_other_is_forgotten() throws Exception {
    startWatching();
    StoredToken other = put(elsewhere, "b");
    find(cached, row.hash());
    find(cached, other.hash());
    elsewhere.setEnabled(row.id(), false);
    elsewhere.delete(other.id());
    watch.tell(new Changed(false, Set.of(row.id())));
    assertThat(find(cached, row.hash())).contains(row.withEnabled(false));
    assertThat(find(cached, other.hash())).contains(other);
  }

  @Test
  void what_is_read_after_the_news_is_kept() throws Exception {
    startWatching();
    watch.tell(Changed.ANY);
    find(cached, row.hash());
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test // G3, I1
  void a_watch_that_fails_ends_nothing_before_the_lag_and_is_asked_again() throws Exception {
    startWatching();
    find(cached, row.hash());
    watch.fail();
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
    nanos.addAndGet(LAG.toNanos());
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(2);
    watch.tell(Changed.ANY);
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(3);
  }

  @Test
  void no_token_shares_its_news_with_an_owner() throws Exception {
    startWatching();
    find(cached, row.hash());
    Set<Long> others =
        LongStream.range(row.id() + 1, row.id() + 4096).boxed().collect(Collectors.toSet());
    watch.tell(new Changed(false, others));
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test // G3
  void news_about_all_that_wait_for_their_turn_do_not_wait_for_a_watch_that_fails()
      throws Exception {
    try (CachedTokenStore slow = cached(Duration.ofSeconds(10))) {
      hooked.answerOnce("watch", Optional.of(watch));
      slow.startWatching();
      watch.tell(Changed.ANY);
      find(slow, row.hash());
      elsewhere.setEnabled(row.id(), false);
      watch.tell(Changed.ANY);
      watch.failFromNowOn();
      watch.fail();
      awaitDisabled(slow);
    }
  }

  @Test
  void the_log_hears_of_an_outage_once_and_of_the_next_one_again() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream console = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      startWatching();
      watch.fail();
      watch.fail();
      assertThat(log.toString(UTF_8)).containsOnlyOnce("does not tell of changes");
      watch.tell(Changed.NONE);
      watch.fail();
      assertThat(log.toString(UTF_8).split("does not tell of changes")).hasSize(3);
    } finally {
      System.setErr(console);
    }
  }

  @Test // G3, I1
  void a_watch_that_is_to_be_had_later_tells_of_what_was_changed_before() throws Exception {
    find(cached, row.hash());
    elsewhere.setEnabled(row.id(), false);
    hooked.before("watch", () -> {
      hooked.answerOnce("watch", Optional.of(watch));
      throw new TokenStoreException("not now", new IllegalStateException());
    });
    cached.startWatching();
    watch.tell(Changed.ANY);
    assertThat(find(cached, row.hash())).contains(row.withEnabled(false));
  }

  @Test
  void all_is_forgotten_no_more_than_once_in_a_tenth_of_the_lag_and_single_tokens_at_once()
      throws Exception {
    try (CachedTokenStore slow = cached(Duration.ofDays(1))) {
      hooked.answerOnce("watch", Optional.of(watch));
      slow.startWatching();
      find(slow, row.hash());
      watch.tell(Changed.ANY);
      find(slow, row.hash());
      assertThat(hooked.lookups).hasValue(2);
      watch.tell(Changed.ANY);
      find(slow, row.hash());
      assertThat(hooked.lookups).hasValue(2);
      watch.tell(new Changed(false, Set.of(row.id())));
      find(slow, row.hash());
      assertThat(hooked.lookups).hasValue(3);
    }
  }

  @Test
  void news_about_all_that_come_too_soon_are_kept_until_then() throws Exception {
    startWatching();
    find(cached, row.hash());
    elsewhere.setEnabled(row.id(), false);
    watch.tell(Changed.ANY);
    elsewhere.setEnabled(row.id(), true);
    find(cached, row.hash());
    elsewhere.setEnabled(row.id(), false);
    watch.tell(Changed.ANY);
    awaitDisabled(cached);
  }

  @Test
  void closing_ends_the_watch_and_its_thread_and_leaves_a_cache() throws Exception {
    startWatching();
    watch.tell(Changed.ANY);
    assertThat(watchers()).isPositive();
    cached.close();
    cached.close();
    assertThat(watch.closed.getCount()).isZero();
    assertThat(watchers()).isZero();
    find(cached, row.hash());
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test
  void without_a_watch_there_is_no_thread() {
    cached.startWatching();
    assertThat(watchers()).isZero();
  }

  @Test
  void a_cache_that_nobody_closes_and_nobody_has_ends_its_watch() throws Exception {
    hooked.answerOnce("watch", Optional.of(watch));
    cached(LAG).startWatching();
    for (int tries = 0; watch.closed.getCount() > 0 && tries < PATIENCE_SECONDS; tries++) {
      System.gc();
      watch.closed.await(1, SECONDS);
    }
    assertThat(watch.closed.getCount()).isZero();
  }

  @Test
  void a_cache_has_no_watch_itself_for_it_may_keep_what_is_older_than_the_news() {
    hooked.answerOnce("watch", Optional.of(watch));
    assertThat(cached.watch()).isEmpty();
  }

  /** Asks the cache for the row until it is seen to be disabled. */
  private void awaitDisabled(CachedTokenStore asked) throws InterruptedException {
    for (int tries = 0; find(asked, row.hash()).orElseThrow().enabled(); tries++) {
      assertThat(tries).as("hundredths of a second").isLessThan(100 * PATIENCE_SECONDS);
      Thread.sleep(10);
    }
  }

  private void tell() {
    try {
      watch.tell(Changed.ANY);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("counterfoil-cache-watch"))
        .count();
  }
}

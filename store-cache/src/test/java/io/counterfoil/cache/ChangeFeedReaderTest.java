package io.counterfoil.cache;

import static io.counterfoil.cache.SampleTokens.enable;
import static io.counterfoil.cache.SampleTokens.find;
import static io.counterfoil.cache.SampleTokens.put;
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

/** Tests how a cache follows the change feed of its store. The clock does not move, so only the feed invalidates entries. */
class ChangeFeedReaderTest {
  private static final Duration BOUND = Duration.ofMillis(100);
  private static final int TIMEOUT_SECONDS = 60;

  private final InMemoryTokenStore elsewhere = new InMemoryTokenStore();
  private final HookedStore hooked = new HookedStore(elsewhere);
  private final AtomicLong nanos = new AtomicLong();
  private final ScriptedWatch watch = new ScriptedWatch();
  private final CachedTokenStore cached = cached(BOUND);
  private final StoredToken row = put(elsewhere, "a");

  private CachedTokenStore cached(Duration bound) {
    return new CachedTokenStore(hooked.store, bound, 10, nanos::get);
  }

  private void startFeedReader() {
    hooked.answerOnce("watch", Optional.of(watch));
    cached.startFeedReader();
  }

  @AfterEach
  void close() {
    cached.close();
  }

  @Test // G2, G3
  void a_change_made_elsewhere_is_seen_when_the_feed_reports_it() throws Exception {
    startFeedReader();
    find(cached, row.hash());
    elsewhere.disable(row.id());
    assertThat(find(cached, row.hash())).contains(row);
    watch.report(Changed.ANY);
    assertThat(find(cached, row.hash())).contains(row.disabled());
  }

  @Test // G2, G3
  void an_answer_that_arrives_after_the_report_of_a_change_is_not_cached() {
    startFeedReader();
    hooked.after("findByHash", () -> {
      elsewhere.disable(row.id());
      report();
    });
    assertThat(find(cached, row.hash())).contains(row);
    assertThat(find(cached, row.hash())).contains(row.disabled());
  }

  @Test // G2, G3
  void a_report_about_one_token_invalidates_no_other() throws Exception {
    startFeedReader();
    StoredToken other = put(elsewhere, "b");
    find(cached, row.hash());
    find(cached, other.hash());
    elsewhere.disable(row.id());
    elsewhere.delete(other.id());
    watch.report(new Changed(false, Set.of(row.id())));
    assertThat(find(cached, row.hash())).contains(row.disabled());
    assertThat(find(cached, other.hash())).contains(other);
  }

  @Test
  void a_row_that_is_read_after_the_report_is_cached() throws Exception {
    startFeedReader();
    watch.report(Changed.ANY);
    find(cached, row.hash());
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test // G3, I1
  void a_feed_that_fails_invalidates_nothing_and_is_read_again() throws Exception {
    startFeedReader();
    find(cached, row.hash());
    watch.fail();
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
    nanos.addAndGet(BOUND.toNanos());
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(2);
    watch.report(Changed.ANY);
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(3);
  }

  @Test
  void a_change_of_a_token_invalidates_no_owner() throws Exception {
    startFeedReader();
    find(cached, row.hash());
    Set<Long> others =
        LongStream.range(row.id() + 1, row.id() + 4096).boxed().collect(Collectors.toSet());
    watch.report(new Changed(false, others));
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test // G3
  void a_pending_invalidation_of_all_tokens_does_not_wait_for_a_feed_that_fails() throws Exception {
    try (CachedTokenStore slow = cached(Duration.ofSeconds(10))) {
      hooked.answerOnce("watch", Optional.of(watch));
      slow.startFeedReader();
      watch.report(Changed.ANY);
      find(slow, row.hash());
      elsewhere.disable(row.id());
      watch.report(Changed.ANY);
      watch.failFromNowOn();
      watch.fail();
      awaitDisabled(slow);
    }
  }

  @Test
  void each_outage_is_logged_once() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream console = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      startFeedReader();
      watch.fail();
      watch.fail();
      assertThat(log.toString(UTF_8)).containsOnlyOnce("change feed of the token store failed");
      watch.report(Changed.NONE);
      watch.fail();
      assertThat(log.toString(UTF_8).split("change feed of the token store failed"))
          .hasSize(3);
    } finally {
      System.setErr(console);
    }
  }

  @Test // G3, I1
  void a_feed_that_becomes_available_later_covers_changes_made_before() throws Exception {
    find(cached, row.hash());
    elsewhere.disable(row.id());
    hooked.before("watch", () -> {
      hooked.answerOnce("watch", Optional.of(watch));
      throw new TokenStoreException("not now", new IllegalStateException());
    });
    cached.startFeedReader();
    watch.report(Changed.ANY);
    assertThat(find(cached, row.hash())).contains(row.disabled());
  }

  @Test
  void all_tokens_are_invalidated_at_most_once_per_tenth_of_the_bound_and_single_tokens_at_once()
      throws Exception {
    try (CachedTokenStore slow = cached(Duration.ofDays(1))) {
      hooked.answerOnce("watch", Optional.of(watch));
      slow.startFeedReader();
      find(slow, row.hash());
      watch.report(Changed.ANY);
      find(slow, row.hash());
      assertThat(hooked.lookups).hasValue(2);
      watch.report(Changed.ANY);
      find(slow, row.hash());
      assertThat(hooked.lookups).hasValue(2);
      watch.report(new Changed(false, Set.of(row.id())));
      find(slow, row.hash());
      assertThat(hooked.lookups).hasValue(3);
    }
  }

  @Test
  void a_report_about_all_tokens_that_comes_too_soon_is_handled_later() throws Exception {
    startFeedReader();
    find(cached, row.hash());
    elsewhere.disable(row.id());
    watch.report(Changed.ANY);
    enable(elsewhere, row.id());
    find(cached, row.hash());
    elsewhere.disable(row.id());
    watch.report(Changed.ANY);
    awaitDisabled(cached);
  }

  @Test
  void close_ends_the_feed_and_its_thread_and_the_cache_still_works() throws Exception {
    startFeedReader();
    watch.report(Changed.ANY);
    assertThat(feedThreads()).isPositive();
    cached.close();
    cached.close();
    assertThat(watch.closed.getCount()).isZero();
    assertThat(feedThreads()).isZero();
    find(cached, row.hash());
    find(cached, row.hash());
    assertThat(hooked.lookups).hasValue(1);
  }

  @Test
  void without_a_feed_there_is_no_thread() {
    cached.startFeedReader();
    assertThat(feedThreads()).isZero();
  }

  @Test
  void an_unreferenced_cache_that_was_never_closed_ends_its_feed() throws Exception {
    hooked.answerOnce("watch", Optional.of(watch));
    cached(BOUND).startFeedReader();
    for (int tries = 0; watch.closed.getCount() > 0 && tries < TIMEOUT_SECONDS; tries++) {
      System.gc();
      watch.closed.await(1, SECONDS);
    }
    assertThat(watch.closed.getCount()).isZero();
  }

  @Test
  void a_cache_has_no_feed_itself_because_its_rows_may_be_older_than_a_report() {
    hooked.answerOnce("watch", Optional.of(watch));
    assertThat(cached.watch()).isEmpty();
  }

  /** Reads the row from the cache until it is disabled. */
  private void awaitDisabled(CachedTokenStore cache) throws InterruptedException {
    for (int tries = 0; find(cache, row.hash()).orElseThrow().enabled(); tries++) {
      assertThat(tries).as("hundredths of a second").isLessThan(100 * TIMEOUT_SECONDS);
      Thread.sleep(10);
    }
  }

  private void report() {
    try {
      watch.report(Changed.ANY);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long feedThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("counterfoil-cache-watch"))
        .count();
  }
}

package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

import io.counterfoil.testing.CapturedLog;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TokenListenerTest {

  /** Records the events. */
  private static final class Diary implements TokenListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void on(TokenEvent event) {
      String name = event.name().replace('-', ' ');
      if (event instanceof TokenEvent.OfToken single) {
        boolean isChange = Set.of("enabled", "disabled", "leaked").contains(name);
        String enabled = isChange ? " " + single.token().enabled() : "";
        lines.add(name + ' ' + single.token().name() + enabled);
      } else if (event instanceof TokenEvent.Rejected rejected) {
        lines.add(name + ' ' + rejected.verdict().reason());
      } else if (event instanceof TokenEvent.OfOwner owned) {
        lines.add(name + " '" + owned.owner() + "' " + owned.count());
      } else if (event instanceof TokenEvent.OfSeveral several) {
        lines.add(name + ' ' + several.count());
      } else {
        lines.add(name);
      }
    }
  }

  private final ThreadsNamed threads = new ThreadsNamed("counterfoil-listener");
  private final Diary diary = new Diary();

  @Test
  void a_listener_receives_events_in_order() {
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(diary).build();
    live(tokens);
    tokens.close();
    assertThat(diary.lines)
        .containsExactly(
            "created ci",
            "accepted ci",
            "disabled ci false",
            "rejected DISABLED",
            "enabled ci true",
            "rotated ci",
            "previous accepted ci",
            "accepted ci",
            "leaked ci false",
            "disabled ci false",
            "enabled ci true",
            "leaked ci true",
            "owner disabled '' 1",
            "all disabled 0",
            "deleted ci",
            "rejected UNKNOWN",
            "rejected MALFORMED",
            "created old",
            "expired deleted 1",
            "owner deleted '' 0");
  }

  @Test
  void a_listener_is_not_told_about_changes_that_failed() {
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(diary).build();
    tokens.enable(1);
    tokens.disable(1);
    tokens.delete(1);
    tokens.rotate(1, Duration.ZERO);
    tokens.deleteExpired(Instant.EPOCH, 1);
    tokens.update(1, TokenUpdate.none().name("x"));
    tokens.reportLeak("nonsense");
    tokens.close();
    assertThat(diary.lines).isEmpty();
  }

  @Test
  void a_listener_that_throws_does_not_affect_others() {
    TokenListener broken = mock();
    doThrow(new AssertionError("broken listener")).when(broken).on(any());
    TokenManager tokens =
        TokenManager.builder(new MapStore()).listener(broken).listener(diary).build();
    String log = CapturedLog.of(() -> {
      live(tokens);
      tokens.close();
    });
    assertThat(diary.lines).hasSize(20);
    assertThat(log).contains("A token listener failed", "broken listener");
  }

  @Test
  void a_log_that_throws_does_not_affect_listeners() {
    TokenListener broken = mock();
    doThrow(new IllegalStateException("broken listener")).when(broken).on(any());
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(broken).build();
    PrintStream console = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        throw new IllegalStateException("the disk is full");
      }
    });
    try {
      assertThat(tokens.create(NewToken.named("ci")).reveal()).startsWith("cf_");
      tokens.close();
    } finally {
      System.setErr(console);
    }
  }

  private static void live(TokenManager tokens) {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.authenticate(plaintext);
    tokens.disable(1);
    tokens.authenticate(plaintext);
    tokens.enable(1);
    String next = tokens.rotate(1, Duration.ofHours(1)).orElseThrow().reveal();
    tokens.authenticate(plaintext);
    tokens.authenticate(next);
    tokens.reportLeak(next);
    tokens.enable(1);
    tokens.reportLeak(plaintext);
    tokens.disableOwnedBy("");
    tokens.disableAll();
    tokens.delete(1);
    tokens.authenticate(plaintext);
    tokens.authenticate("nonsense");
    NewToken old = NewToken.named("old").expiresAt(Instant.EPOCH.plusSeconds(1));
    tokens.importHashed(old, "0".repeat(64), true, Instant.EPOCH);
    tokens.deleteExpired(Instant.EPOCH.plusSeconds(2), 10);
    tokens.deleteOwnedBy("");
  }

  /** A listener that waits until a gate is opened. */
  private static TokenListener hanging(CountDownLatch gate) {
    return event -> {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    };
  }

  @Test
  void a_listener_that_hangs_delays_neither_callers_nor_other_listeners() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(3);
    TokenListener sound = event -> heard.countDown();
    TokenManager tokens = TokenManager.builder(new MapStore())
        .listener(hanging(gate))
        .listener(sound)
        .build();
    for (int i = 0; i < 3; i++) {
      tokens.create(NewToken.named("t" + i));
    }
    assertThat(heard.await(1, TimeUnit.MINUTES)).isTrue();
    gate.countDown();
    tokens.close();
  }

  @Test
  void a_flood_of_verdicts_does_not_crowd_out_the_changes() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger rejected = new AtomicInteger();
    TokenListener slow = event -> {
      if (event instanceof TokenEvent.Rejected) {
        rejected.incrementAndGet();
      } else {
        hanging(gate).on(event);
        diary.on(event);
      }
    };
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(slow).build();
    tokens.create(NewToken.named("before"));
    for (int i = 0; i < 2 * ListenerQueue.CAPACITY; i++) {
      tokens.authenticate("nonsense");
    }
    tokens.create(NewToken.named("after"));
    String log = CapturedLog.of(() -> {
      gate.countDown();
      tokens.close();
    });
    int places = ListenerQueue.CAPACITY - ListenerQueue.RESERVED_FOR_CHANGES;
    assertThat(diary.lines).containsExactly("created before", "created after");
    assertThat(rejected.get()).isBetween(places, places + 1);
    assertThat(log).contains("A token listener is too slow", "events were dropped");
  }

  @Test
  void a_flood_of_store_failures_does_not_crowd_out_the_changes() {
    CountDownLatch gate = new CountDownLatch(1);
    MapStore store = new MapStore();
    TokenStore broken = spy(store);
    TokenListener slow = event -> {
      if (!(event instanceof TokenEvent.StoreFailed)) {
        hanging(gate).on(event);
        diary.on(event);
      }
    };
    TokenManager tokens = TokenManager.builder(broken).listener(slow).build();
    String plaintext = tokens.create(NewToken.named("before")).reveal();
    doThrow(new TokenStoreException("no connection")).when(broken).findByHash(any());
    for (int i = 0; i < ListenerQueue.CAPACITY + 1; i++) {
      assertThatThrownBy(() -> tokens.authenticate(plaintext))
          .isInstanceOf(TokenStoreException.class);
    }
    tokens.create(NewToken.named("after"));
    gate.countDown();
    tokens.close();
    assertThat(diary.lines).containsExactly("created before", "created after");
  }

  @Test
  void a_listener_that_always_fails_or_is_too_slow_logs_one_line_per_second() {
    CountDownLatch gate = new CountDownLatch(1);
    TokenListener failing = event -> {
      hanging(gate).on(event);
      throw new IllegalStateException("broken listener");
    };
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(failing).build();
    String log = CapturedLog.of(() -> {
      for (int i = 0; i < ListenerQueue.CAPACITY; i++) {
        tokens.authenticate("nonsense");
      }
      gate.countDown();
      for (int i = 0; i < ListenerQueue.CAPACITY; i++) {
        tokens.authenticate("nonsense");
      }
      tokens.close();
    });
    // close() reports the rest of the dropped events, too
    assertThat(log.lines().filter(line -> line.contains("A token listener"))).hasSizeBetween(2, 8);
  }

  @Test
  void a_synchronous_listener_is_called_before_the_caller_continues() {
    TokenManager tokens =
        TokenManager.builder(new MapStore()).synchronousListener(diary).build();
    tokens.create(NewToken.named("ci"));
    assertThat(diary.lines).containsExactly("created ci");
    assertThat(threads.living()).isEmpty();
    tokens.close();
  }

  @Test
  void a_synchronous_listener_that_throws_affects_neither_the_operation_nor_others() {
    TokenListener broken = mock();
    doThrow(new AssertionError("broken listener")).when(broken).on(any());
    TokenManager tokens = TokenManager.builder(new MapStore())
        .synchronousListener(broken)
        .synchronousListener(diary)
        .build();
    String log = CapturedLog.of(() -> live(tokens));
    assertThat(diary.lines).hasSize(20);
    assertThat(log.lines().filter(line -> line.contains("A synchronous token listener failed")))
        .hasSizeBetween(1, 5);
    tokens.close();
  }

  @Test // the code is in docs/recipes.md
  void events_can_be_counted_and_changes_attributed() throws Exception {
    TokenStore store = new MapStore();
    InetAddress address = InetAddress.getByName("203.0.113.7");
    long id = 1;
    Map<String, LongAdder> meters = new ConcurrentHashMap<>();
    TokenManager tokens = TokenManager.builder(store)
        .listener(TokenListener.audit())
        .synchronousListener(event ->
            meters.computeIfAbsent(event.name(), name -> new LongAdder()).increment())
        .build();
    tokens.create(NewToken.named("ci"));
    tokens.actingAs(Actor.user("ann"), Optional.of(address)).disable(id);
    tokens.close();
    assertThat(meters).containsOnlyKeys("created", "disabled");
  }

  @Test
  void each_change_names_the_actor_and_its_address() throws Exception {
    List<String> actors = new CopyOnWriteArrayList<>();
    TokenListener listener = event -> actors.add(event.name()
        + ' '
        + event.actor()
        + ' '
        + event.address().map(InetAddress::getHostAddress).orElse("-"));
    TokenManager tokens =
        TokenManager.builder(new MapStore()).synchronousListener(listener).build();
    Optional<InetAddress> address = Optional.of(InetAddress.getByName("203.0.113.7"));
    TokenChanges ann = tokens.actingAs(Actor.user("ann"), address);
    String plaintext = ann.create(NewToken.named("ci")).reveal();
    tokens.actingAs(Actor.token(1), Optional.empty()).disable(1);
    tokens.authenticate(plaintext, address.get());
    tokens.authenticate("nonsense", address.get());
    tokens.enable(1);
    tokens.authenticate(plaintext, () -> {
      throw new IllegalStateException("no address");
    });
    ann.importHashed(NewToken.named("old"), "0".repeat(64), true, Instant.EPOCH);
    ann.rotate(1, Duration.ZERO);
    ann.rotate("", "old", Duration.ZERO);
    ann.disableAll();
    ann.disableOwnedBy("");
    ann.delete(1);
    ann.deleteOwnedBy("");
    assertThat(actors)
        .containsExactly(
            "created user:ann 203.0.113.7",
            "disabled token:1 -",
            "rejected token:1 203.0.113.7",
            "rejected anonymous 203.0.113.7",
            "enabled system -",
            "accepted token:1 -",
            "created user:ann 203.0.113.7",
            "rotated user:ann 203.0.113.7",
            "rotated user:ann 203.0.113.7",
            "all-disabled user:ann 203.0.113.7",
            "owner-disabled user:ann 203.0.113.7",
            "deleted user:ann 203.0.113.7",
            "owner-deleted user:ann 203.0.113.7");
  }

  @Test // a user name that is empty, or nobody, cannot make a change anonymous
  void an_actor_has_a_name() {
    TokenManager tokens = TokenManager.builder(new MapStore()).build();
    assertThatThrownBy(() -> Actor.user("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tokens.actingAs(null, Optional.empty()))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> tokens.actingAs(Actor.SYSTEM, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test // L1: only a store promises that its messages contain no values
  void the_message_of_any_other_exception_is_not_in_the_audit_log() {
    TokenEvent event =
        new TokenEvent.StoreFailed(Origin.SYSTEM, new IllegalStateException("owner ann"));
    assertThat(event)
        .hasToString("event=store-failed failure=\"java.lang.IllegalStateException\" actor=system");
  }

  @Test
  void a_failure_says_whether_it_prevented_a_verdict() {
    TokenStore broken = spy(new MapStore());
    List<Boolean> prevented = new CopyOnWriteArrayList<>();
    TokenManager tokens = TokenManager.builder(broken)
        .synchronousListener(event -> {
          if (event instanceof TokenEvent.StoreFailed failed) {
            prevented.add(failed.preventedVerdict());
          }
        })
        .build();
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    Verdict.Accepted accepted = (Verdict.Accepted) tokens.authenticate(plaintext);
    TokenStoreException failure = new TokenStoreException("no connection");
    doThrow(failure).when(broken).findByHash(any());
    doThrow(failure).when(broken).findById(1);
    assertThatThrownBy(() -> tokens.authenticate(plaintext)).isSameAs(failure);
    assertThatThrownBy(() -> tokens.recheck(accepted)).isSameAs(failure);
    assertThatThrownBy(
            () -> tokens.actingAs(Actor.ANONYMOUS, Optional.empty()).rotate(1, Duration.ZERO))
        .isSameAs(failure);
    assertThat(prevented).containsExactly(true, true, false);
  }

  @Test
  void a_failure_of_the_store_is_an_event() {
    TokenStore broken = mock(call -> {
      throw new TokenStoreException("no connection");
    });
    TokenManager tokens =
        TokenManager.builder(broken).synchronousListener(diary).build();
    TokenManager working = TokenManager.builder(new MapStore()).build();
    String plaintext = working.create(NewToken.named("ci")).reveal();
    List<ThrowingCallable> calls = List.of(
        () -> tokens.authenticate(plaintext),
        () -> tokens.create(NewToken.named("ci")),
        () -> tokens.rotate(1, Duration.ZERO),
        () -> tokens.reportLeak(plaintext),
        () -> tokens.disableAll(),
        () -> tokens.find(1),
        () -> tokens.find("", "ci"),
        () -> tokens.list(),
        () -> tokens.list(TokenQuery.all().owner("ann")),
        () -> tokens.identify(plaintext),
        () -> tokens.deleteExpired(Instant.EPOCH, 1));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(TokenStoreException.class);
    }
    assertThat(diary.lines).hasSize(11).containsOnly("store failed");
    assertThatThrownBy(() -> tokens.disable(1)).isInstanceOf(TokenStoreException.class);
    assertThat(diary.lines).hasSize(13).containsOnly("store failed"); // reads the row first
  }

  @Test
  void no_thread_outlives_close() {
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(diary).build();
    live(tokens);
    assertThat(threads.now()).isNotEmpty();
    tokens.close();
    tokens.close();
    tokens.create(NewToken.named("later")); // not delivered, and no exception
    assertThat(threads.living()).isEmpty();
    assertThat(diary.lines).doesNotContain("created later");
  }
}

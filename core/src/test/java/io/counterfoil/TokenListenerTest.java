package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.counterfoil.testing.CapturedLog;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenListenerTest {

  /** Records the events. */
  private static final class Diary implements TokenListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void created(Token token) {
      lines.add("created " + token.name());
    }

    @Override
    public void accepted(Token token) {
      lines.add("accepted " + token.name());
    }

    @Override
    public void rejected(Verdict.Rejected verdict) {
      lines.add("rejected " + verdict.reason());
    }

    @Override
    public void enabled(Token token) {
      lines.add("enabled " + token.name() + ' ' + token.enabled());
    }

    @Override
    public void disabled(Token token) {
      lines.add("disabled " + token.name() + ' ' + token.enabled());
    }

    @Override
    public void leaked(Token token) {
      lines.add("leaked " + token.name() + ' ' + token.enabled());
    }

    @Override
    public void deleted(Token token) {
      lines.add("deleted " + token.name());
    }

    @Override
    public void previousAccepted(Token token) {
      lines.add("previous accepted " + token.name());
    }

    @Override
    public void rotated(Token token) {
      lines.add("rotated " + token.name());
    }

    @Override
    public void allDisabled(int count) {
      lines.add("all disabled " + count);
    }

    @Override
    public void ownerDisabled(String owner, int count) {
      lines.add("owner disabled '" + owner + "' " + count);
    }

    @Override
    public void ownerDeleted(String owner, int count) {
      lines.add("owner deleted '" + owner + "' " + count);
    }

    @Override
    public void expiredDeleted(int count) {
      lines.add("expired deleted " + count);
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
    tokens.identify("nonsense");
    tokens.reportLeak("nonsense");
    tokens.close();
    assertThat(diary.lines).isEmpty();
  }

  @Test
  void a_listener_that_throws_does_not_affect_others() {
    TokenListener broken = mock();
    doThrow(new AssertionError("broken listener")).when(broken).created(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).accepted(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).rejected(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).disabled(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).enabled(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).deleted(any());
    TokenManager tokens =
        TokenManager.builder(new MapStore()).listener(broken).listener(diary).build();
    String log = CapturedLog.of(() -> {
      live(tokens);
      tokens.close();
    });
    assertThat(diary.lines).hasSize(21);
    assertThat(log).contains("A token listener failed", "broken listener");
  }

  @Test
  void a_log_that_throws_does_not_affect_listeners() {
    TokenListener broken = mock();
    doThrow(new IllegalStateException("broken listener")).when(broken).created(any());
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
    return new TokenListener() {
      @Override
      public void created(Token token) {
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @Test
  void a_listener_that_hangs_delays_neither_callers_nor_other_listeners() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(3);
    TokenListener sound = new TokenListener() {
      @Override
      public void created(Token token) {
        heard.countDown();
      }
    };
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
    TokenListener slow = new TokenListener() {
      @Override
      public void created(Token token) {
        hanging(gate).created(token);
        diary.created(token);
      }

      @Override
      public void rejected(Verdict.Rejected verdict) {
        rejected.incrementAndGet();
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
  void no_thread_outlives_close() {
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(diary).build();
    live(tokens);
    assertThat(threads.living()).isNotEmpty();
    tokens.close();
    tokens.close();
    tokens.create(NewToken.named("later")); // not delivered, and no exception
    assertThat(threads.living()).isEmpty();
    assertThat(diary.lines).doesNotContain("created later");
  }
}

package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenListenerTest {

  /** Writes down what it hears. */
  private static final class Diary implements TokenListener {
    private final List<String> lines = new ArrayList<>();

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
    public void deleted(Token token) {
      lines.add("deleted " + token.name());
    }
  }

  private final Diary diary = new Diary();

  @Test
  void a_listener_hears_what_happened_in_order() {
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(diary).build();
    live(tokens);
    assertThat(diary.lines)
        .containsExactly(
            "created ci",
            "accepted ci",
            "disabled ci false",
            "rejected DISABLED",
            "enabled ci true",
            "deleted ci",
            "rejected UNKNOWN",
            "rejected MALFORMED");
  }

  @Test
  void a_listener_hears_nothing_of_what_did_not_happen() {
    TokenManager tokens = TokenManager.builder(new MapStore()).listener(diary).build();
    tokens.enable(1);
    tokens.disable(1);
    tokens.delete(1);
    assertThat(diary.lines).isEmpty();
  }

  @Test
  void a_listener_that_throws_harms_nobody() {
    TokenListener broken = mock();
    doThrow(new AssertionError("broken listener")).when(broken).created(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).accepted(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).rejected(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).disabled(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).enabled(any());
    doThrow(new IllegalStateException("broken listener")).when(broken).deleted(any());
    TokenManager tokens =
        TokenManager.builder(new MapStore()).listener(broken).listener(diary).build();
    String log = CapturedLog.of(() -> live(tokens));
    assertThat(diary.lines).hasSize(8);
    assertThat(log).contains("A token listener failed", "broken listener");
  }

  @Test
  void a_log_that_throws_too_harms_nobody() {
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
    tokens.delete(1);
    tokens.authenticate(plaintext);
    tokens.authenticate("nonsense");
  }
}

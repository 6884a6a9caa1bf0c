package io.counterfoil.benchmarks.speed;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Managers over tokens in memory, and plaintexts of all kinds to ask them for. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
public class Tokens {
  /** How many plaintexts of a kind are asked for, in turns: more than a processor learns by heart. */
  private static final int ASKED = 4096;

  /** Prime to the number of tokens, so that those that are asked for lie all over the store. */
  private static final int STRIDE = 7919;

  /** How many tokens there are. */
  @Param("10000")
  public int tokens;

  /** A manager that records no uses. */
  TokenManager plain;

  /** A manager that records them, over the same tokens. */
  TokenManager recording;

  private final String[] known = new String[ASKED];
  private final String[] unknown = new String[ASKED];
  private final String[] malformed = new String[ASKED];
  private final String[] mistyped = new String[ASKED];

  /** Fills the store. */
  @Setup(Level.Trial)
  public void fill() {
    InMemoryTokenStore store = new InMemoryTokenStore();
    plain = TokenManager.builder(store).recordNoUses().build();
    recording = TokenManager.builder(store).build();
    String[] all = new String[tokens];
    for (int i = 0; i < tokens; i++) {
      all[i] = plain.create(NewToken.named("token-" + i)).reveal();
    }
    try (TokenManager other = TokenManager.builder(new InMemoryTokenStore()).build()) {
      for (int i = 0; i < ASKED; i++) {
        known[i] = all[(int) ((long) i * STRIDE % tokens)];
        unknown[i] = other.create(NewToken.named("token-" + i)).reveal();
        malformed[i] = with('!', unknown[i]);
        mistyped[i] = with(unknown[i].charAt(20) == 'a' ? 'b' : 'a', unknown[i]);
      }
    }
  }

  /** Ends the thread that records. */
  @TearDown(Level.Trial)
  public void close() {
    plain.close();
    recording.close();
  }

  private static String with(char character, String plaintext) {
    return plaintext.substring(0, 20) + character + plaintext.substring(21);
  }

  /** Whose turn it is, for each thread. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    private String of(String[] plaintexts) {
      next++;
      return plaintexts[next & (ASKED - 1)];
    }
  }

  String known(Turn turn) {
    return turn.of(known);
  }

  String unknown(Turn turn) {
    return turn.of(unknown);
  }

  String malformed(Turn turn) {
    return turn.of(malformed);
  }

  String mistyped(Turn turn) {
    return turn.of(mistyped);
  }
}

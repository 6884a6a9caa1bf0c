package io.counterfoil.benchmarks.speed;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
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
  static final int ASKED = 1 << 12;

  /** The same of many tokens: more than fit into its caches, with all that is looked at to find them. */
  private static final int ASKED_OF_MANY = 1 << 18;

  private static final int MANY = 1_000_000;

  /** Where a plaintext is changed that is to be no longer one. */
  private static final int PLACE = 20;

  /** Prime to the number of tokens, so that those that are asked for lie all over the store. */
  private static final int STRIDE = 7919;

  /** How many tokens there are. */
  @Param("10000")
  public int tokens;

  /** A manager that records no uses. */
  TokenManager plain;

  /** A manager that records them, over the same tokens. */
  TokenManager recording;

  /** Where they are. */
  InMemoryTokenStore store;

  private String[] known;
  private String[] unknown;
  private String[] malformed;
  private String[] mistyped;

  /** Fills the store. */
  @Setup(Level.Trial)
  public void fill() {
    store = new InMemoryTokenStore();
    plain = TokenManager.builder(store).recordNoUses().build();
    recording = TokenManager.builder(store).build();
    int asked = tokens < MANY ? ASKED : ASKED_OF_MANY;
    known = created(asked);
    unknown = strangers(asked);
    malformed = changed(unknown, plaintext -> '!');
    mistyped = changed(unknown, plaintext -> plaintext.charAt(PLACE) == 'a' ? 'b' : 'a');
    requireVerdicts();
    settle();
  }

  /** Has the collector move what was just made to where it lies as long as it lives, without what was thrown away between. */
  static void settle() {
    System.gc();
  }

  /** Those that nobody asks for are forgotten: of ten million, they would take a gigabyte. */
  private String[] created(int asked) {
    Map<Integer, String> wanted = new HashMap<>();
    for (int i = 0; i < asked; i++) {
      wanted.put(wanted(i), "");
    }
    for (int i = 0; i < tokens; i++) {
      String plaintext = plain.create(NewToken.named("token-" + i)).reveal();
      wanted.computeIfPresent(i, (index, none) -> plaintext);
    }
    String[] created = new String[asked];
    // Copied, so that they lie side by side: a request has its plaintext at hand.
    Arrays.setAll(created, i -> new String(wanted.getOrDefault(wanted(i), "").toCharArray()));
    return created;
  }

  private int wanted(int turn) {
    return (int) ((long) turn * STRIDE % tokens);
  }

  private static String[] strangers(int asked) {
    String[] strangers = new String[asked];
    try (TokenManager other = TokenManager.builder(new InMemoryTokenStore()).build()) {
      Arrays.setAll(strangers, i -> other.create(NewToken.named("token-" + i)).reveal());
    }
    return strangers;
  }

  private static String[] changed(String[] plaintexts, Function<String, Character> change) {
    return Stream.of(plaintexts)
        .map(plaintext -> plaintext.substring(0, PLACE)
            + change.apply(plaintext)
            + plaintext.substring(PLACE + 1))
        .toArray(String[]::new);
  }

  /** What gets another verdict than its name says would be measured by mistake. */
  private void requireVerdicts() {
    requireAccepted(plain);
    require(recording, new String[] {known[0]}, "ACCEPTED");
    require(plain, unknown, "UNKNOWN");
    require(plain, malformed, "MALFORMED");
    require(plain, mistyped, "MALFORMED");
  }

  /** Refuses a manager that does not accept them all. */
  void requireAccepted(TokenManager manager) {
    require(manager, known, "ACCEPTED");
  }

  private static void require(TokenManager manager, String[] plaintexts, String expected) {
    for (String plaintext : plaintexts) {
      Verdict verdict = manager.authenticate(plaintext);
      String said =
          verdict instanceof Verdict.Rejected rejected ? rejected.reason().name() : "ACCEPTED";
      if (!said.equals(expected)) {
        throw new IllegalStateException("verdict: " + said + " (expected: " + expected + ')');
      }
    }
  }

  /** Gives another store the tokens that are asked for, with their names, and as many others as there are. */
  void copyTo(BiConsumer<String, String> store) {
    for (int i = 0; i < known.length; i++) {
      store.accept(known[i], "token-" + i);
    }
    try (TokenManager other = TokenManager.builder(new InMemoryTokenStore()).build()) {
      for (int i = known.length; i < tokens; i++) {
        store.accept(other.create(NewToken.named("token-" + i)).reveal(), "token-" + i);
      }
    }
    settle();
  }

  /** Ends the thread that records. */
  @TearDown(Level.Trial)
  public void close() {
    plain.close();
    recording.close();
  }

  /** Whose turn it is, for each thread. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    String of(String[] plaintexts) {
      next++;
      return plaintexts[next & (plaintexts.length - 1)];
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

package io.counterfoil.benchmarks;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Tokens in memory, and the plaintexts that benchmarks present. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the setup method
public class MemoryTokens {
  /** The number of plaintexts of each kind: enough that the branch predictor does not learn their order. */
  private static final int PRESENTED = 1 << 12;

  /** The index of the character that is changed to create an invalid plaintext. */
  private static final int CHANGED_INDEX = 20;

  /** The number of tokens in the store. */
  @Param("10000")
  public int tokens;

  InMemoryTokenStore store;

  /** A manager that does not record uses. */
  TokenManager manager;

  /** A manager of the same store that records uses. */
  TokenManager recordingManager;

  private List<String> known;
  private List<String> unknown;
  private List<String> malformed;
  private List<String> wrongChecksum;

  /** Fills the store. */
  @Setup
  public void fill() {
    store = new InMemoryTokenStore();
    manager = TokenManager.builder(store).recordNoUses().build();
    recordingManager = TokenManager.builder(store).build();
    known = presented(create(manager, tokens));
    try (TokenManager other = TokenManager.builder(new InMemoryTokenStore()).build()) {
      unknown = presented(create(other, PRESENTED));
    }
    malformed = changed(c -> "!");
    wrongChecksum = changed(c -> c.equals("a") ? "b" : "a");
    requireVerdict("ACCEPTED", known);
    requireVerdict("UNKNOWN", unknown);
    requireVerdict("MALFORMED", malformed);
    requireVerdict("MALFORMED", wrongChecksum);
    System.gc(); // so that it need not run during the measurement
  }

  private static List<String> create(TokenManager manager, int count) {
    List<String> plaintexts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      plaintexts.add(manager.create(NewToken.named("token-" + i)).reveal());
    }
    return plaintexts;
  }

  private static List<String> presented(List<String> plaintexts) {
    Collections.shuffle(plaintexts, new Random(1));
    return List.copyOf(plaintexts.subList(0, Math.min(PRESENTED, plaintexts.size())));
  }

  private List<String> changed(UnaryOperator<String> change) {
    return unknown.stream()
        .map(plaintext -> plaintext.substring(0, CHANGED_INDEX)
            + change.apply(plaintext.substring(CHANGED_INDEX, CHANGED_INDEX + 1))
            + plaintext.substring(CHANGED_INDEX + 1))
        .toList();
  }

  /** Throws if a plaintext does not get the expected verdict, which would make the measurement wrong. */
  private void requireVerdict(String expected, List<String> plaintexts) {
    for (String plaintext : plaintexts) {
      Verdict verdict = manager.authenticate(plaintext);
      String actual =
          verdict instanceof Verdict.Rejected rejected ? rejected.reason().name() : "ACCEPTED";
      if (!actual.equals(expected)) {
        throw new IllegalStateException("verdict: " + actual + " (expected: " + expected + ')');
      }
    }
  }

  /** Adds the known tokens to another map, and fills it up to the same number of tokens. */
  void copyTo(BiConsumer<String, String> map) {
    known.forEach(plaintext -> map.accept(plaintext, "a token"));
    for (int i = known.size(); i < tokens; i++) {
      map.accept("another token " + i, "a token");
    }
  }

  /** Closes the managers. */
  @TearDown
  public void close() {
    manager.close();
    recordingManager.close();
  }

  /** The position of a thread in the lists of plaintexts. */
  @State(Scope.Thread)
  public static class Cursor {
    private int position;

    private String next(List<String> plaintexts) {
      position++;
      return plaintexts.get(position % plaintexts.size());
    }
  }

  String known(Cursor cursor) {
    return cursor.next(known);
  }

  String unknown(Cursor cursor) {
    return cursor.next(unknown);
  }

  String malformed(Cursor cursor) {
    return cursor.next(malformed);
  }

  String wrongChecksum(Cursor cursor) {
    return cursor.next(wrongChecksum);
  }
}

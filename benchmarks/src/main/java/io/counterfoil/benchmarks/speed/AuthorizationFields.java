package io.counterfoil.benchmarks.speed;

import java.util.function.Function;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The values of fields {@code Authorization}, as a container has read them. */
@State(Scope.Benchmark)
public class AuthorizationFields {
  private final String[] valid = new String[Tokens.ASKED];
  private final String[] unknown = new String[Tokens.ASKED];
  private final String[] malformed = new String[Tokens.ASKED];

  /** Puts the scheme before each token. */
  @Setup
  public void fill(Tokens tokens) {
    fill(valid, tokens::known);
    fill(unknown, tokens::unknown);
    fill(malformed, tokens::malformed);
  }

  private static void fill(String[] fields, Function<Tokens.Turn, String> tokens) {
    Tokens.Turn turn = new Tokens.Turn();
    for (int i = 0; i < fields.length; i++) {
      fields[i] = "Bearer " + tokens.apply(turn);
    }
  }

  String valid(Tokens.Turn turn) {
    return turn.of(valid);
  }

  String unknown(Tokens.Turn turn) {
    return turn.of(unknown);
  }

  String malformed(Tokens.Turn turn) {
    return turn.of(malformed);
  }
}

package io.counterfoil.examples.import3xui;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes tokens over, one by one, and says of each what became of it. */
final class Importer {
  private enum Outcome {
    IMPORTED("imported"),
    THERE("there already"),
    REFUSED("refused");

    final String words;

    Outcome(String words) {
      this.words = words;
    }
  }

  private final TokenStore store;
  private final TokenManager tokens;
  private final String owner;
  private final PrintStream out;
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

  Importer(TokenStore store, TokenManager tokens, String owner, PrintStream out) {
    this.store = store;
    this.tokens = tokens;
    this.owner = owner;
    this.out = out;
  }

  /** Returns whether none was refused. */
  boolean takeAll(List<Row> rows) {
    rows.forEach(this::take);
    StringBuilder sum = new StringBuilder("tokens: " + rows.size());
    for (Outcome outcome : Outcome.values()) {
      sum.append(", ").append(outcome.words).append(": ").append(count(outcome));
    }
    out.println(sum);
    return count(Outcome.REFUSED) == 0;
  }

  private int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  private void take(Row row) {
    try {
      ForeignToken token = ForeignToken.of(row);
      Optional<StoredToken> holder = store.findByHash(List.of(token.hash()));
      if (holder.isPresent()) {
        meet(row, token, holder.get());
      } else {
        tokens.importHashed(token.wish(owner), token.sha256(), token.enabled(), token.createdAt());
        say(Outcome.IMPORTED, row, token.toString());
      }
    } catch (DuplicateTokenNameException e) {
      say(Outcome.REFUSED, row, "name: another token has it, or this one with another hash by now");
    } catch (IllegalArgumentException e) {
      say(Outcome.REFUSED, row, SafeText.causes(e));
    }
  }

  /**
   * The hash, present or replaced by a rotation, says which token it is; that one stays as it is. After a second rotation, or
   * where peppers made another hash of it, only the name is left to meet, and that proves nothing.
   */
  private void meet(Row row, ForeignToken token, StoredToken holder) {
    if (!holder.name().equals(token.name()) || !holder.owner().equals(owner)) {
      say(
          Outcome.REFUSED,
          row,
          "token: taken over already as " + SafeText.name(holder.name()) + " of owner "
              + SafeText.name(holder.owner()));
    } else if (holder.enabled() == token.enabled()) {
      say(Outcome.THERE, row, "left alone");
    } else {
      String state = holder.enabled() ? "enabled" : "disabled";
      say(Outcome.THERE, row, "left alone, though " + state + " there");
    }
  }

  private void say(Outcome outcome, Row row, String what) {
    counts.merge(outcome, 1, Integer::sum);
    out.println(outcome.words + ": " + row.label() + ": " + what);
  }
}

package io.counterfoil.examples.import3xui;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports tokens one by one, and prints the outcome of each. */
final class Importer {
  private enum Outcome {
    IMPORTED("imported"),
    PRESENT("already there"),
    REJECTED("rejected");

    final String label;

    Outcome(String label) {
      this.label = label;
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

  /** Returns whether no token was rejected. */
  boolean importAll(List<Row> rows) {
    rows.forEach(this::importRow);
    StringBuilder sum = new StringBuilder("tokens: " + rows.size());
    for (Outcome outcome : Outcome.values()) {
      sum.append(", ").append(outcome.label).append(": ").append(count(outcome));
    }
    out.println(sum);
    return count(Outcome.REJECTED) == 0;
  }

  private int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  private void importRow(Row row) {
    try {
      ForeignToken token = ForeignToken.of(row);
      Optional<StoredToken> holder = store.findByHash(List.of(token.hash()));
      if (holder.isPresent()) {
        reportPresent(row, token, holder.get());
      } else {
        tokens.importHashed(
            token.newToken(owner), token.sha256(), token.enabled(), token.createdAt());
        print(Outcome.IMPORTED, row, token.toString());
      }
    } catch (DuplicateTokenNameException e) {
      print(Outcome.REJECTED, row, "name: in use by another token, or by this one with a new hash");
    } catch (DuplicateTokenHashException e) {
      print(Outcome.REJECTED, row, "token: another token with its plaintext was created meanwhile");
    } catch (IllegalArgumentException e) {
      print(Outcome.REJECTED, row, SafeText.causes(e));
    }
  }

  /**
   * Leaves a token unchanged if its current or previous hash is the imported one. After a second rotation, or if a pepper changed
   * the hash, only the name is the same. The name does not prove that it is the same token.
   */
  private void reportPresent(Row row, ForeignToken token, StoredToken holder) {
    if (holder.token().leaked()) {
      print(Outcome.REJECTED, row, "token: its plaintext has leaked, and is never accepted again");
    } else if (!holder.name().equals(token.name()) || !holder.owner().equals(owner)) {
      print(
          Outcome.REJECTED,
          row,
          "token: already imported as " + SafeText.name(holder.name()) + " of owner "
              + SafeText.name(holder.owner()));
    } else if (holder.enabled() == token.enabled()) {
      print(Outcome.PRESENT, row, "unchanged");
    } else {
      String state = holder.enabled() ? "enabled" : "disabled";
      print(Outcome.PRESENT, row, "unchanged, but " + state + " there");
    }
  }

  private void print(Outcome outcome, Row row, String details) {
    counts.merge(outcome, 1, Integer::sum);
    out.println(outcome.label + ": " + row.label() + ": " + details);
  }
}

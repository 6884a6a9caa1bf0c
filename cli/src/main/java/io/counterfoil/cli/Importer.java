package io.counterfoil.cli;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenChanges;
import io.counterfoil.TokenStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports tokens one by one, and prints the outcome of each after it is committed. A hash is imported once: if the process is
 * killed and the import is started again, no token is imported twice, and none is lost.
 */
final class Importer {
  private enum Outcome {
    IMPORTED("imported", "imported"),
    PRESENT("already there", "alreadyThere"),
    REJECTED("rejected", "rejected");

    final String label;
    final String member;

    Outcome(String label, String member) {
      this.label = label;
      this.member = member;
    }
  }

  private final TokenStore store;
  private final TokenChanges tokens;
  private final Printer printer;
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
  private long total;

  Importer(TokenStore store, TokenChanges tokens, Printer printer) {
    this.store = store;
    this.tokens = tokens;
    this.printer = printer;
  }

  /** Returns whether no token was rejected. */
  boolean importAll(ForeignSource source, Progress progress) throws CliException {
    source.read(row -> {
      importRow(row);
      progress.at(++total);
    });
    Json json = new Json().number("tokens", total);
    StringBuilder text = new StringBuilder("tokens: " + total);
    for (Outcome outcome : Outcome.values()) {
      json.number(outcome.member, count(outcome));
      text.append(", ").append(outcome.label).append(": ").append(count(outcome));
    }
    printer.line(json, text.toString());
    return count(Outcome.REJECTED) == 0;
  }

  private int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  private void importRow(ForeignRow row) {
    try {
      ForeignToken token = row.token();
      if (importOnce(token)) {
        print(Outcome.IMPORTED, row, token.toString());
      } else {
        printPresent(row, token);
      }
    } catch (DuplicateTokenNameException e) {
      print(Outcome.REJECTED, row, "name: in use by another token, or by this one with a new hash");
    } catch (IllegalArgumentException e) {
      print(Outcome.REJECTED, row, SafeText.causes(e));
    }
  }

  /** Returns false if the hash was imported before, or belongs to a token that was created in another way. */
  private boolean importOnce(ForeignToken token) {
    try {
      return tokens
          .importOnce(token.newToken(), token.sha256(), token.enabled(), token.createdAt())
          .isPresent();
    } catch (DuplicateTokenHashException e) {
      return false;
    }
  }

  /** Never changes a token that is there: since it was imported, it may have been disabled or rotated. */
  private void printPresent(ForeignRow row, ForeignToken token) {
    Optional<StoredToken> holder = store.findByHash(List.of(token.hash()));
    if (holder.isEmpty()) {
      print(Outcome.PRESENT, row, "imported before; deleted or rotated since then, so unchanged");
    } else if (holder.get().token().leaked()) {
      print(Outcome.REJECTED, row, "token: its plaintext has leaked, and is never accepted again");
    } else if (!isSame(holder.get(), token)) {
      print(
          Outcome.REJECTED,
          row,
          "token: already imported as " + SafeText.name(holder.get().name()) + " of owner "
              + SafeText.name(holder.get().owner()));
    } else if (holder.get().enabled() == token.enabled()) {
      print(Outcome.PRESENT, row, "unchanged");
    } else {
      String state = holder.get().enabled() ? "enabled" : "disabled";
      print(Outcome.PRESENT, row, "unchanged, but " + state + " there");
    }
  }

  private static boolean isSame(StoredToken holder, ForeignToken token) {
    return holder.name().equals(token.newToken().name())
        && holder.owner().equals(token.newToken().owner());
  }

  private void print(Outcome outcome, ForeignRow row, String details) {
    counts.merge(outcome, 1, Integer::sum);
    printer.line(
        new Json().text("outcome", outcome.label).text("row", row.label()).text("details", details),
        outcome.label + ": " + row.label() + ": " + details);
  }
}

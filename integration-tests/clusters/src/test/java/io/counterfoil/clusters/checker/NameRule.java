package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Of two tokens with one name, one may have been deleted before the other one was created.
 *
 * <p>A list is not read at one moment, so two tokens with one name may occur in it.
 */
final class NameRule implements Rule {

  /**
   * The certain facts about the life of a token. It was created before one time, and deleted after another time.
   *
   * @param created the call that proves that the token had been created
   * @param exists the call that proves that the token was not deleted before; the same one if no call after it does
   */
  private record Life(long createdBy, long deletedAfter, Call created, Call exists) {}

  @Override
  public List<Violation> violations(CallIndex index) {
    Map<String, List<Life>> lives = new HashMap<>();
    index.tokens().stream()
        .filter(token -> token.createdBy() != Call.NEVER)
        .forEach(token -> lives
            .computeIfAbsent(token.creation().operation().name(), name -> new ArrayList<>())
            .add(life(token, index.order())));
    addUnlabelled(index, lives);
    return lives.entrySet().stream()
        .flatMap(entry -> violations(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Stream<Violation> violations(String name, List<Life> lives) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < lives.size(); i++) {
      for (int j = 0; j < i; j++) {
        Life one = lives.get(i);
        Life other = lives.get(j);
        if (one.createdBy < other.deletedAfter && other.createdBy < one.deletedAfter) {
          violations.add(new Violation(
              Guarantee.UNIQUE_NAMES,
              "two tokens have the name " + name,
              Stream.of(other.created, other.exists, one.created, one.exists)
                  .distinct()
                  .toList()));
        }
      }
    }
    return violations.stream();
  }

  private static Life life(TokenCalls token, EffectOrder order) {
    return life(token.creation(), token.presences(), token.changes(Kind.DELETE), order);
  }

  /**
   * Adds the tokens of creations with an unknown outcome, whose ids only lists show. If a call has found such a token by its label,
   * a row with its name may be the same token, so it is left out.
   */
  private static void addUnlabelled(CallIndex index, Map<String, List<Life>> lives) {
    Set<Long> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (TokenCalls token : index.tokens()) {
      token.id().ifPresent(ids::add);
      if (token.id().isEmpty() && token.createdBy() != Call.NEVER) {
        names.add(token.creation().operation().name());
      }
    }
    Map<Row, List<Call>> lists = new HashMap<>();
    index.calls().stream()
        .filter(call -> call.kind() == Kind.LIST)
        .forEach(list -> list.result().rows().stream()
            .filter(row -> !ids.contains(row.id()) && !names.contains(row.name()))
            .map(row -> new Row(row.id(), row.name(), true, "", ""))
            .forEach(
                row -> lists.computeIfAbsent(row, found -> new ArrayList<>()).add(list)));
    lists.forEach((row, calls) -> {
      List<Call> deletions = deletions(index.tokens(), row.name());
      lives
          .computeIfAbsent(row.name(), name -> new ArrayList<>())
          .add(life(calls.get(0), calls, deletions, index.order()));
    });
  }

  private static List<Call> deletions(Collection<TokenCalls> tokens, String name) {
    return tokens.stream()
        .filter(token -> token.creation().outcome().isUnknown()
            && token.creation().operation().name().equals(name))
        .flatMap(token -> token.changes(Kind.DELETE).stream())
        .toList();
  }

  private static Life life(
      Call first, List<Call> presences, List<Call> deletions, EffectOrder order) {
    Call created = Stream.concat(Stream.of(first), presences.stream())
        .min((a, b) -> Long.compare(a.effectEnd(), b.effectEnd()))
        .orElseThrow();
    long earliest = deletions.stream().mapToLong(Call::begin).min().orElse(Call.NEVER);
    Call exists = presences.stream()
        .max((a, b) -> Long.compare(shown(a, order), shown(b, order)))
        .orElse(created);
    return new Life(created.effectEnd(), Math.max(earliest, shown(exists, order)), created, exists);
  }

  private static long shown(Call presence, EffectOrder order) {
    return presence.begin() - order.staleness(presence);
  }
}

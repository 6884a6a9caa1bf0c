package io.counterfoil.clusters.checker;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls of a history by token. */
final class CallIndex {
  private final History history;
  private final List<Call> calls;
  private final EffectOrder order;
  private final Map<String, TokenCalls> tokens = new LinkedHashMap<>();

  /**
   * Sorts the calls of a history.
   *
   * @throws IllegalArgumentException if a call uses a token that no call may have created, or two calls create one label
   */
  CallIndex(History history) {
    this.history = history;
    this.calls =
        history.calls().stream().sorted(Comparator.comparingLong(Call::begin)).toList();
    this.order = new EffectOrder(history.stalenessBounds());
    calls(Kind::isCreation).filter(Call::mayHaveChanged).forEach(this::addCreation);
    calls(kind -> !kind.isCreation() && kind != Kind.LIST).forEach(call -> {
      TokenCalls token = tokens.get(call.token());
      if (token == null) {
        throw new IllegalArgumentException("no creation of its token: " + HistoryFile.line(call));
      }
      token.add(call);
    });
    addLists();
  }

  private Stream<Call> calls(Predicate<Kind> kind) {
    return calls.stream().filter(call -> kind.test(call.kind()));
  }

  private void addCreation(Call creation) {
    if (creation.outcome().isDone() && creation.result().rows().size() != 1) {
      throw new IllegalArgumentException("no id: " + HistoryFile.line(creation));
    }
    TokenCalls token = new TokenCalls(creation);
    if (tokens.put(creation.token(), token) != null) {
      throw new IllegalArgumentException("label used twice: " + HistoryFile.line(creation));
    }
    token.add(creation);
  }

  private void addLists() {
    Map<Long, TokenCalls> byId = new HashMap<>();
    tokens.values().forEach(token -> token.id().ifPresent(id -> byId.putIfAbsent(id, token)));
    calls(kind -> kind == Kind.LIST).filter(list -> list.outcome().isDone()).forEach(list -> {
      Set<Long> ids = list.result().rows().stream().map(Row::id).collect(Collectors.toSet());
      list.result().rows().stream()
          .filter(row -> byId.containsKey(row.id()))
          .forEach(row -> byId.get(row.id()).addList(list, row));
      byId.forEach((id, token) -> {
        if (!ids.contains(id)) {
          token.addListWithout(list);
        }
      });
    });
  }

  History history() {
    return history;
  }

  /** Returns all calls in the order of their begins. */
  List<Call> calls() {
    return calls;
  }

  EffectOrder order() {
    return order;
  }

  /** Returns every token that was created or may have been created. */
  Collection<TokenCalls> tokens() {
    return tokens.values();
  }
}

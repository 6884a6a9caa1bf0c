package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a legal order of a small history by trying all orders (Wing and Gong, "Testing and Verifying Concurrent Objects",
 * 1993). A list counts as one reading of each token, at different times. Rotations must have no overlap.
 */
final class ExhaustiveSearch {
  private final List<Call> calls = new ArrayList<>();
  private final EffectOrder order;
  private final Set<Node> visited = new HashSet<>();

  /** The calls that took effect, as bits, and the state after them. */
  private record Node(long done, State state) {}

  private record Token(String name, boolean enabled, String version, String plaintext) {}

  private record State(Map<String, Token> tokens, Set<String> keys) {

    Optional<State> with(String label, Token token) {
      Map<String, Token> changed = new HashMap<>(tokens);
      changed.put(label, token);
      return Optional.of(new State(changed, keys));
    }

    Optional<State> without(String label) {
      Map<String, Token> changed = new HashMap<>(tokens);
      changed.remove(label);
      return Optional.of(new State(changed, keys));
    }

    State withKey(String key) {
      Set<String> changed = new HashSet<>(keys);
      changed.add(key);
      return new State(tokens, changed);
    }

    boolean hasName(String name) {
      return tokens.values().stream().anyMatch(token -> token.name().equals(name));
    }
  }

  private ExhaustiveSearch(History history) {
    order = new EffectOrder(history.stalenessBounds());
    for (Call call : history.calls()) {
      if (call.kind() == Kind.LIST) {
        history.calls().stream()
            .filter(other -> other.kind().isCreation() && other.outcome().isDone())
            .forEach(creation -> calls.add(part(call, creation)));
      } else {
        calls.add(call);
      }
    }
  }

  private static Call part(Call list, Call creation) {
    long id = creation.result().rows().get(0).id();
    Result result = list.result().rows().stream()
        .filter(row -> row.id() == id)
        .findFirst()
        .map(Result::done)
        .orElse(Result.NONE);
    Operation read = Operation.read(creation.token());
    return new Call(list.application(), read, list.begin(), list.end(), result);
  }

  /** Returns whether the history has a legal order. */
  static boolean isLegal(History history) {
    return new ExhaustiveSearch(history).search(0, new State(Map.of(), Set.of()));
  }

  private boolean search(long done, State state) {
    if (isComplete(done)) {
      return true;
    }
    if (!visited.add(new Node(done, state))) {
      return false;
    }
    for (int i = 0; i < calls.size(); i++) {
      if (isNext(done, i)) {
        Optional<State> next = after(state, calls.get(i));
        if (next.isPresent() && search(done | (1L << i), next.get())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDone(long done, int i) {
    return (done & (1L << i)) != 0;
  }

  private boolean isComplete(long done) {
    for (int i = 0; i < calls.size(); i++) {
      if (!isDone(done, i) && !calls.get(i).outcome().isUnknown()) {
        return false;
      }
    }
    return true;
  }

  private boolean isNext(long done, int i) {
    if (isDone(done, i)) {
      return false;
    }
    for (int j = 0; j < calls.size(); j++) {
      if (!isDone(done, j) && order.isBefore(calls.get(j), calls.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the state after a call; empty if the call cannot have that result. */
  private static Optional<State> after(State state, Call call) {
    Operation operation = call.operation();
    if (call.outcome() == Outcome.REFUSED) {
      return Optional.of(state);
    }
    return switch (call.kind()) {
      case CREATE, CREATE_ONCE -> created(state, operation, call.outcome());
      case AUTHENTICATE -> isVerdict(state, call) ? Optional.of(state) : Optional.empty();
      default ->
        state.tokens().containsKey(call.token())
            ? call.outcome() == Outcome.NONE
                ? Optional.empty()
                : changed(state, state.tokens().get(call.token()), call)
            : call.outcome().isDone() ? Optional.empty() : Optional.of(state);
    };
  }

  private static Optional<State> created(State state, Operation operation, Outcome outcome) {
    boolean isRecorded = state.keys().contains(operation.key());
    if (outcome == Outcome.NONE) {
      return isRecorded ? Optional.of(state) : Optional.empty();
    }
    if (isRecorded || state.hasName(operation.name())) {
      return outcome.isDone() ? Optional.empty() : Optional.of(state);
    }
    Token token = new Token(operation.name(), true, operation.version(), operation.plaintext());
    State recorded = operation.key().isEmpty() ? state : state.withKey(operation.key());
    return recorded.with(operation.token(), token);
  }

  private static Optional<State> changed(State state, Token token, Call call) {
    Operation operation = call.operation();
    String label = call.token();
    return switch (call.kind()) {
      case READ -> isShown(token, call) ? Optional.of(state) : Optional.empty();
      case DELETE -> state.without(label);
      case UPDATE ->
        state.with(
            label,
            new Token(token.name(), token.enabled(), operation.version(), token.plaintext()));
      case ROTATE ->
        state.with(
            label,
            new Token(token.name(), token.enabled(), token.version(), operation.plaintext()));
      default ->
        state.with(
            label,
            new Token(
                token.name(), call.kind() == Kind.ENABLE, token.version(), token.plaintext()));
    };
  }

  private static boolean isShown(Token token, Call call) {
    return call.result().rows().stream()
        .allMatch(row -> row.enabled() == token.enabled()
            && row.description().equals(token.version())
            && row.scopes().equals(token.version()));
  }

  private static boolean isVerdict(State state, Call call) {
    Token token = state.tokens().get(call.token());
    boolean matches = token != null && token.plaintext().equals(call.operation().plaintext());
    return switch (call.outcome()) {
      case ACCEPTED -> matches && token.enabled() && isShown(token, call);
      case REJECTED ->
        call.result().detail().equals("DISABLED") ? matches && !token.enabled() : !matches;
      default -> true;
    };
  }
}

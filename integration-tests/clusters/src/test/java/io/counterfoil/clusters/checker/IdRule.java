package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An id belongs to one token and one name in the whole history, even after the token was deleted, and a call that names a token
 * shows no other one.
 */
final class IdRule implements Rule {
  @Override
  public List<Violation> violations(CallIndex index) {
    return Stream.of(createdTwice(index), shownTwice(index), otherToken(index), otherName(index))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Violation> createdTwice(CallIndex index) {
    Map<Long, Call> creations = new HashMap<>();
    List<Violation> violations = new ArrayList<>();
    for (TokenCalls token : index.tokens()) {
      token.id().ifPresent(id -> {
        Call earlier = creations.putIfAbsent(id, token.creation());
        if (earlier != null) {
          violations.add(violation("two tokens have the id " + id, earlier, token.creation()));
        }
      });
    }
    return violations;
  }

  private static List<Violation> shownTwice(CallIndex index) {
    List<Violation> violations = new ArrayList<>();
    for (Call call : index.calls()) {
      Set<Long> ids = new HashSet<>();
      call.result().rows().stream()
          .filter(row -> !ids.add(row.id()))
          .limit(1)
          .forEach(
              row -> violations.add(violation("a list shows the id " + row.id() + " twice", call)));
    }
    return violations;
  }

  private static List<Violation> otherToken(CallIndex index) {
    List<Violation> violations = new ArrayList<>();
    for (TokenCalls token : index.tokens()) {
      token
          .id()
          .ifPresent(id -> token.readings().stream()
              .filter(reading -> reading.row().id() != id)
              .forEach(reading -> violations.add(violation(
                  "a call for " + token.label() + " shows another token",
                  token.creation(),
                  reading.call()))));
    }
    return violations;
  }

  private static List<Violation> otherName(CallIndex index) {
    Map<Long, String> names = new HashMap<>();
    Map<Long, Call> calls = new HashMap<>();
    for (TokenCalls token : index.tokens()) {
      token.id().ifPresent(id -> {
        names.putIfAbsent(id, token.creation().operation().name());
        calls.putIfAbsent(id, token.creation());
      });
    }
    List<Violation> violations = new ArrayList<>();
    for (Call call : index.calls()) {
      for (Row row : call.result().rows()) {
        String name = names.putIfAbsent(row.id(), row.name());
        Call earlier = calls.putIfAbsent(row.id(), call);
        if (name != null && earlier != null && !name.equals(row.name())) {
          violations.add(violation("the id " + row.id() + " has two names", earlier, call));
        }
      }
    }
    return violations;
  }

  private static Violation violation(String message, Call... calls) {
    return new Violation(Guarantee.UNIQUE_IDS, message, List.of(calls));
  }
}

package io.counterfoil.clusters.checker;

import io.counterfoil.clusters.checker.SimulatedStore.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A cache of rows by plaintext, each of which is used until it is as old as the bound. */
final class SimulatedCache {
  private final long bound;
  private final Map<String, Entry> entries = new HashMap<>();

  private record Entry(Token token, long readAt) {}

  /** Expects the bound in nanoseconds. */
  SimulatedCache(long bound) {
    this.bound = bound;
  }

  Optional<Token> find(String plaintext, long now) {
    return Optional.ofNullable(entries.get(plaintext))
        .filter(entry -> now - entry.readAt <= bound)
        .map(Entry::token);
  }

  void put(String plaintext, Token token, long now) {
    entries.put(plaintext, new Entry(token, now));
  }

  void remove(String label) {
    entries.values().removeIf(entry -> entry.token.label().equals(label));
  }
}

package io.counterfoil.benchmarks.peers;

import org.jspecify.annotations.Nullable;

/** Tokens in memory: all that the checks of others ask for. */
@FunctionalInterface
public interface Names {
  /** Returns the name of the token; nothing if there is no such token. */
  @Nullable
  String of(String token);
}

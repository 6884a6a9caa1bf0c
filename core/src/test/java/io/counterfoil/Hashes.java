package io.counterfoil;

import java.util.List;
import java.util.Optional;

/** Hashes of texts, as a store receives them. */
final class Hashes {
  private Hashes() {}

  static TokenHash sha256(String text) {
    return new TokenHasher(Optional.empty(), List.of(), Optional.empty()).hash(text);
  }

  static TokenHash of(Pepper pepper, String text) {
    return new TokenHasher(Optional.empty(), List.of(pepper), Optional.empty()).hash(text);
  }
}

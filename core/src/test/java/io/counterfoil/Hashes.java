package io.counterfoil;

/** Hashes of texts, as the store would get them. */
final class Hashes {
  private Hashes() {}

  static TokenHash sha256(String text) {
    return of(Pepper.NONE, text);
  }

  static TokenHash of(Pepper pepper, String text) {
    try (Workbench bench = new Workbenches().take()) {
      bench.lay(text);
      return pepper.hash(bench);
    }
  }
}

package io.counterfoil.testkit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Names that a manager accepts. */
final class ValidNames implements ArbitrarySupplier<String> {
  private static final int MAX_LENGTH = 64;

  @Override
  public Arbitrary<String> get() {
    return Arbitraries.of(
            "a",
            "A",
            "\u00e4",
            "e\u0301",
            "\u00df",
            "\u0130",
            "7",
            " ",
            "%",
            "_",
            "'",
            "\"",
            "\\",
            "\uD83D\uDD11")
        .list()
        .ofMinSize(1)
        .ofMaxSize(MAX_LENGTH / 2)
        .map(letters -> String.join("", letters))
        .filter(name -> name.equals(name.strip()));
  }
}

package io.counterfoil.testkit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Prefixes that a manager accepts. */
final class ValidPrefixes implements ArbitrarySupplier<String> {
  @Override
  public Arbitrary<String> get() {
    return Arbitraries.of("cf", "acme", "a_b_c", "x2345678901234567890");
  }
}

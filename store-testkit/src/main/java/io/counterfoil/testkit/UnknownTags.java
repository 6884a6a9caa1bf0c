package io.counterfoil.testkit;

import io.counterfoil.TokenHash;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Hash tags that no manager knows. */
final class UnknownTags implements ArbitrarySupplier<String> {
  @Override
  public Arbitrary<String> get() {
    Arbitrary<String> any = Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('0', '9')
        .withChars("._:-")
        .ofMinLength(1)
        .ofMaxLength(TokenHash.MAX_TAG_LENGTH);
    return Arbitraries.oneOf(
            any, Arbitraries.of("x9", "sha1", "sha25", "sha2566", "sha-256", "sha256:"))
        .filter(tag -> !tag.equals("sha256"));
  }
}

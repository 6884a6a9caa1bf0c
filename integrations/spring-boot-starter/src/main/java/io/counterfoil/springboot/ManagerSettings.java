package io.counterfoil.springboot;

import io.counterfoil.Pepper;
import io.counterfoil.TokenManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Applies the properties to the builder of a manager, and builds it. */
final class ManagerSettings {
  private static final String ROOT = "counterfoil.";

  private final CounterfoilProperties properties;

  ManagerSettings(CounterfoilProperties properties) {
    this.properties = properties;
  }

  void applyTo(TokenManager.Builder builder) {
    check("prefix", () -> builder.prefix(properties.prefix()));
    Duration maxLifetime = properties.maxLifetime();
    if (maxLifetime != null) {
      check("max-lifetime", () -> builder.maxLifetime(maxLifetime));
    }
    if (properties.recordUses().isZero()) {
      builder.recordNoUses();
    } else {
      check("record-uses", () -> builder.recordUses(properties.recordUses()));
    }
    applyLimits(builder);
    applyPeppers(builder);
    applyChecksumKeys(builder);
  }

  private void applyLimits(TokenManager.Builder builder) {
    if (properties.recordAddresses()) {
      builder.recordAddresses();
    }
    if (properties.maxIdle() != null) {
      builder.maxIdle(properties.maxIdle());
    }
    Integer limit = properties.maxTokensPerOwner();
    if (limit != null) {
      check("max-tokens-per-owner", () -> builder.maxTokensPerOwner(limit));
    }
  }

  private void applyPeppers(TokenManager.Builder builder) {
    List<Pepper> peppers = IntStream.range(0, properties.peppers().size())
        .mapToObj(i ->
            SecretKeys.pepper(ROOT + "peppers[" + i + ']', properties.peppers().get(i)))
        .toList();
    if (!peppers.isEmpty()) {
      builder.peppers(peppers.get(0), peppers.subList(1, peppers.size()).toArray(Pepper[]::new));
    }
    if (properties.upcomingPepper() != null) {
      builder.upcomingPepper(
          SecretKeys.pepper(ROOT + "upcoming-pepper", properties.upcomingPepper()));
    }
    if (properties.plainHashesUntil() != null) {
      builder.plainHashesUntil(properties.plainHashesUntil());
    }
  }

  private void applyChecksumKeys(TokenManager.Builder builder) {
    List<byte[]> keys = IntStream.range(0, properties.checksumKeys().size())
        .mapToObj(i -> SecretKeys.key(
            ROOT + "checksum-keys[" + i + ']', properties.checksumKeys().get(i)))
        .toList();
    if (!keys.isEmpty()) {
      builder.checksumKeys(keys.get(0), keys.subList(1, keys.size()).toArray(byte[][]::new));
    }
    if (properties.plainChecksumsUntil() != null) {
      builder.plainChecksumsUntil(properties.plainChecksumsUntil());
    }
  }

  /** Builds the manager. Some settings may contradict others, which only the builder notices. */
  TokenManager build(TokenManager.Builder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException contradiction) {
      throw new Contradiction(properties).explain(contradiction);
    }
  }

  private static void check(String name, Supplier<TokenManager.Builder> setter) {
    InvalidSettingException.check(ROOT + name, setter);
  }
}

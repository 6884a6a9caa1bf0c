package io.counterfoil.springboot;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names the property that contradicts others, after the builder of the manager has refused them. */
final class Contradiction {
  private final CounterfoilProperties properties;

  Contradiction(CounterfoilProperties properties) {
    this.properties = properties;
  }

  InvalidSettingException explain(IllegalArgumentException refused) {
    String message = String.valueOf(refused.getMessage());
    if (properties.maxIdle() != null && message.startsWith("maxIdle: ")) {
      return uses("counterfoil.max-idle", message);
    }
    if (properties.recordAddresses() && message.startsWith("recordAddresses: ")) {
      return uses("counterfoil.record-addresses", message);
    }
    return secrets(message);
  }

  private InvalidSettingException secrets(String message) {
    List<CounterfoilProperties.NamedSecret> peppers = properties.peppers();
    if (properties.plainHashesUntil() != null && peppers.isEmpty()) {
      return missing("counterfoil.plain-hashes-until", "pepper", "counterfoil.peppers");
    }
    if (properties.plainChecksumsUntil() != null && properties.checksumKeys().isEmpty()) {
      return missing(
          "counterfoil.plain-checksums-until", "checksum key", "counterfoil.checksum-keys");
    }
    if (!peppers.isEmpty() && peppers.get(0).until() != null) {
      return new InvalidSettingException(
          "counterfoil.peppers[0].until",
          peppers.get(0).until() + " (expected: no value, because new tokens use this pepper)",
          "Remove the property. A pepper can end when another one is before it in the list.");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < peppers.size(); i++) {
      if (!names.add(String.valueOf(peppers.get(i).name()))) {
        return doubled("counterfoil.peppers[" + i + "].name");
      }
    }
    CounterfoilProperties.NamedSecret upcoming = properties.upcomingPepper();
    if (upcoming != null && names.contains(upcoming.name())) {
      return doubled("counterfoil.upcoming-pepper.name");
    }
    return new InvalidSettingException(
        "",
        "The settings of the TokenManager contradict each other: " + message,
        "Compare the beans of type TokenManagerCustomizer with the properties.");
  }

  /** The bound depends on the interval at which uses are recorded, and on the store. */
  private static InvalidSettingException uses(String property, String message) {
    return new InvalidSettingException(
        property,
        LibraryMessage.of(message).replace("recordUses", "counterfoil.record-uses"),
        "Correct the value, or change counterfoil.record-uses.");
  }

  private static InvalidSettingException missing(String property, String key, String other) {
    return new InvalidSettingException(
        property,
        "there is no " + key + " (expected: " + other + ", too)",
        "Set both properties, or none.");
  }

  private static InvalidSettingException doubled(String property) {
    return new InvalidSettingException(
        property,
        "another pepper has this name (expected: different names)",
        InvalidSettingException.CORRECT);
  }
}
